import { DomainError } from '../expression/errors.js'

/** A root with half the width of the interval that is known to hold it. */
export interface Root {
  readonly root: number
  readonly error: number
}

/**
 * A root of a continuous function between a and b by Brent's method (1973). Throws DomainError where f has the same
 * sign at both ends or is not finite.
 */
export function findRoot(f: (x: number) => number, a: number, b: number, tolerance = 1e-14): Root {
  const at = (x: number): number => {
    const value = f(x)
    if (Number.isNaN(value)) throw new DomainError(`the function has no value at ${x}`)
    return value
  }
  let [x0, x1] = [a, b]
  let [f0, f1] = [at(a), at(b)]
  if (f0 === 0) return { root: a, error: 0 }
  if (f1 === 0) return { root: b, error: 0 }
  if (f0 > 0 === f1 > 0)
    throw new DomainError(
      `no sign change between ${a} and ${b}: the values are ${f0} and ${f1}; choose another bracket`,
    )
  let [c, fc] = [x0, f0]
  let step = x1 - x0
  let before = step
  for (let iteration = 0; iteration < 300; iteration++) {
    if (f1 > 0 === fc > 0) {
      ;[c, fc] = [x0, f0]
      step = x1 - x0
      before = step
    }
    if (Math.abs(fc) < Math.abs(f1)) {
      ;[x0, x1, c] = [x1, c, x1]
      ;[f0, f1, fc] = [f1, fc, f1]
    }
    const accuracy =
      2 * Number.EPSILON * Math.abs(x1) + (tolerance / 2) * Math.max(Math.abs(x1), 1e-3 * Math.abs(b - a))
    const half = (c - x1) / 2
    if (Math.abs(half) <= accuracy || f1 === 0)
      return { root: x1, error: f1 === 0 ? accuracy : Math.abs(half) + accuracy }
    if (Math.abs(before) >= accuracy && Math.abs(f0) > Math.abs(f1)) {
      const s = f1 / f0
      let p: number
      let q: number
      if (x0 === c) {
        p = 2 * half * s
        q = 1 - s
      } else {
        const r = f1 / fc
        const t = f0 / fc
        p = s * (2 * half * t * (t - r) - (x1 - x0) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
      }
      if (p > 0) q = -q
      p = Math.abs(p)
      if (2 * p < Math.min(3 * half * q - Math.abs(accuracy * q), Math.abs(before * q))) {
        before = step
        step = p / q
      } else {
        step = half
        before = half
      }
    } else {
      step = half
      before = half
    }
    ;[x0, f0] = [x1, f1]
    x1 += Math.abs(step) > accuracy ? step : half > 0 ? accuracy : -accuracy
    f1 = at(x1)
  }
  throw new DomainError(`the root between ${a} and ${b} was not found in 300 steps`)
}

/**
 * Roots with a sign change on an interval cut into equal pieces, ascending. Roots closer than a piece, and roots that
 * touch zero without crossing it, are missed; poles are told from roots by the size of f there.
 */
export function findAllRoots(f: (x: number) => number, from: number, to: number, pieces = 200): readonly Root[] {
  const found: Root[] = []
  let left = from
  let value = f(left)
  for (let k = 1; k <= pieces; k++) {
    const right = k === pieces ? to : from + ((to - from) * k) / pieces
    const next = f(right)
    if (value === 0) found.push({ root: left, error: 0 })
    else if (value > 0 !== next > 0 && next !== 0 && Number.isFinite(value) && Number.isFinite(next)) {
      const root = findRoot(f, left, right)
      if (Math.abs(f(root.root)) <= Math.max(Math.abs(value), Math.abs(next))) found.push(root)
    }
    left = right
    value = next
  }
  if (value === 0) found.push({ root: to, error: 0 })
  return found
}

/** Solution of a system with its residual (largest component) and the size of the last step. */
export interface SystemSolution {
  readonly solution: readonly number[]
  readonly residual: number
  readonly lastStep: number
}

/** x with A x = b by elimination with row exchanges, or null for a singular matrix. */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const n = right.length
  const rows = matrix.map((row, k) => [...row, right[k]!])
  for (let k = 0; k < n; k++) {
    let pivot = k
    for (let j = k + 1; j < n; j++) if (Math.abs(rows[j]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = j
    ;[rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!]
    const lead = rows[k]![k]!
    if (!(Math.abs(lead) > 0)) return null
    for (let j = k + 1; j < n; j++) {
      const factor = rows[j]![k]! / lead
      for (let c = k; c <= n; c++) rows[j]![c]! -= factor * rows[k]![c]!
    }
  }
  const x = new Array<number>(n).fill(0)
  for (let k = n - 1; k >= 0; k--) {
    let sum = rows[k]![n]!
    for (let c = k + 1; c < n; c++) sum -= rows[k]![c]! * x[c]!
    x[k] = sum / rows[k]![k]!
  }
  return x.every(Number.isFinite) ? x : null
}

const largest = (v: readonly number[]): number =>
  v.reduce((m, x) => (Math.abs(x) > m || Number.isNaN(x) ? Math.abs(x) : m), 0)

/**
 * A zero of F near `start` by Newton's method with central-difference Jacobians and step halving. Throws DomainError
 * where the Jacobian is singular or the residual does not reach `tolerance` times the scale of F at the start (at least 1).
 */
export function solveSystem(
  F: (x: readonly number[]) => readonly number[],
  start: readonly number[],
  { tolerance = 1e-10, iterations = 100 } = {},
): SystemSolution {
  let x = [...start]
  let value = F(x)
  let residual = largest(value)
  const goal = tolerance * Math.max(1, Math.min(residual, 1e6))
  let lastStep = Number.POSITIVE_INFINITY
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (!Number.isFinite(residual)) throw new DomainError(`the system has no value at (${x.join(', ')})`)
    const columns = x.map((xk, k) => {
      const h = 6e-6 * Math.max(1e-3, Math.abs(xk))
      const up = F(x.with(k, xk + h))
      const down = F(x.with(k, xk - h))
      return up.map((u, j) => (u - down[j]!) / (2 * h))
    })
    const jacobian = value.map((_, j) => columns.map((column) => column[j]!))
    const step = solveLinear(
      jacobian,
      value.map((v) => -v),
    )
    if (step === null) {
      if (residual <= goal) break
      throw new DomainError(`the Jacobian is singular at (${x.join(', ')}), residual ${residual}; start elsewhere`)
    }
    let scale = 1
    let next = x
    let nextValue = value
    let nextResidual = Number.NaN
    for (; scale > 1e-6; scale /= 2) {
      next = x.map((xk, k) => xk + scale * step[k]!)
      nextValue = F(next)
      nextResidual = largest(nextValue)
      if (nextResidual < residual || nextResidual === 0) break
    }
    if (!(nextResidual < residual)) break
    lastStep = largest(step) * scale
    ;[x, value, residual] = [next, nextValue, nextResidual]
    if (residual === 0 || (residual <= goal && lastStep <= 1e-14 * Math.max(1e-300, largest(x)))) break
  }
  if (!(residual <= goal))
    throw new DomainError(`the system did not converge: residual ${residual} at (${x.join(', ')}); start elsewhere`)
  return { solution: x, residual, lastStep }
}
