import { InputError } from '../../expression/errors.js'
import { type Expression, mapChildren, one, symbol } from '../../expression/expression.js'
import { gaussianValue, integrateGaussian } from './integrate.js'

/**
 * A formula with its Gaussian integrals over the whole line carried out in closed form; integrals that are not Gaussian
 * (fields in the integrand, other functions, bounds) are left as they stand.
 */
export function carryOutGaussianIntegrals(e: Expression): Expression {
  const inner = mapChildren(e, carryOutGaussianIntegrals)
  if (inner.kind !== 'integral' || inner.from !== null || inner.to !== null) return inner
  const exponent = exponentIn(inner.body)
  if (exponent === null || holdsField(exponent)) return inner
  try {
    return gaussianValue(integrateGaussian(exponent, [symbol(inner.variable)]))
  } catch (error) {
    if (error instanceof InputError) return inner
    throw error
  }
}

function exponentIn(e: Expression): Expression | null {
  if (e.kind === 'function' && e.name === 'exp') return e.arguments[0] ?? one
  return e.kind === 'power' && e.base.kind === 'constant' && e.base.name === 'e' ? e.exponent : null
}

function holdsField(e: Expression): boolean {
  if (e.kind === 'apply' || e.kind === 'derivative') return true
  let found = false
  mapChildren(e, (child) => {
    found ||= holdsField(child)
    return child
  })
  return found
}
