import { DomainError } from '../../expression/errors.js'
import type { Arithmetic } from '../../numeric/arithmetic.js'
import { gaussLegendre } from '../../numeric/quadrature.js'

/** Halvings of the step of the double-exponential rules before they give up. */
const refinements = 7
const agreement = 1e-10

/** An integral in pieces from kink to kink; null where one of them does not converge. */
export function betweenKinks<T>(
  at: (x: T) => T,
  from: number,
  to: number,
  kinks: readonly number[],
  arithmetic: Arithmetic<T>,
): T | null {
  const inside = kinks.filter((x) => x > Math.min(from, to) && x < Math.max(from, to)).sort((a, b) => a - b)
  const cuts = [from, ...(from <= to ? inside : inside.reverse()), to]
  let sum = arithmetic.fromNumber(0)
  for (const [k, start] of cuts.slice(0, -1).entries()) {
    const part = smooth(at, start, cuts[k + 1]!, arithmetic)
    if (part === null) return null
    sum = arithmetic.add(sum, part)
  }
  return sum
}

/** Widest stretch that a rule of few points is put to: a normal density is nearly a polynomial on it. */
const widest = 2.5

/** Panels that bisection may come to before the double-exponential rules are asked. */
const mostPanels = 64
/** A sum so much smaller than its terms has lost too many digits for bisection, which measures errors against the terms. */
const cancelled = 1e-3

/** An integral of what is smooth between its ends. */
function smooth<T>(at: (x: T) => T, from: number, to: number, arithmetic: Arithmetic<T>): T | null {
  if (Number.isFinite(from) && Number.isFinite(to)) {
    const count = Math.min(8, Math.max(1, Math.ceil(Math.abs(to - from) / widest)))
    const width = (to - from) / count
    const panels = Array.from({ length: count }, (_, k) =>
      panelBetween(at, from + k * width, from + (k + 1) * width, arithmetic),
    )
    const fine = totalOf(panels, 'fine', arithmetic)
    if (close(totalOf(panels, 'coarse', arithmetic), fine, arithmetic)) return fine
    const bisected = bisect(at, panels, arithmetic)
    if (bisected !== null) return bisected
  }
  return refined(at, substitution(from, to), arithmetic)
}

/** A stretch with the integral over it by two rules, and that of the modulus. */
interface Panel<T> {
  readonly from: number
  readonly to: number
  readonly coarse: T
  readonly fine: T
  readonly size: number
}

function panelBetween<T>(at: (x: T) => T, from: number, to: number, arithmetic: Arithmetic<T>): Panel<T> {
  let size = 0
  const measured = (x: T): T => {
    const value = at(x)
    size += arithmetic.real(arithmetic.modulus(value))
    return value
  }
  const fine = legendre(measured, from, to, 14, arithmetic)
  const coarse = legendre(at, from, to, 10, arithmetic)
  return { from, to, coarse, fine, size: (size * Math.abs(to - from)) / 14 }
}

const totalOf = <T>(panels: readonly Panel<T>[], rule: 'coarse' | 'fine', arithmetic: Arithmetic<T>): T =>
  panels.map((panel) => panel[rule]).reduce((sum, part) => arithmetic.add(sum, part))

/** The sum over panels halved until the rules agree on each; null where that takes too many, or where little of the terms is left. */
function bisect<T>(at: (x: T) => T, panels: readonly Panel<T>[], arithmetic: Arithmetic<T>): T | null {
  const whole = panels.reduce((sum, panel) => sum + panel.size, 0)
  const open = [...panels]
  const done: Panel<T>[] = []
  for (let panel = open.pop(); panel !== undefined; panel = open.pop()) {
    const gap = arithmetic.modulus(arithmetic.add(panel.fine, arithmetic.negate(panel.coarse)))
    if (arithmetic.real(gap) <= agreement * whole) {
      done.push(panel)
      continue
    }
    if (done.length + open.length + 2 > mostPanels) return null
    const middle = (panel.from + panel.to) / 2
    open.push(panelBetween(at, middle, panel.to, arithmetic), panelBetween(at, panel.from, middle, arithmetic))
  }
  const total = totalOf(done, 'fine', arithmetic)
  return arithmetic.real(arithmetic.modulus(total)) < cancelled * whole ? null : total
}

