import gammaln from '@stdlib/math-base-special-gammaln'
import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf'
import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import { DomainError } from '../expression/errors.js'

/** Terms that a continued fraction may take before it counts as not converged. */
const mostTerms = 100_000

/** Lentz's evaluation of b0 + a1/(b1 + a2/(b2 + …)) with `term(k)` = [a_k, b_k]. */
function continuedFraction(b0: number, term: (k: number) => readonly [number, number]): number {
  const tiny = 1e-300
  let f = b0 || tiny
  let c = f
  let d = 0
  for (let k = 1; k <= mostTerms; k++) {
    const [a, b] = term(k)
    d = 1 / (b + a * d || tiny)
    c = b + a / c || tiny
    const step = c * d
    f *= step
    if (Math.abs(step - 1) < 4 * Number.EPSILON) return f
  }
  throw new DomainError('a tail probability did not converge: its parameters are too extreme for doubles')
}

/** P(|Z| >= |z|) for a standard normal Z; accurate far into the tail. */
export const normalTwoSided = (z: number): number => 2 * normalCdf(-Math.abs(z), 0, 1)

/** P(Z >= z) for a standard normal Z. */
export const normalUpper = (z: number): number => normalCdf(-z, 0, 1)

/** P(X <= x) for chi-square with `degrees` > 0 (any real). */
export const chiSquareLower = (x: number, degrees: number): number => (x <= 0 ? 0 : chiSquareCdf(x, degrees))

/** P(X >= x) for chi-square with `degrees` > 0 (any real); relative accuracy also where it is tiny. */
export function chiSquareUpper(x: number, degrees: number): number {
  if (Number.isNaN(x) || !(degrees > 0))
    throw new DomainError(`chi-square of ${degrees} degrees at ${x} does not exist`)
  if (x <= 0) return 1
  const [a, y] = [degrees / 2, x / 2]
  if (y <= a + 1) return 1 - chiSquareCdf(x, degrees)
  const fraction = continuedFraction(y + 1 - a, (k) => [-k * (k - a), y + 2 * k + 1 - a])
  return Math.exp(a * Math.log(y) - y - gammaln(a)) / fraction
}

/** Two-sided p-value of a chi-square statistic: twice the smaller tail. */
export const chiSquareTwoSided = (x: number, degrees: number): number =>
  Math.min(1, 2 * Math.min(chiSquareLower(x, degrees), chiSquareUpper(x, degrees)))

/** Regularised incomplete beta I_x(a, b). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const fraction = continuedFraction(1, (k) => {
    const m = Math.floor(k / 2)
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    return [k % 2 === 0 ? even : odd, 1]
  })
  return Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x)) / (a * fraction)
}

/** P(|T| >= |t|) for Student's t with `degrees` > 0 (any real). */
export function studentTwoSided(t: number, degrees: number): number {
  if (Number.isNaN(t) || !(degrees > 0))
    throw new DomainError(`Student's t of ${degrees} degrees at ${t} does not exist`)
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}

/** P(F >= x) for Fisher's F with `first` and `second` > 0 degrees of freedom (any real). */
export function fisherUpper(x: number, first: number, second: number): number {
  if (Number.isNaN(x) || !(first > 0 && second > 0))
    throw new DomainError(`Fisher's F of ${first} and ${second} degrees at ${x} does not exist`)
  return x <= 0 ? 1 : incompleteBeta(second / (second + first * x), second / 2, first / 2)
}

/** P(sqrt(n) D >= x) in Kolmogorov's limit. */
export function kolmogorovUpper(x: number): number {
  if (x <= 0) return 1
  if (x < 1) {
    // The other theta series converges fast here.
    let sum = 0
    for (let k = 1; k <= 21; k += 2) sum += Math.exp((-k * k * Math.PI * Math.PI) / (8 * x * x))
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum
  }
  let sum = 0
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return sum
}
