import { DomainError } from '../../expression/errors.js'
import {
  add,
  children,
  divide,
  type Expression,
  exp,
  type IntegralNode,
  multiply,
  negate,
  power,
  rational,
  sameTree,
  symbol,
} from '../../expression/expression.js'
import { gaussLegendre } from '../../numeric/quadrature.js'
import { factorsOf, some } from '../../theory/support/tree.js'
import type { Scope, WorldEvaluator } from './world-value.js'

/** Points of the trapezoidal rule over one period: exact for products of up to a dozen smooth fields. */
const periodPoints = 64
/** Halvings of the step of the double-exponential rules before they give up. */
const refinements = 7
const agreement = 1e-10

/**
 * An integral's value in a world. Over the whole line, of fields (which are periodic): over one period, by the
 * trapezoidal rule. Otherwise between its kinks, by Gauss and Legendre's rule where it is smooth to both ends or by a
 * double-exponential rule, refined until two agree. Throws DomainError where they do not.
 */
export function integrate<T>(evaluator: WorldEvaluator<T>, node: IntegralNode, scope: Scope<T>, ofFields: boolean): T {
  const { arithmetic } = evaluator
  const at = (x: T): T =>
    evaluator.value(node.body, { ...scope, variables: new Map(scope.variables).set(node.variable, x) })
  if (ofFields && node.from === null && node.to === null) {
    const step = arithmetic.multiply(arithmetic.constant('pi'), arithmetic.fromRational(2n, BigInt(periodPoints)))
    let sum = arithmetic.fromNumber(0)
    for (let k = 0; k < periodPoints; k++)
      sum = arithmetic.add(sum, at(arithmetic.multiply(step, arithmetic.fromNumber(k))))
    return arithmetic.multiply(sum, step)
  }
  const parts = independentParts(node)
  if (parts.length > 1)
    return parts.map((part) => evaluator.value(part, scope)).reduce((a, b) => arithmetic.multiply(a, b))
  const end = (e: IntegralNode['from'], otherwise: number): number =>
    e === null ? otherwise : arithmetic.real(evaluator.value(e, scope))
  const farthest = isNormal(node) ? normalReach : Number.POSITIVE_INFINITY
  const from = Math.max(end(node.from, Number.NEGATIVE_INFINITY), -farthest)
  const to = Math.min(end(node.to, Number.POSITIVE_INFINITY), farthest)
  const whole = betweenKinks(at, from, to, kinksOf(evaluator, node, scope), arithmetic)
  if (whole !== null) return whole
  // A kink or a branch point at the origin, such as that of a root.
  if (from < 0 && to > 0) {
    const below = refined(at, substitution(from, 0), arithmetic)
    const above = refined(at, substitution(0, to), arithmetic)
    if (below !== null && above !== null) return arithmetic.add(below, above)
  }
  throw new DomainError('the integral did not converge')
}

/** An integral in pieces from kink to kink; null where one of them does not converge. */
function betweenKinks<T>(
  at: (x: T) => T,
  from: number,
  to: number,
  kinks: readonly number[],
  arithmetic: Sums<T>,
): T | null {
  const inside = kinks.filter((x) => x > Math.min(from, to) && x < Math.max(from, to))
  const cuts = [from, ...(from <= to ? inside : inside.reverse()), to]
  let sum = arithmetic.fromNumber(0)
  for (const [k, start] of cuts.slice(0, -1).entries()) {
    const part = smooth(at, start, cuts[k + 1]!, arithmetic)
    if (part === null) return null
    sum = arithmetic.add(sum, part)
  }
  return sum
}

/** Beyond this a standard normal density adds nothing to what doubles hold. */
const normalReach = 9

/** What may grow faster than any power, so that a normal density does not end where it does alone. */
const grows = (node: Expression): boolean =>
  (node.kind === 'function' && ['exp', 'sinh', 'cosh', 'gamma', 'factorial'].includes(node.name)) ||
  (node.kind === 'power' && node.exponent.kind !== 'number')

/** Whether the integrand is the density of a standard normal variable times what does not grow faster than a power. */
function isNormal({ variable, body }: IntegralNode): boolean {
  const exponential = exp(divide(negate(power(symbol(variable), 2)), rational(2)))
  const factors = factorsOf(body)
  const at = factors.findIndex((factor) => sameTree(factor, exponential))
  return at >= 0 && !factors.some((factor, k) => k !== at && some(factor, grows))
}

/** Widest stretch that a rule of few points is put to: a normal density is nearly a polynomial on it. */
const widest = 2.5

/** An integral of what is smooth between its ends. */
function smooth<T>(at: (x: T) => T, from: number, to: number, arithmetic: Sums<T>): T | null {
  if (Number.isFinite(from) && Number.isFinite(to)) {
    const panels = Math.min(8, Math.max(1, Math.ceil(Math.abs(to - from) / widest)))
    const width = (to - from) / panels
    const sum = (points: number): T =>
      Array.from({ length: panels }, (_, k) =>
        legendre(at, from + k * width, from + (k + 1) * width, points, arithmetic),
      ).reduce((total, part) => arithmetic.add(total, part))
    const fine = sum(14)
    if (close(sum(10), fine, arithmetic)) return fine
  }
  return refined(at, substitution(from, to), arithmetic)
}

