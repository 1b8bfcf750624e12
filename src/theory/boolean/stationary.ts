import { type AlgebraicRoot, numberOf, realRoots, rootValue } from '../../exact/real-roots.js'
import { DomainError } from '../../expression/errors.js'
import { type NumberNode, rational } from '../../expression/expression.js'
import { majorityPolynomial } from './majority.js'

/** A stationary magnetisation of an endless network of majority gates. */
export interface StationaryMagnetisation {
  readonly value: number
  /** Its square, exactly; the rational 0 for the paramagnetic state. */
  readonly square: AlgebraicRoot
  /** Derivative of the layer's map there: the state attracts where it is less than one in size. */
  readonly slope: number
  readonly stable: boolean
}

const times = (a: NumberNode, b: NumberNode): NumberNode =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)
const remaining = (p: NumberNode): NumberNode => rational(p.denominator - 2n * p.numerator, p.denominator)

function checkShare(p: NumberNode, what: string): void {
  if (p.numerator < 0n || p.numerator > p.denominator)
    throw new DomainError(`${what} = ${numberOf(p)} lies outside [0, 1]`)
}

/**
 * The share of flipped weights (equally the noise of a gate) below which an endless network of MAJ-k gates remembers the
 * sign of its input: where the slope of the layer's map at 0 is one. A rational number. Throws DomainError for even k,
 * and for k = 1, which remembers without a transition.
 */
export function criticalShare(k: number): NumberNode {
  const slope = majorityPolynomial(k)[1]!
  if (k === 1) throw new DomainError('a gate with one input has no transition: it forgets at every share but 0')
  return rational(slope.numerator - slope.denominator, 2n * slope.numerator)
}

/**
 * All stationary magnetisations of m -> (1 - 2 noise) MAJ-k((1 - 2 flipped) m) in [-1, 1], ascending, their squares exact:
 * roots of a polynomial isolated by Sturm's theorem. Shares are exact rationals. Throws DomainError for even k, shares
 * outside [0, 1], and where every magnetisation is stationary.
 */
export function stationaryMagnetisations(
  k: number,
  { flipped = rational(0), noise = rational(0) }: { readonly flipped?: NumberNode; readonly noise?: NumberNode } = {},
): readonly StationaryMagnetisation[] {
  checkShare(flipped, 'the share of flipped weights')
  checkShare(noise, 'the noise of a gate')
  const [left, right] = [remaining(flipped), remaining(noise)]
  let scale = right
  const map = majorityPolynomial(k).map((c, d) => {
    if (d > 0) scale = times(scale, left)
    return times(c, scale)
  })
  // Divided by m and written in y = m^2; the constant term less one.
  const inSquare = map.filter((_, d) => d % 2 === 1)
  const condition = inSquare.map((c, d) => (d === 0 ? rational(c.numerator - c.denominator, c.denominator) : c))
  if (condition.every((c) => c.numerator === 0n))
    throw new DomainError('every magnetisation is stationary: nothing happens in a layer')
  const coefficients = map.map(numberOf)
  const slopeAt = (m: number): number => coefficients.reduce((sum, c, d) => sum + (d > 0 ? d * c * m ** (d - 1) : 0), 0)
  const described = (value: number, square: AlgebraicRoot): StationaryMagnetisation => {
    const slope = slopeAt(value)
    return { value, square, slope, stable: Math.abs(slope) < 1 }
  }
  const zero = rational(0)
  const ordered = realRoots(condition, zero, rational(1))
  const values = ordered.map((square) => ({ square, value: Math.sqrt(rootValue(square)) }))
  return [
    ...[...values].reverse().map(({ square, value }) => described(-value, square)),
    described(0, { polynomial: [zero, rational(1)], low: zero, high: zero }),
    ...values.map(({ square, value }) => described(value, square)),
  ]
}
