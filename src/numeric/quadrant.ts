import { DomainError } from '../expression/errors.js'

/** A function of one variable with its first two derivatives. */
export type WithDerivatives = readonly [value: number, first: number, second: number]

/**
 * Angle between two sides over its sine, `arccos(r) / sqrt(1 - r^2)`, as the analytic function of r > -1 that it is:
 * `arcosh(r) / sqrt(r^2 - 1)` for r > 1 and 1 at r = 1 (Gauss's 2F1(1, 1; 3/2; (1 - r)/2)), with two derivatives.
 * Throws DomainError for r <= -1, where it has a pole.
 */
export function angleOverSine(r: number): WithDerivatives {
  if (!(r > -1)) throw new DomainError(`arccos(r)/sqrt(1 - r^2) at r = ${r}: it is finite for r > -1 only`)
  if (Math.abs(1 - r) < 0.25) return besideOne((1 - r) / 2)
  const square = (1 - r) * (1 + r)
  const value = r < 1 ? Math.acos(r) / Math.sqrt(square) : Math.acosh(r) / Math.sqrt(-square)
  // (1 - r^2) f' = r f - 1, differentiated once more for f''.
  const first = (r * value - 1) / square
  return [value, first, (value + 3 * r * first) / square]
}

/** The hypergeometric series, where the closed forms on both sides of r = 1 cancel. */
function besideOne(z: number): WithDerivatives {
  let [value, first, second] = [0, 0, 0]
  let coefficient = 1
  for (let n = 0, power = 1; n < 40; n++) {
    value += coefficient * power
    if (n + 1 < 40) coefficient *= (n + 1) / (n + 1.5)
    // Terms n + 1 and n + 2 of the derivatives share the power z^n.
    first += (n + 1) * coefficient * power
    second += (n + 1) * (n + 2) * coefficient * ((n + 2) / (n + 2.5)) * power
    power *= z
    if (Math.abs(power) < 1e-22) break
  }
  return [value, -first / 2, second / 4]
}

/** A symmetric matrix of two rows: `[[first, cross], [cross, second]]`. */
export interface SymmetricPair {
  readonly first: number
  readonly second: number
  readonly cross: number
}

/** Whether the integral of exp(-z A z / 2) over the quadrant converges: A strictly copositive. */
export const isCopositive = ({ first, second, cross }: SymmetricPair): boolean =>
  first > 0 && second > 0 && cross > -Math.sqrt(first * second)

/**
 * `\int_0^\infty \int_0^\infty dx dy exp(-(first x^2 + 2 cross x y + second y^2) / 2)`. With D^2 = |det A|:
 * `(pi/2 - arctan(cross / D)) / D` for det A > 0, its analytic continuation `artanh(D / cross) / D` for det A < 0 with
 * cross > 0, and `1 / cross` between them. Throws DomainError where the integral diverges (A not copositive).
 */
export function quadrantIntegral(matrix: SymmetricPair): number {
  const { first, second, cross } = matrix
  if (!isCopositive(matrix))
    throw new DomainError(
      `the integral of exp(-z A z / 2) over the quadrant diverges for A = [[${first}, ${cross}], [${cross}, ${second}]]: both diagonal entries must be above 0 and the other above minus the root of their product`,
    )
  const root = Math.sqrt(first) * Math.sqrt(second)
  return angleOverSine(cross / root)[0] / root
}

/** The same integral with the factor x before the exponential: `sqrt(pi/2) / (sqrt(first) (sqrt(first second) + cross))` on every branch. */
export function quadrantMean(matrix: SymmetricPair): number {
  if (!isCopositive(matrix)) throw new DomainError('the mean over the quadrant diverges: the matrix is not copositive')
  const { first, second, cross } = matrix
  return Math.sqrt(Math.PI / 2) / (Math.sqrt(first) * (Math.sqrt(first) * Math.sqrt(second) + cross))
}
