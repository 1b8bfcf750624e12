import { DomainError } from '../expression/errors.js'

/** A local minimum: where, how low, and how far it may be off. */
export interface Minimum<X> {
  readonly at: X
  readonly value: number
  readonly error: number
}

const golden = (3 - Math.sqrt(5)) / 2

/** Smallest value of a unimodal function on [a, b] by Brent's parabolic search (1973). A minimum at an end is found as that end. */
export function minimise(f: (x: number) => number, a: number, b: number, tolerance = 1e-10): Minimum<number> {
  let [low, high] = a <= b ? [a, b] : [b, a]
  let x = low + golden * (high - low)
  let [w, v] = [x, x]
  let fx = f(x)
  if (Number.isNaN(fx)) throw new DomainError(`the function has no value at ${x}`)
  let [fw, fv] = [fx, fx]
  let step = 0
  let before = 0
  for (let iteration = 0; iteration < 300; iteration++) {
    const middle = (low + high) / 2
    const accuracy = tolerance * Math.abs(x) + 1e-14
    if (Math.abs(x - middle) <= 2 * accuracy - (high - low) / 2) return { at: x, value: fx, error: 2 * accuracy }
    let useGolden = true
    if (Math.abs(before) > accuracy) {
      const r = (x - w) * (fx - fv)
      let q = (x - v) * (fx - fw)
      let p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if (q > 0) p = -p
      q = Math.abs(q)
      const last = before
      before = step
      if (Math.abs(p) < Math.abs((q * last) / 2) && p > q * (low - x) && p < q * (high - x)) {
        step = p / q
        const u = x + step
        if (u - low < 2 * accuracy || high - u < 2 * accuracy) step = x < middle ? accuracy : -accuracy
        useGolden = false
      }
    }
    if (useGolden) {
      before = x < middle ? high - x : low - x
      step = golden * before
    }
    const u = x + (Math.abs(step) >= accuracy ? step : step > 0 ? accuracy : -accuracy)
    const fu = f(u)
    if (Number.isNaN(fu)) throw new DomainError(`the function has no value at ${u}`)
    if (fu <= fx) {
      if (u < x) high = x
      else low = x
      ;[v, w, x] = [w, x, u]
      ;[fv, fw, fx] = [fw, fx, fu]
    } else {
      if (u < x) low = u
      else high = u
      if (fu <= fw || w === x) {
        ;[v, w] = [w, u]
        ;[fv, fw] = [fw, fu]
      } else if (fu <= fv || v === x || v === w) {
        v = u
        fv = fu
      }
    }
  }
  throw new DomainError(`the minimum on [${a}, ${b}] was not found in 300 steps`)
}

/**
 * A local minimum of a function of several variables by Nelder & Mead's simplex (1965), begun again around its result
 * until that no longer moves. Points where f is not finite count as infinitely high. Throws DomainError where it does not settle.
 */
export function minimiseSimplex(
  f: (x: readonly number[]) => number,
  start: readonly number[],
  { step = 0.1, tolerance = 1e-10, evaluations = 20_000 } = {},
): Minimum<readonly number[]> {
  let used = 0
  const at = (x: readonly number[]): number => {
    used++
    const value = f(x)
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
  }
  let best = { x: start, value: at(start) }
  let size = step
  for (let round = 0; round < 20; round++) {
    const result = simplex(at, best.x, size, tolerance, () => used < evaluations)
    const moved = Math.max(...result.x.map((v, k) => Math.abs(v - best.x[k]!)))
    const gain = best.value - result.value
    if (result.value <= best.value) best = result
    if (used >= evaluations) break
    if (round > 0 && gain <= tolerance * (Math.abs(best.value) + tolerance))
      return { at: best.x, value: best.value, error: Math.max(moved, result.width) }
    size = Math.max(size / 4, 1e-4)
  }
  throw new DomainError(`no minimum found near (${start.join(', ')}) in ${used} evaluations`)
}

function simplex(
  at: (x: readonly number[]) => number,
  start: readonly number[],
  step: number,
  tolerance: number,
  more: () => boolean,
): { x: readonly number[]; value: number; width: number } {
  const n = start.length
  const corners = [start, ...start.map((x, k) => start.with(k, x + step * (1 + Math.abs(x))))].map((x) => ({
    x,
    value: at(x),
  }))
  const width = (): number => Math.max(...corners.flatMap((c) => c.x.map((v, k) => Math.abs(v - corners[0]!.x[k]!))))
  for (;;) {
    corners.sort((a, b) => a.value - b.value)
    const best = corners[0]!
    const worst = corners[n]!
    if (
      !more() ||
      (worst.value - best.value <= tolerance * (Math.abs(best.value) + 1e-300) && width() < 1e-6) ||
      width() < 1e-13
    )
      return { ...best, width: width() }
    const centre = start.map((_, k) => corners.slice(0, n).reduce((s, c) => s + c.x[k]!, 0) / n)
    const along = (t: number) => {
      const x = centre.map((c, k) => c + t * (worst.x[k]! - c))
      return { x, value: at(x) }
    }
    const reflected = along(-1)
    if (reflected.value < best.value) {
      const expanded = along(-2)
      corners[n] = expanded.value < reflected.value ? expanded : reflected
    } else if (reflected.value < corners[n - 1]!.value) corners[n] = reflected
    else {
      const contracted = reflected.value < worst.value ? along(-0.5) : along(0.5)
      if (contracted.value < Math.min(worst.value, reflected.value)) corners[n] = contracted
      else
        for (let k = 1; k <= n; k++) {
          const x = corners[k]!.x.map((v, j) => best.x[j]! + (v - best.x[j]!) / 2)
          corners[k] = { x, value: at(x) }
        }
    }
  }
}
