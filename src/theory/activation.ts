import { DomainError } from '../expression/errors.js'
import { type Expression, mapChildren } from '../expression/expression.js'

/**
 * A formula with a declared activation function made definite: every application of it gives way to `activation` of its
 * argument. Throws DomainError where the function is applied to anything but one argument.
 */
export function withActivation(e: Expression, name: string, activation: (z: Expression) => Expression): Expression {
  const visit = (node: Expression): Expression => {
    if (node.kind !== 'apply' || node.name !== name) return mapChildren(node, visit)
    const [argument] = node.arguments
    if (!argument || node.arguments.length !== 1) throw new DomainError(`the activation ${name} takes one argument`)
    return activation(visit(argument))
  }
  return visit(e)
}
