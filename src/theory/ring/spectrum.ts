import { DomainError } from '../../expression/errors.js'
import {
  divide,
  type Expression,
  type Formula,
  type MatrixNode,
  multiply,
  rational,
} from '../../expression/expression.js'
import { freeSymbols } from '../../expression/substitute.js'
import { type Complex, complex } from '../support/evaluate.js'
import { type ComplexMatrix, hermitianEigenvalues, inverseOf } from '../support/linear-algebra.js'
import { tidy } from '../support/simplify.js'
import { fourierKernel, type KernelOptions } from './fourier.js'
import { type NumericKernel, numericKernel } from './numeric-kernel.js'
import type { QuadraticForm } from './quadratic.js'
import type { ParameterRegion } from './saddle.js'
import { requireWaveVector, waveVectorOf } from './wave-vector.js'

/**
 * The variance of a mode of one field, `<|ε_q|^2> = 1 / (2 n K(q))`: the energy n sum_q K(q)|ε_q|^2 counts q and -q, which
 * are the same amplitude conjugated, so that the pair costs 2 n K(q)|ε_q|^2 with two real components; a real mode
 * (q = 0 or pi) costs n K ε^2 with one. Both have 1/(2 n K).
 *
 * @param kernel of one field: what `fourierKernel` returns
 * @param siteCount the number of sites n; 1 for a kernel of `modeNormalForm`, which has it inside
 * @throws DomainError for a kernel of several fields
 */
export function modeVariance(kernel: MatrixNode, siteCount: Expression): Expression {
  const entry = kernel.rows[0]?.[0]
  if (!entry || kernel.rows.length !== 1)
    throw new DomainError('several fields have a covariance matrix: use modeCovariance')
  return tidy(divide(rational(1), multiply(rational(2), siteCount, entry)))
}

/** `<ε_{a,q} conj(ε_{b,q})> = (K(q)^{-1})_{ab} / (2 n)` at given parameters. */
export const modeCovariance = (kernel: NumericKernel, sites: number, q: number): ComplexMatrix =>
  inverseOf(kernel.at(q)).map((row) => row.map((x) => complex(x.re / (2 * sites), x.im / (2 * sites))))

/** The least eigenvalue of the kernel over all wave vectors, and where: a grid refined by golden sections. */
export function leastEigenvalue(kernel: NumericKernel, points = 128): { readonly value: number; readonly q: number } {
  const least = (q: number): number => hermitianEigenvalues(kernel.at(q))[0] ?? Number.NaN
  let best = { value: Number.POSITIVE_INFINITY, q: 0 }
  for (let k = 0; k < points; k++) {
    const q = (2 * Math.PI * k) / points
    const value = least(q)
    if (Number.isNaN(value)) return { value, q }
    if (value < best.value) best = { value, q }
  }
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [best.q - (2 * Math.PI) / points, best.q + (2 * Math.PI) / points]
  for (let k = 0; k < 60; k++) {
    const [x, y] = [high - ratio * (high - low), low + ratio * (high - low)]
    if (least(x) < least(y)) high = y
    else low = x
  }
  const q = (low + high) / 2
  const value = least(q)
  return value < best.value ? { value, q } : best
}

/** Whether the kernel is positive at every wave vector; the search ends at the first where it is not. */
function isPositive(kernel: NumericKernel): boolean {
  for (const q of [0, Math.PI]) if (!((hermitianEigenvalues(kernel.at(q))[0] ?? Number.NaN) > 0)) return false
  return leastEigenvalue(kernel).value > 0
}

/**
 * Where in the parameters the kernel is positive definite at every wave vector, so that the configuration is a minimum.
 *
 * @returns a region, which a derivation may return for a statement that is an inequality
 */
