import { add, type Expression, type Formula, negate, sameTree, zero } from '../../expression/expression.js'
import { boltzmannEnergy } from '../../theory/ring/energy.js'

/** The relations that say that two sides are the same, exactly or nearly. */
const equalities: ReadonlySet<string> = new Set(['=', '≈', '≡', '→', '∼'])

/** Whether a formula is an equation (or a bare expression), not an inequality. */
export const isEquation = (formula: Formula): boolean => formula.relations.every((relation) => equalities.has(relation))

/** Whether a formula says that it holds only nearly. */
export const isApproximate = (formula: Formula): boolean =>
  formula.relations.some((relation) => relation === '≈' || relation === '∼' || relation === '→')

/**
 * The sides that state what the first names: the last, and those that plain equality joins to it. What stands before
 * an approximation is another thing than what stands after it.
 */
export function statedSides(formula: Formula): readonly Expression[] {
  const { sides, relations } = formula
  let first = sides.length - 1
  while (first > 1 && (relations[first - 1] === '=' || relations[first - 1] === '≡')) first -= 1
  return sides.slice(first)
}

/** What must vanish for an equation to hold: the first side less the last. */
export const residual = (formula: Formula): Expression =>
  formula.sides.length === 1 ? formula.sides[0]! : add(formula.sides[0]!, negate(formula.sides.at(-1)!))

/** An expression's terms `O(…)` apart from the rest of it. */
export function splitOrders(e: Expression): { readonly main: Expression; readonly orders: readonly Expression[] } {
  if (e.kind === 'orderOf') return { main: zero, orders: [e.of] }
  if (e.kind === 'power' && e.base.kind === 'orderOf') return { main: zero, orders: [{ ...e, base: e.base.of }] }
  if (e.kind !== 'sum') return { main: e, orders: [] }
  const parts = e.terms.map(splitOrders)
  return { main: add(...parts.map((part) => part.main)), orders: parts.flatMap((part) => part.orders) }
}

/**
 * What two integrals over the same measures are compared by: their integrands (the laws that they normalise). Null
 * where the sides are not both such integrals, or integrate over different things.
 */
export function integrands(a: Expression, b: Expression): readonly [Expression, Expression] | null {
  const first = unwrapped(a)
  const second = unwrapped(b)
  if (first === null || second === null) return null
  if (first.measures.length !== second.measures.length) return null
  const missing = first.measures.some((measure) => !second.measures.some((other) => sameTree(measure, other)))
  return missing ? null : [multiplyOut(first), multiplyOut(second)]
}

/**
 * Weights of which one is written as a product of integrals over layers, `\\prod_l \\int dr^l …`, by their energies: the
 * product stands for the measure, and an exponential that sums over all layers stands once. Null where neither is.
 */
export function layeredEnergies(a: Expression, b: Expression): readonly [Expression, Expression] | null {
  return isLayered(a) || isLayered(b) ? [boltzmannEnergy(a), boltzmannEnergy(b)] : null
}

const isLayered = (e: Expression): boolean =>
  (e.kind === 'indexedProduct' && e.body.kind === 'measureIntegral') ||
  (e.kind === 'product' && e.factors.some(isLayered))

interface Unwrapped {
  readonly measures: readonly Expression[]
  readonly body: Expression
  readonly factors: readonly Expression[]
}

function unwrapped(e: Expression): Unwrapped | null {
  if (e.kind === 'measureIntegral') {
    const inner = unwrapped(e.body)
    if (inner === null) return { measures: e.measures, body: e.body, factors: [] }
    return { ...inner, measures: [...e.measures, ...inner.measures] }
  }
  if (e.kind !== 'product') return null
  const position = e.factors.findIndex((factor) => factor.kind === 'measureIntegral')
  if (position < 0) return null
  const inner = unwrapped(e.factors[position]!)
  return inner && { ...inner, factors: [...inner.factors, ...e.factors.filter((_, k) => k !== position)] }
}

const multiplyOut = ({ body, factors }: Unwrapped): Expression =>
  factors.length === 0 ? body : { kind: 'product', factors: [...factors, body] }
