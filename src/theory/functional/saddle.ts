import { differentiate, type Variable } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  half,
  log,
  mapChildren,
  multiply,
  negate,
  one,
  power,
  rational,
  sameTree,
  subtract,
  zero,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { expanded } from '../support/simplify.js'
import { some, table } from '../support/tree.js'

const isZero = (e: Expression): boolean => e.kind === 'number' && e.numerator === 0n

const depends = (e: Expression, on: Expression): boolean =>
  some(e, (node) => node.kind === on.kind && sameTree(node, on))

/**
 * What must vanish at a saddle point of a potential: its derivative by an order parameter or a conjugate. The potential is
 * written out, layer by layer, so that the variable stands in it with its own index.
 */
export const stationarity = (potential: Expression, variable: Variable): Expression =>
  differentiate(potential, variable)

/**
 * The value at which an expression that is linear in a quantity vanishes. Throws DomainError where it does not depend on the
 * quantity, or depends on it otherwise than linearly.
 */
export function vanishingAt(e: Expression, quantity: Variable): Expression {
  const slope = differentiate(e, quantity)
  if (isZero(slope) || isZero(expanded(slope)))
    throw new DomainError('the equation does not hold the quantity that it is to be solved for')
  if (depends(slope, quantity) && depends(expanded(slope), quantity))
    throw new DomainError('the equation is not linear in the quantity that it is to be solved for')
  const rest = substitute(e, table([[quantity, zero]]))
  return negate(divide(rest, substitute(slope, table([[quantity, zero]]))))
}

/**
 * The saddle-point equation of one variable solved for a quantity that it holds linearly: the derivative of a potential by a
 * conjugate gives the order parameter, that by an order parameter its conjugate.
 */
export const saddleValue = (potential: Expression, by: Variable, quantity: Variable): Expression =>
  vanishingAt(stationarity(potential, by), quantity)

/** Inverses of functions, as formulas. */
const inverses: ReadonlyMap<string, (y: Expression) => Expression> = new Map([
  ['exp', log],
  ['log', exp],
  ['tanh', (y: Expression) => multiply(half, log(divide(add(one, y), subtract(one, y))))],
  ['sinh', (y: Expression) => log(add(y, power(add(power(y, 2), one), half)))],
  ['asin', (y: Expression) => call('sin', y)],
  ['atan', (y: Expression) => call('tan', y)],
])

/** One over a product as a product of reciprocals. */
const reciprocals = (e: Expression): Expression =>
  e.kind === 'power' && e.base.kind === 'product' && sameTree(e.exponent, rational(-1))
    ? multiply(...e.base.factors.map((factor) => power(factor, -1)))
    : e

/** Hyperbolic tangents where a sine stands over its cosine. */
export function withTangents(e: Expression): Expression {
  const mapped = mapChildren(e, withTangents)
  const inner = mapped.kind === 'product' ? multiply(...mapped.factors.map(reciprocals)) : mapped
  if (inner.kind !== 'product') return inner
  const sine = inner.factors.find((f) => f.kind === 'function' && f.name === 'sinh')
  const argument = sine?.kind === 'function' ? sine.arguments[0] : undefined
  if (!sine || !argument) return inner
  const cosine = inner.factors.find((f) => sameTree(f, power(call('cosh', argument), -1)))
  return cosine ? multiply(...inner.factors.filter((f) => f !== sine && f !== cosine), call('tanh', argument)) : inner
}

/**
 * The quantity at which an expression vanishes, by undoing what is done to it one step after the other: for quantities that
 * occur once, inside sums, products, powers and invertible functions; the positive root of an even power. Throws DomainError where that does not suffice.
 */
export function isolate(e: Expression, quantity: Variable): Expression {
  let [side, value]: [Expression, Expression] = [withTangents(e), zero]
  const holding = (parts: readonly Expression[]): Expression => {
    const [only, ...others] = parts.filter((part) => depends(part, quantity))
    if (only === undefined || others.length > 0)
      throw new DomainError('the quantity occurs more than once, or not at all')
    return only
  }
  while (!sameTree(side, quantity)) {
    if (side.kind === 'sum') {
      const only = holding(side.terms)
      value = subtract(value, add(...side.terms.filter((term) => term !== only)))
      side = only
    } else if (side.kind === 'product') {
      const only = holding(side.factors)
      value = divide(value, multiply(...side.factors.filter((factor) => factor !== only)))
      side = only
    } else if (side.kind === 'function' && inverses.has(side.name)) {
      value = inverses.get(side.name)!(value)
      side = side.arguments[0]!
    } else if (side.kind === 'power' && side.exponent.kind === 'number') {
      value = power(value, rational(side.exponent.denominator, side.exponent.numerator))
      side = side.base
    } else throw new DomainError('what is done to the quantity cannot be undone step by step')
  }
  return value
}