export function stabilityRegion(kernel: MatrixNode, letter?: string): ParameterRegion
/** The same from the quadratic energy of the fluctuations. */
export function stabilityRegion(
  fluctuation: Formula | Expression | QuadraticForm,
  options: KernelOptions,
): ParameterRegion
export function stabilityRegion(
  source: MatrixNode | Formula | Expression | QuadraticForm,
  how?: string | KernelOptions,
): ParameterRegion {
  const kernel = typeof how === 'object' ? fourierKernel(source, how) : source
  if (!('rows' in kernel)) throw new DomainError('name the fluctuations of an energy that is no kernel')
  const letter = typeof how === 'string' ? requireWaveVector(kernel, how) : (waveVectorOf(kernel) ?? 'q')
  const names = [...freeSymbols(kernel)].filter((name) => name !== letter)
  return {
    kind: 'region',
    describe: 'quadratic fluctuation energy positive at every wave vector',
    contains: (values) => {
      try {
        // Only what the kernel depends on is asked for: a witness names what was.
        const own = names.flatMap((name) => (values.has(name) ? [[name, values.get(name)!] as const] : []))
        return isPositive(numericKernel(kernel, new Map(own), letter))
      } catch (error) {
        // Where a parameter makes an entry undefined there is no stable configuration either.
        if (error instanceof DomainError && /singular/.test(error.detail)) return false
        throw error
      }
    },
  }
}

/**
 * Correlations in space of an infinite chain, `C_ab(k) = <ε_a^{l+k} ε_b^l> = 1/(2 pi) ∫ dq e^{-iqk} (K^{-1})_ab / 2`, for k = 0 …
 * `most`: the trapezoid on the circle, doubled until it stands still (it converges exponentially for a kernel without
 * zeros). Throws DomainError where it does not, near a critical point.
 */
export function spatialCorrelations(
  kernel: NumericKernel,
  most: number,
  pair: readonly [number, number] = [0, 0],
): Float64Array {
  let previous: Float64Array | null = null
  for (let grid = 256; grid <= 65_536; grid *= 2) {
    if (grid < 4 * (most + 1)) continue
    const spectrum: Complex[] = Array.from({ length: grid }, (_, j) => {
      const entry = inverseOf(kernel.at((2 * Math.PI * j) / grid))[pair[0]]?.[pair[1]] ?? complex(Number.NaN)
      return complex(entry.re / 2, entry.im / 2)
    })
    const result = new Float64Array(most + 1)
    const cosine = Float64Array.from({ length: grid }, (_, j) => Math.cos((2 * Math.PI * j) / grid))
    const sine = Float64Array.from({ length: grid }, (_, j) => Math.sin((2 * Math.PI * j) / grid))
    for (let k = 0; k <= most; k++) {
      let sum = 0
      for (let j = 0; j < grid; j++) {
        const place = (j * k) % grid
        const s = spectrum[j]
        if (s) sum += s.re * (cosine[place] ?? 0) + s.im * (sine[place] ?? 0)
      }
      result[k] = sum / grid
    }
    const before = previous
    const scale = spectrum.reduce((t, x) => t + Math.hypot(x.re, x.im), 0) / grid
    if (before && result.every((x, k) => Math.abs(x - (before[k] ?? 0)) <= 1e-12 * scale)) return result
    previous = result
  }
  throw new DomainError('the correlations do not converge: the kernel nearly vanishes at some wave vector')
}

/**
 * What a Fourier transform of a window of an infinite chain shows: `E|sum_m x_m e^{iqm}|^2 / n^2` over n sites in a row,
 * at q = 2 pi j/n. The window mixes wave vectors (Fejer's kernel); with the normalisation by n^2 it tends to
 * `<|ε_q|^2>` = 1/(2 n K(q)) of a ring of n sites.
 */
export function windowedSpectrum(kernel: NumericKernel, window: number): Float64Array {
  if (!(Number.isInteger(window) && window >= 1 && window <= 8192)) throw new DomainError('a window of 1 to 8192 sites')
  return windowedSpectrumOf(spatialCorrelations(kernel, window - 1), window)
}

/**
 * The same for several fields: `E X_a conj(X_b) / n` with `X_a = sum_m x_m e^{iqm}` over n sites in a row, q = 2 pi j/n, for each
 * mode j asked for: the inverse kernel averaged with Fejer's kernel by the trapezoid, at two resolutions. Throws DomainError
 * where they disagree, near a critical point.
 */