/** The trapezoidal rule with its step halved until two sums agree; null where they do not. */
function refined<T>(at: (x: T) => T, map: Substitution, arithmetic: Sums<T>): T | null {
  let previous: T | null = null
  for (let refinement = 0; refinement < refinements; refinement++) {
    const current = trapezoid(at, map, 0.25 / 2 ** refinement, arithmetic)
    if (previous !== null && close(previous, current, arithmetic)) return current
    previous = current
  }
  return null
}

/** A nested integral over whole lines as integrals over groups of variables that no factor couples, and what depends on none. */
function independentParts(node: IntegralNode): readonly Expression[] {
  const variables: string[] = []
  let body: Expression = node
  while (body.kind === 'integral' && body.from === null && body.to === null && !variables.includes(body.variable)) {
    variables.push(body.variable)
    body = body.body
  }
  if (variables.length < 2) return [node]
  const factors = factorsOf(body).map((factor) => ({
    factor,
    holds: variables.filter((name) => some(factor, (part) => sameTree(part, symbol(name)))),
  }))
  let groups: (readonly string[])[] = variables.map((name) => [name])
  for (const { holds } of factors) {
    const tied = groups.filter((group) => group.some((name) => holds.includes(name)))
    if (tied.length > 1) groups = [...groups.filter((group) => !tied.includes(group)), tied.flat()]
  }
  if (groups.length < 2) return [node]
  const integrals = groups.map((group) =>
    group.reduce<Expression>(
      (inner, variable) => ({ kind: 'integral', variable, from: null, to: null, body: inner }),
      multiply(
        ...factors.filter(({ holds }) => group.some((name) => holds.includes(name))).map(({ factor }) => factor),
      ),
    ),
  )
  return [...factors.filter(({ holds }) => holds.length === 0).map(({ factor }) => factor), ...integrals]
}

/** The rule of Gauss and Legendre, for what is smooth up to both ends. */
function legendre<T>(at: (x: T) => T, from: number, to: number, points: number, arithmetic: Sums<T>): T {
  const { nodes, weights } = gaussLegendre(points)
  const [middle, radius] = [(from + to) / 2, (to - from) / 2]
  return nodes
    .map((x, k) =>
      arithmetic.multiply(at(arithmetic.fromNumber(middle + radius * x)), arithmetic.fromNumber(radius * weights[k]!)),
    )
    .reduce((sum, part) => arithmetic.add(sum, part))
}

/** Functions that have a kink or a jump where their argument (or the difference of both) vanishes. */
const kinked: ReadonlySet<string> = new Set(['max', 'min', 'abs', 'sign', 'step'])

/** What vanishes where an integrand has a kink, without what depends on variables of integrals inside it. */
function kinkArguments(e: Expression, bound: readonly string[]): readonly Expression[] {
  const inner = e.kind === 'integral' ? [...bound, e.variable] : bound
  const below = children(e).flatMap((child) => kinkArguments(child, inner))
  if (e.kind !== 'function' || !kinked.has(e.name)) return below
  const [a, b] = e.arguments
  const argument = b === undefined ? a! : add(a!, negate(b))
  return bound.some((name) => holds(argument, name)) ? below : [...below, argument]
}

const holds = (e: Expression, name: string): boolean =>
  (e.kind === 'symbol' && e.name === name) || children(e).some((child) => holds(child, name))

/** Where the integrand has kinks, ascending: where arguments that are linear in the variable vanish. */
function kinksOf<T>(evaluator: WorldEvaluator<T>, node: IntegralNode, scope: Scope<T>): number[] {
  const { arithmetic } = evaluator
  const found = new Set<number>()
  for (const argument of kinkArguments(node.body, [])) {
    if (!holds(argument, node.variable)) continue
    const [a, b, c] = [0, 1, 2].map((x) =>
      arithmetic.real(
        evaluator.value(argument, {
          ...scope,
          variables: new Map(scope.variables).set(node.variable, arithmetic.fromNumber(x)),
        }),
      ),
    )
    const slope = b! - a!
    if (slope !== 0 && Math.abs(c! - b! - slope) <= 1e-9 * Math.abs(slope)) found.add(-a! / slope)
  }
  return [...found].sort((x, y) => x - y)
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

type Sums<T> = WorldEvaluator<T>['arithmetic']

function trapezoid<T>(at: (x: T) => T, map: Substitution, step: number, arithmetic: Sums<T>): T {
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
function valueOrZero<T>(at: (x: T) => T, x: T, farOut: boolean, arithmetic: Sums<T>): T {
  if (!farOut) return at(x)
  try {
    return at(x)
  } catch (error) {
    if (error instanceof DomainError) return arithmetic.fromNumber(0)
    throw error
  }
}

function close<T>(a: T, b: T, arithmetic: Sums<T>): boolean {
  const size = arithmetic.real(arithmetic.modulus(b))
  const gap = arithmetic.real(arithmetic.modulus(arithmetic.add(a, arithmetic.negate(b))))
  return gap <= agreement * size
}
