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
import { factorsOf, ofTree, some } from '../../theory/support/tree.js'
import { betweenKinks } from './world-quadrature.js'
import type { Scope, WorldEvaluator } from './world-value.js'

/** Points of the trapezoidal rule over one period: exact for products of up to a dozen smooth fields. */
const periodPoints = 64

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
  const kinks = kinksOf(evaluator, node, scope)
  // A kink or a branch point that no argument shows is most likely at the origin.
  const again = from < 0 && to > 0 && !kinks.includes(0)
  const measured = (x: T): T => {
    const value = at(x)
    evaluator.largestTerm = Math.max(evaluator.largestTerm, arithmetic.real(arithmetic.modulus(value)))
    return value
  }
  const whole =
    betweenKinks(measured, from, to, kinks, arithmetic) ??
    (again ? betweenKinks(measured, from, to, [...kinks, 0], arithmetic) : null)
  if (whole !== null) return whole
  throw new DomainError('the integral did not converge')
}

/** Beyond this a standard normal density adds nothing to what doubles hold. */
const normalReach = 9

/** What may grow faster than any power, so that a normal density does not end where it does alone. */
const grows = (node: Expression): boolean =>
  (node.kind === 'function' && ['exp', 'sinh', 'cosh', 'gamma', 'factorial'].includes(node.name)) ||
  (node.kind === 'power' && node.exponent.kind !== 'number')

/** Whether the integrand is the density of a standard normal variable times what does not grow faster than a power. */
const isNormal = ofTree(({ variable, body }: IntegralNode): boolean => {
  const exponential = exp(divide(negate(power(symbol(variable), 2)), rational(2)))
  const factors = factorsOf(body)
  const at = factors.findIndex((factor) => sameTree(factor, exponential))
  return at >= 0 && !factors.some((factor, k) => k !== at && some(factor, grows))
})

/** A nested integral over whole lines as integrals over groups of variables that no factor couples, and what depends on none. */
const independentParts = ofTree((node: IntegralNode): readonly Expression[] => {
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
})

/** Functions that have a kink or a jump where their argument (or the difference of both) vanishes; so has a root, a branch point. */
const kinked: ReadonlySet<string> = new Set(['max', 'min', 'abs', 'sign', 'step'])

/** What vanishes where an integrand has a kink, without what depends on variables of integrals inside it. */
function kinkArguments(e: Expression, bound: readonly string[]): readonly Expression[] {
  const inner = e.kind === 'integral' ? [...bound, e.variable] : bound
  const below = children(e).flatMap((child) => kinkArguments(child, inner))
  const argument = kinkArgument(e)
  if (argument === null) return below
  return bound.some((name) => holds(argument, name)) ? below : [...below, argument]
}

function kinkArgument(e: Expression): Expression | null {
  if (e.kind === 'power') {
    if (e.exponent.kind !== 'number' || e.exponent.denominator === 1n) return null
    return e.base.kind === 'power' ? e.base.base : e.base
  }
  if (e.kind !== 'function' || !kinked.has(e.name)) return null
  const [a, b] = e.arguments
  return b === undefined ? a! : add(a!, negate(b))
}

const holds = (e: Expression, name: string): boolean =>
  (e.kind === 'symbol' && e.name === name) || children(e).some((child) => holds(child, name))

/** What vanishes at a kink along an integral's own variable. */
const kinkCandidates = ofTree((node: IntegralNode): readonly Expression[] =>
  kinkArguments(node.body, []).filter((argument) => holds(argument, node.variable)),
)

/** Where the integrand has kinks, ascending: where arguments that are linear in the variable vanish. */
function kinksOf<T>(evaluator: WorldEvaluator<T>, node: IntegralNode, scope: Scope<T>): number[] {
  const { arithmetic } = evaluator
  const found = new Set<number>()
  for (const argument of kinkCandidates(node)) {
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
