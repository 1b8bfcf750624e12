import { children, type Expression, type Formula, mapChildren, sameTree } from '../../expression/expression.js'

/** A functional written with its configuration or without, `U(\{\epsilon^l\})` and `U`, is the same name. */
const sameName = (a: Expression, b: Expression): boolean =>
  sameTree(a, b) ||
  (a.kind === 'symbol' &&
    b.kind === 'apply' &&
    a.name === b.name &&
    b.arguments.every((e) => e.kind === 'configuration')) ||
  (b.kind === 'symbol' && a.kind === 'apply' && sameName(b, a))

/** Whether a formula states the named quantity as such: with it alone on its first side (or with no first side at all). */
export const statesDirectly = ({ sides }: Formula, named: Expression): boolean =>
  sides.length < 2 || sameName(sides[0]!, named)

const holds = (e: Expression, part: Expression): boolean => sameTree(e, part) || children(e).some((c) => holds(c, part))

/** Whether a formula says anything about the named quantity. */
export const speaksOf = ({ sides }: Formula, named: Expression): boolean => sides.some((side) => holds(side, named))

/** An expression with what was derived put for the quantity that it names. */
export function withDerived(e: Expression, named: Expression, value: Expression): Expression {
  return sameTree(e, named) ? value : mapChildren(e, (child) => withDerived(child, named, value))
}
