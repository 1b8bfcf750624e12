import { readFileSync } from 'node:fs'

type Pair = readonly [number, number]
type Triple = readonly [number, number, number]

interface Fixtures {
  readonly normalTwoSided: readonly Pair[]
  readonly chiSquareUpper: readonly Triple[]
  readonly studentTwoSided: readonly Triple[]
  readonly gammaTail: readonly Triple[]
  readonly kolmogorovUpper: readonly Pair[]
  readonly samples: { readonly a: readonly number[]; readonly b: readonly number[] }
  readonly moments: Readonly<Record<'mean' | 'variance' | 'skewness' | 'excessKurtosis' | 'standardError', number>>
  readonly tTest: Pair
  readonly welch: Pair
  readonly gammaCdfOfA: readonly number[]
  readonly kolmogorovSmirnov: Pair
  readonly twoSampleKolmogorovSmirnov: Pair
  readonly chiSquare: Pair
  readonly leastSquares: Readonly<Record<'x' | 'y' | 'e' | 'coefficients' | 'errors', readonly number[]>> & {
    readonly chiSquare: number
    readonly pValue: number
  }
}

/** Values from mpmath and SciPy, written by fixtures.py. */
export const fixtures = JSON.parse(readFileSync(new URL('./fixtures.json', import.meta.url), 'utf8')) as Fixtures
