import {
  type ApplyNode,
  add,
  type Expression,
  imaginaryUnit,
  log,
  mapChildren,
  multiply,
  pi,
  rational,
  zero,
} from '../../expression/expression.js'
import { exponentOf } from '../../expression/named.js'

/**
 * What an integral, a trace or an average over named variables is taken of: their signs are taken off, also inside
 * products, and factors outside are kept. Other expressions as they stand.
 */
export function integrand(e: Expression): Expression {
  if (e.kind === 'measureIntegral') return integrand(e.body)
  if (e.kind === 'expectation' && e.over) return integrand(e.of)
  return e.kind === 'product' ? multiply(...e.factors.map(integrand)) : e
}

/** Name of the unknown function that stands for an integral: arguments are the logarithm of its weight and a monomial. */
export const momentName = 'moment'

/** The logarithm of an unknown function, as an unknown function. */
const unknownLog = (e: ApplyNode): Expression => ({ ...e, name: `log ${e.name}` })

/**
 * The logarithm of a weight, taken apart: products become sums, exponentials their exponents, powers multiples. Logarithms
 * of declared functions (conditional probabilities) and of delta functions become unknown functions of the same
 * arguments. The logarithm of a negative number has the imaginary part pi.
 */
export function logWeight(e: Expression): Expression {
  const exponent = exponentOf(e)
  if (exponent !== null) return withUnknownLogs(exponent)
  switch (e.kind) {
    case 'number':
      if (e.numerator >= 0n) return log(e)
      return add(log(rational(-e.numerator, e.denominator)), multiply(imaginaryUnit, pi))
    case 'product':
      return add(...e.factors.map(logWeight))
    case 'power':
      return multiply(withUnknownLogs(e.exponent), logWeight(e.base))
    case 'indexedProduct':
      return { ...e, kind: 'indexedSum', body: logWeight(e.body) }
    case 'apply':
      return unknownLog(e)
    case 'function':
      if (e.name === 'diracDelta') return unknownLog({ ...e, kind: 'apply', indices: [] })
      break
  }
  return log(withUnknownLogs(e))
}

/** An expression whose logarithms of declared functions are unknown functions, as `logWeight` has them. */
export function withUnknownLogs(e: Expression): Expression {
  const of = e.kind === 'function' && e.name === 'log' ? e.arguments[0] : undefined
  if (of?.kind === 'apply' && of.name !== momentName) return unknownLog(of)
  return mapChildren(e, withUnknownLogs)
}

/** The sum of an expression's terms that satisfy a condition. */
export const termsWhere = (e: Expression, keep: (term: Expression) => boolean): Expression => {
  if (e.kind === 'sum') return add(...e.terms.filter(keep))
  return keep(e) ? e : zero
}