export function windowedCovariances(
  kernel: NumericKernel,
  window: number,
  modes: readonly number[],
): readonly ComplexMatrix[] {
  const size = kernel.fields
  // The inverse kernel on the present grid: entry (a, b) at wave vector j stands at j size^2 + a size + b.
  let [re, im] = [new Float64Array(0), new Float64Array(0)]
  const onGrid = (grid: number): void => {
    const old = re.length / size ** 2
    const [newRe, newIm] = [new Float64Array(grid * size ** 2), new Float64Array(grid * size ** 2)]
    for (let j = 0; j < grid; j++) {
      const known = 2 * old === grid && j % 2 === 0 ? (j / 2) * size ** 2 : -1
      const inverse = known < 0 ? inverseOf(kernel.at((2 * Math.PI * j) / grid)) : null
      for (let k = 0; k < size ** 2; k++) {
        const entry = inverse?.[Math.floor(k / size)]?.[k % size]
        newRe[j * size ** 2 + k] = known < 0 ? (entry?.re ?? Number.NaN) : (re[known + k] ?? Number.NaN)
        newIm[j * size ** 2 + k] = known < 0 ? (entry?.im ?? Number.NaN) : (im[known + k] ?? Number.NaN)
      }
    }
    ;[re, im] = [newRe, newIm]
  }
  const at = (grid: number): readonly ComplexMatrix[] => {
    onGrid(grid)
    return modes.map((mode) => {
      const sums = new Float64Array(2 * size ** 2)
      for (let j = 0; j < grid; j++) {
        const weight = fejer((2 * Math.PI * mode) / window - (2 * Math.PI * j) / grid, window) / grid / 2
        for (let k = 0; k < size ** 2; k++) {
          sums[2 * k] = (sums[2 * k] ?? 0) + weight * (re[j * size ** 2 + k] ?? 0)
          sums[2 * k + 1] = (sums[2 * k + 1] ?? 0) + weight * (im[j * size ** 2 + k] ?? 0)
        }
      }
      return Array.from({ length: size }, (_, a) =>
        Array.from({ length: size }, (_, b) => {
          const k = 2 * (a * size + b)
          return complex(sums[k] ?? Number.NaN, sums[k + 1] ?? Number.NaN)
        }),
      )
    })
  }
  let coarse = at(2 * window)
  for (let grid = 4 * window; grid <= 128 * window; grid *= 2) {
    const fine = at(grid)
    const scale = Math.max(...fine.flat(2).map((x) => Math.hypot(x.re, x.im)))
    const agrees = fine.every((m, k) =>
      m.every((row, a) =>
        row.every(
          (x, b) =>
            Math.hypot(x.re - (coarse[k]?.[a]?.[b]?.re ?? 0), x.im - (coarse[k]?.[a]?.[b]?.im ?? 0)) <= 1e-9 * scale,
        ),
      ),
    )
    if (agrees) return fine
    coarse = fine
  }
  throw new DomainError('the covariances do not converge: the kernel nearly vanishes at some wave vector')
}

/** Fejer's kernel sin^2(n x/2)/(n sin^2(x/2)). */
function fejer(x: number, n: number): number {
  const below = Math.sin(x / 2)
  return Math.abs(below) < 1e-9 ? n : Math.sin((n * x) / 2) ** 2 / (n * below * below)
}

/** The same from correlations C(0), …, C(window-1) that are known. */
export function windowedSpectrumOf(correlations: ArrayLike<number>, window: number): Float64Array {
  return Float64Array.from({ length: window }, (_, j) => {
    let sum = window * (correlations[0] ?? 0)
    for (let k = 1; k < window; k++)
      sum += 2 * (window - k) * (correlations[k] ?? 0) * Math.cos((2 * Math.PI * ((j * k) % window)) / window)
    return sum / (window * window)
  })
}

/**
 * Variances of the real parts of a window's amplitudes, `E (Re sum_m x_m e^{iqm})^2 / n^2` with m = 0 … n - 1, from the
 * correlations of sites. They are not half of `windowedSpectrumOf`: a window with ends is no ring, and to the square of an
 * amplitude itself, which a ring has without expectation, a pair of sites d apart adds -2 C(d) cot q sin(qd)/n^2.
 */
