import { DomainError } from '../expression/errors.js'

/** A number with an estimate of its error; `converged` is false where the estimate is no smaller than asked. */
export interface Estimate {
  readonly value: number
  readonly error: number
  readonly converged: boolean
}

export interface DerivativeOptions {
  /** Order of the derivative, 1 to 4. @defaultValue 1 */
  readonly order?: 1 | 2 | 3 | 4
  /** First step; the function must exist that far around the point, times 2 for orders above 2. @defaultValue 0.1 (1 + |x|) */
  readonly step?: number
  /** Relative error (absolute below 1) that counts as converged. @defaultValue 1e-6 */
  readonly tolerance?: number
}

const stencils: readonly (readonly (readonly [number, number])[])[] = [
  [[1, 0.5], [-1, -0.5]],
  [[1, 1], [0, -2], [-1, 1]],
  [[2, 0.5], [1, -1], [-1, 1], [-2, -0.5]],
  [[2, 1], [1, -4], [0, 6], [-1, -4], [-2, 1]],
] // biome-ignore format: stencils read best as lists

/** Richardson extrapolation of an even expansion in the step (Ridders 1982): the entry of least estimated error. */
function extrapolate(
  estimate: (step: number) => { value: number; noise: number },
  step: number,
  tolerance: number,
): Estimate {
  const shrink = 1.5
  let previous: number[] = []
  let best = { value: Number.NaN, error: Number.POSITIVE_INFINITY }
  let h = step
  for (let row = 0; row < 14; row++, h /= shrink) {
    const { value, noise } = estimate(h)
    if (!Number.isFinite(value)) {
      // The step reaches beyond the domain: begin again with smaller ones.
      previous = []
      continue
    }
    const current = [value]
    for (let k = 1, factor = shrink ** 2; k <= previous.length; k++, factor *= shrink ** 2) {
      const next = (factor * current[k - 1]! - previous[k - 1]!) / (factor - 1)
      const error = Math.max(Math.abs(next - current[k - 1]!), Math.abs(next - previous[k - 1]!)) + noise
      if (error < best.error) best = { value: next, error }
      current.push(next)
    }
    previous = current
    if (row > 5 && noise > best.error * 10) break
  }
  const converged = best.error <= tolerance * Math.max(1, Math.abs(best.value))
  return { value: best.value, error: best.error, converged }
}

/** A derivative of a function of one variable by central differences, extrapolated, with an error estimate that includes rounding. */
export function derivative(f: (x: number) => number, x: number, options: DerivativeOptions = {}): Estimate {
  const order = options.order ?? 1
  const stencil = stencils[order - 1]!
  return extrapolate(
    (h) => {
      // A step that is exact in binary at x.
      const step = x + h - x
      let sum = 0
      let size = 0
      for (const [k, weight] of stencil) {
        const term = weight * f(x + k * step)
        sum += term
        size += Math.abs(term)
      }
      return { value: sum / step ** order, noise: (2 ** -52 * size) / step ** order }
    },
    options.step ?? 0.1 * (1 + Math.abs(x)),
    options.tolerance ?? 1e-6,
  )
}

const required = (estimate: Estimate, what: string): Estimate => {
  if (!estimate.converged)
    throw new DomainError(
      `${what} did not converge: ${estimate.value} with error ${estimate.error}; the function is not smooth there, or a smaller step is needed`,
    )
  return estimate
}

/** The gradient at a point. Throws DomainError where a component has not converged. */
export function gradient(
  f: (x: readonly number[]) => number,
  x: readonly number[],
  options: Omit<DerivativeOptions, 'order'> = {},
): readonly Estimate[] {
  return x.map((xk, k) =>
    required(
      derivative((t) => f(x.with(k, t)), xk, options),
      `component ${k} of the gradient`,
    ),
  )
}

/** The matrix of second derivatives. Throws DomainError where an entry has not converged. */
export function hessian(
  f: (x: readonly number[]) => number,
  x: readonly number[],
  options: Omit<DerivativeOptions, 'order'> = {},
): readonly (readonly Estimate[])[] {
  const tolerance = options.tolerance ?? 1e-6
  const scale = (k: number): number => options.step ?? 0.1 * (1 + Math.abs(x[k]!))
  const mixed = (j: number, k: number): Estimate =>
    extrapolate(
      (relative) => {
        const hj = x[j]! + relative * scale(j) - x[j]!
        const hk = x[k]! + relative * scale(k) - x[k]!
        let sum = 0
        let size = 0
        for (const a of [1, -1])
          for (const b of [1, -1]) {
            const value = f(x.with(j, x[j]! + a * hj).with(k, x[k]! + b * hk))
            sum += a * b * value
            size += Math.abs(value)
          }
        return { value: sum / (4 * hj * hk), noise: (2 ** -52 * size) / (4 * hj * hk) }
      },
      1,
      tolerance,
    )
  const rows: Estimate[][] = x.map(() => [])
  for (let j = 0; j < x.length; j++)
    for (let k = 0; k <= j; k++) {
      const entry = j === k ? derivative((t) => f(x.with(j, t)), x[j]!, { ...options, order: 2 }) : mixed(j, k)
      const estimate = required(entry, `entry ${j}, ${k} of the Hessian`)
      rows[j]![k] = estimate
      rows[k]![j] = estimate
    }
  return rows
}