/** The trapezoidal rule with its step halved until two sums agree; null where they do not. */
function refined<T>(at: (x: T) => T, map: Substitution, arithmetic: Arithmetic<T>): T | null {
  let previous: T | null = null
  for (let refinement = 0; refinement < refinements; refinement++) {
    const current = trapezoid(at, map, 0.25 / 2 ** refinement, arithmetic)
    if (previous !== null && close(previous, current, arithmetic)) return current
    previous = current
  }
  return null
}

/** The rule of Gauss and Legendre, for what is smooth up to both ends. */
function legendre<T>(at: (x: T) => T, from: number, to: number, points: number, arithmetic: Arithmetic<T>): T {
  const { nodes, weights } = gaussLegendre(points)
  const [middle, radius] = [(from + to) / 2, (to - from) / 2]
  return nodes
    .map((x, k) =>
      arithmetic.multiply(at(arithmetic.fromNumber(middle + radius * x)), arithmetic.fromNumber(radius * weights[k]!)),
    )
    .reduce((sum, part) => arithmetic.add(sum, part))
}

interface Substitution {
  readonly x: (t: number) => number
  readonly weight: (t: number) => number
}

function substitution(from: number, to: number): Substitution {
  const half = Math.PI / 2
  const inner = (t: number): number => half * Math.sinh(t)
  const slope = (t: number): number => half * Math.cosh(t)
  if (Number.isFinite(from) && Number.isFinite(to)) {
    const middle = (from + to) / 2
    const radius = (to - from) / 2
    return {
      x: (t) => middle + radius * Math.tanh(inner(t)),
      weight: (t) => (radius * slope(t)) / Math.cosh(inner(t)) ** 2,
    }
  }
  if (Number.isFinite(from))
    return { x: (t) => from + Math.exp(inner(t)), weight: (t) => slope(t) * Math.exp(inner(t)) }
  if (Number.isFinite(to)) return { x: (t) => to - Math.exp(inner(t)), weight: (t) => slope(t) * Math.exp(inner(t)) }
  return { x: (t) => Math.sinh(inner(t)), weight: (t) => slope(t) * Math.cosh(inner(t)) }
}

function trapezoid<T>(at: (x: T) => T, map: Substitution, step: number, arithmetic: Arithmetic<T>): T {
  let sum = arithmetic.fromNumber(0)
  const count = Math.ceil(3.6 / step)
  for (let k = -count; k <= count; k++) {
    const t = k * step
    const weight = map.weight(t) * step
    // Negative where the bounds run backwards.
    if (Math.abs(weight) < 1e-300 || !Number.isFinite(weight)) continue
    const value = valueOrZero(at, arithmetic.fromNumber(map.x(t)), Math.abs(t) > 2.5, arithmetic)
    sum = arithmetic.add(sum, arithmetic.multiply(value, arithmetic.fromNumber(weight)))
  }
  return sum
}

/** Far out an integrand may overflow on its way to zero; anywhere else that is an error. */
function valueOrZero<T>(at: (x: T) => T, x: T, farOut: boolean, arithmetic: Arithmetic<T>): T {
  if (!farOut) return at(x)
  try {
    return at(x)
  } catch (error) {
    if (error instanceof DomainError) return arithmetic.fromNumber(0)
    throw error
  }
}

function close<T>(a: T, b: T, arithmetic: Arithmetic<T>): boolean {
  const size = arithmetic.real(arithmetic.modulus(b))
  const gap = arithmetic.real(arithmetic.modulus(arithmetic.add(a, arithmetic.negate(b))))
  return gap <= agreement * size
}