export function windowedRealVariances(correlations: ArrayLike<number>, window: number): Float64Array {
  const angle = (2 * Math.PI) / window
  return windowedSpectrumOf(correlations, window).map((power, j) => {
    // At q = 0 and pi amplitudes are real.
    if ((2 * j) % window === 0) return power
    let sum = 0
    for (let d = 1; d < window; d++) sum += (correlations[d] ?? 0) * Math.sin(angle * ((j * d) % window))
    return power / 2 - sum / Math.tan(angle * j) / window ** 2
  })
}

/**
 * The length over which correlations of a one-field lattice decay exactly: 1/|log|z|| for the zero z of the kernel (as a
 * function of z = e^{iq}) nearest to the unit circle. Differs from the long-wave length sqrt(k/m) by lattice effects.
 * Throws DomainError where the kernel does not depend on q or vanishes on the circle.
 */
export function latticeCorrelationLength(kernel: NumericKernel): number {
  if (kernel.fields !== 1) throw new DomainError('a lattice correlation length is that of one field')
  const value = (q: number): number => kernel.at(q)[0]?.[0]?.re ?? Number.NaN
  const grid = 64
  const samples = Array.from({ length: grid }, (_, j) => value((2 * Math.PI * j) / grid))
  const cosines = Array.from({ length: grid / 2 }, (_, d) => {
    const c = samples.reduce((s, x, j) => s + x * Math.cos((2 * Math.PI * ((j * d) % grid)) / grid), 0) / grid
    return d === 0 ? c : 2 * c
  })
  const scale = Math.max(...cosines.map(Math.abs))
  let degree = cosines.length - 1
  while (degree > 0 && Math.abs(cosines[degree] ?? 0) < 1e-12 * scale) degree--
  if (degree === 0)
    throw new DomainError('the kernel does not depend on the wave vector: fluctuations are uncorrelated')
  // z^degree K(z) with cos(dq) = (z^d + z^-d)/2.
  const coefficients = Array.from({ length: 2 * degree + 1 }, (_, k) => {
    const d = Math.abs(k - degree)
    return d === 0 ? (cosines[0] ?? 0) : (cosines[d] ?? 0) / 2
  })
  const rates = polynomialRoots(coefficients).map((z) => Math.abs(Math.log(Math.hypot(z.re, z.im))))
  const rate = Math.min(...rates)
  if (!(rate > 1e-9)) throw new DomainError('the kernel vanishes at a real wave vector: correlations do not decay')
  return 1 / rate
}

/** Roots of a polynomial with rising coefficients, by the simultaneous iteration of Durand and Kerner. */
function polynomialRoots(rising: readonly number[]): readonly Complex[] {
  const lead = rising.at(-1) ?? 1
  const monic = rising.map((c) => c / lead)
  const n = monic.length - 1
  let roots: Complex[] = Array.from({ length: n }, (_, k) => {
    const angle = (2 * Math.PI * k) / n + 0.4
    return complex(0.9 * Math.cos(angle), 0.9 * Math.sin(angle) + 0.1 * k)
  })
  for (let step = 0; step < 500; step++) {
    const next = roots.map((z, k) => {
      let value = complex(0)
      for (let j = n; j >= 0; j--)
        value = complex(value.re * z.re - value.im * z.im + (monic[j] ?? 0), value.re * z.im + value.im * z.re)
      let divisor = complex(1)
      roots.forEach((w, j) => {
        if (j === k) return
        const [re, im] = [z.re - w.re, z.im - w.im]
        divisor = complex(divisor.re * re - divisor.im * im, divisor.re * im + divisor.im * re)
      })
      const d = divisor.re ** 2 + divisor.im ** 2
      return complex(
        z.re - (value.re * divisor.re + value.im * divisor.im) / d,
        z.im - (value.im * divisor.re - value.re * divisor.im) / d,
      )
    })
    const change = Math.max(...next.map((z, k) => Math.hypot(z.re - (roots[k]?.re ?? 0), z.im - (roots[k]?.im ?? 0))))
    roots = next
    if (change < 1e-15) break
  }
  return roots
}
