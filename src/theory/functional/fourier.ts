import { DomainError } from '../../expression/errors.js'
import {
  add,
  type Expression,
  imaginaryUnit,
  log,
  multiply,
  negate,
  pi,
  rational,
} from '../../expression/expression.js'
import { completeSquare } from '../gaussian/integrate.js'
import { expanded } from '../support/simplify.js'
import type { Variable } from '../support/tree.js'

/**
 * The logarithm of the weight by which a Fourier integral enforces that a constraint vanishes: `i k c - log n`, where n is the
 * integral of `e^{i k c}` over the Fourier variable k and the quantity that the constraint fixes. Both are integrated in closed
 * form, as the limit of a Gaussian integral. Throws DomainError where the constraint is not linear in the quantity.
 */
export function fourierConstraint(constraint: Expression, quantity: Variable, variable: Variable): Expression {
  const exponent = multiply(imaginaryUnit, variable, constraint)
  const { determinant, remainder } = completeSquare(exponent, [variable, quantity])
  const rest = expanded(remainder)
  if (rest.kind !== 'number' || rest.numerator !== 0n)
    throw new DomainError('the Fourier integral of this constraint depends on more than the quantity that it fixes')
  return add(exponent, negate(log(multiply(rational(2), pi))), multiply(rational(1, 2), log(expanded(determinant))))
}
