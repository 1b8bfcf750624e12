import { differentiate, type Variable } from '../expression/differentiate.js'
import { LimitError } from '../expression/errors.js'
import { children, type Expression } from '../expression/expression.js'
import { spend } from '../numeric/budget.js'
import { treeSize } from './to-expression.js'

/** A derivative of more nodes than this is refused. */
const largestDerivative = 300_000

/** An upper bound on the nodes of a first derivative: the product rule writes every factor once for each. */
function derivativeSize(e: Expression, known: WeakMap<Expression, number>): number {
  const found = known.get(e)
  if (found !== undefined) return found
  const below = children(e)
  let size = 4
  for (const child of below) size += derivativeSize(child, known)
  if (e.kind === 'product' || e.kind === 'matrixProduct') size += below.length * treeSize(e)
  else if (e.kind !== 'sum') size += 3 * treeSize(e)
  known.set(e, size)
  return size
}

/**
 * A derivative taken one order at a time, `tidied` in between so that it does not swell. Throws LimitError where one
 * step would be too large, and what `differentiate` throws.
 */
export function derivativeOf(
  e: Expression,
  variable: Variable,
  order: number,
  tidied: (e: Expression) => Expression = (step) => step,
): Expression {
  let result = e
  for (let k = 0; k < order; k++) {
    if (k > 0 && result.kind !== 'derivative') result = tidied(result)
    const size = derivativeSize(result, new WeakMap())
    if (size > largestDerivative)
      throw new LimitError(
        `the formula is too large to decide exactly: its derivative has more than ${largestDerivative} nodes`,
      )
    spend(4 * size)
    result = differentiate(result, variable)
  }
  return result
}
