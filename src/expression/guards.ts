/** What authors' derivations hand to the package, looked at before it is used: a wrong argument is named, with what to pass. */
import { InputError } from './errors.js'
import type { Expression, Formula, IndexedNode } from './expression.js'

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { readonly kind?: unknown }).kind : undefined

/** Whether a value can be an expression: it has the kind of a node. */
const isNode = (value: unknown): value is Expression => typeof kindOf(value) === 'string'

const isFormula = (value: unknown): value is Formula =>
  typeof value === 'object' && value !== null && Array.isArray((value as { readonly sides?: unknown }).sides)

/** What somebody passed, and what to pass. */
function instead(value: unknown, reader: 'read' | 'scalar' | 'quantity' = 'read'): string {
  if (value === undefined)
    return 'is undefined; if it is a premise, is it one of those that derive was given, by its name?'
  if (value === null) return 'is null; pass an expression'
  if (typeof value === 'string')
    return `is the text '${shortened(value)}'; pass context.${reader}('${shortened(value)}')`
  if (typeof value === 'number' || typeof value === 'bigint')
    return `is the number ${value}; pass ${Number.isInteger(Number(value)) ? `rational(${value})` : 'a fraction, as rational(numerator, denominator)'}`
  if (isFormula(value)) return 'is a formula; pass one of its sides, such as lastSide(formula)'
  if (Array.isArray(value)) return 'is a list; pass one of its entries'
  if (isNode(value))
    return `is a ${value.kind}; pass ${reader === 'quantity' ? 'one quantity' : 'one symbol or quantity'}`
  if (typeof value === 'function') return 'is a function; call it, or pass an expression'
  return 'is an object that is no expression; pass an expression'
}

const shortened = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`)

/** Throws InputError unless a value is an expression; `what` names it: `differentiate: the expression`. */
export function requireExpression(value: unknown, what: string): asserts value is Expression {
  if (!isNode(value)) throw new InputError(`${what} ${instead(value)}`)
}

/** Throws InputError unless a value is a formula or an expression, as premises and what was made of them are. */
export function requireFormulaOrExpression(value: unknown, what: string): void {
  if (!isNode(value) && !isFormula(value)) throw new InputError(`${what} ${instead(value)}`)
}

/** Throws InputError unless a value is what can be differentiated by, or stand on the left of a solution: a symbol, quantity or function. */
export function requireVariable(value: unknown, what: string): void {
  const kind = kindOf(value)
  if (kind !== 'symbol' && kind !== 'indexed' && kind !== 'apply')
    throw new InputError(`${what} ${instead(value, 'scalar')}`)
}

/** Throws InputError unless a value is a list of quantities with indices; `what` names the list. */
export function requireQuantities(value: unknown, what: string): asserts value is readonly IndexedNode[] {
  if (!Array.isArray(value))
    throw new InputError(
      `${what} must be a list of quantities, such as [context.quantity('u^l')]; this ${instead(value, 'quantity').split(';')[0]}`,
    )
  for (const [k, one] of value.entries())
    if (kindOf(one) !== 'indexed') throw new InputError(`${what}: entry ${k + 1} ${instead(one, 'quantity')}`)
}

/** Throws InputError unless a value is a list of symbols or other variables. */
export function requireVariables(value: unknown, what: string): void {
  if (!Array.isArray(value))
    throw new InputError(
      `${what} must be a list, such as [context.scalar('r^*')]; this ${instead(value, 'scalar').split(';')[0]}`,
    )
  for (const [k, one] of value.entries()) requireVariable(one, `${what}: entry ${k + 1}`)
}

/** Throws InputError unless a value is a map. */
export function requireMap(value: unknown, what: string): void {
  if (!(value instanceof Map))
    throw new InputError(
      `${what} must be a Map (or a function), not ${Array.isArray(value) ? 'a list: wrap it, new Map(list)' : `what it is given here: write new Map([[what, by]])`}`,
    )
}

/** Says which functions there are. */
export function refuseFunction(name: unknown, known: readonly string[]): never {
  throw new InputError(`call: '${String(name)}' is no known function; those are ${known.join(', ')}`)
}
