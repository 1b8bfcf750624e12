import { InputError } from './errors.js'
import { children, type Expression, keyOf } from './expression.js'
import { requireExpression, requireMap } from './guards.js'
import { freeSymbols, type Replacement, substitute, substituteSymbols } from './substitute.js'
import { toText } from './write-text.js'

export interface SubstituteOptions {
  /** What to do where something to be replaced does not occur. @defaultValue 'error' */
  readonly absent?: 'error' | 'ignore'
}

/** Most parts of an expression that a message lists. */
const mostListed = 16

/**
 * The expression with parts replaced, outermost first; replacements are not looked into again.
 *
 * Names bound by sums and integrals are the caller's matter: substitute values that do not mention them.
 *
 * @param replacements a map from expressions (or their `keyOf`), or a function that gives a replacement or undefined
 * @throws InputError where something that the map replaces does not occur, listing what does, unless that is to be ignored
 */
export function strictSubstitute(
  e: Expression,
  replacements: ReadonlyMap<Expression | string, Expression> | Replacement,
  { absent = 'error' }: SubstituteOptions = {},
): Expression {
  requireExpression(e, 'substitute: the expression')
  if (typeof replacements === 'function') return substitute(e, replacements)
  requireMap(replacements, 'substitute: what is replaced')
  const byKey = new Map<string, Expression>()
  for (const [what, by] of replacements) {
    if (typeof what !== 'string') requireExpression(what, 'substitute: what is replaced')
    requireExpression(by, 'substitute: what is put in its place')
    byKey.set(typeof what === 'string' ? what : keyOf(what), by)
  }
  if (absent === 'error') refuseAbsent(e, byKey, replacements)
  return substitute(e, byKey)
}

/**
 * Several symbols replaced at once, so that `{a -> b, b -> a}` swaps them. What sums and integrals bind stays.
 *
 * @param e the expression
 * @param values by the symbols' names in the notation (`weightVariance`, not `\\sigma_w^2`), or by the letter of a variable
 * @throws InputError where a name does not occur free, listing those that do, unless that is to be ignored
 */
export function strictSubstituteSymbols(
  e: Expression,
  values: ReadonlyMap<string, Expression>,
  { absent = 'error' }: SubstituteOptions = {},
): Expression {
  requireExpression(e, 'substituteSymbols: the expression')
  requireMap(values, 'substituteSymbols: what is replaced')
  for (const [name, by] of values) {
    if (typeof name !== 'string')
      throw new InputError(
        "substituteSymbols: its keys are names, such as 'weightVariance'; substitute takes expressions for keys",
      )
    requireExpression(by, `substituteSymbols: what is put in the place of '${name}'`)
  }
  if (absent === 'error') refuseAbsentNames('substituteSymbols', [...values.keys()], freeSymbols(e))
  return substituteSymbols(e, values)
}

/** Throws InputError where a name is not among those that occur, and lists these; `call` names what was called. */
export function refuseAbsentNames(call: string, names: readonly string[], occurring: ReadonlySet<string>): void {
  const missing = names.find((name) => !occurring.has(name))
  if (missing === undefined) return
  const listed = [...occurring].slice(0, mostListed)
  const shown = listed.length === 0 ? 'nothing that has a name' : listed.join(', ')
  throw new InputError(
    `${call}: '${missing}' does not occur: what does is ${shown}${occurring.size > mostListed ? ', …' : ''}; these are names of the notation (paper.yaml), not LaTeX; where it may be missing, pass { absent: 'ignore' }`,
  )
}

function refuseAbsent(
  e: Expression,
  byKey: ReadonlyMap<string, Expression>,
  replacements: ReadonlyMap<Expression | string, Expression>,
): void {
  const missing = new Set(byKey.keys())
  const named = new Map<string, string>()
  const visit = (node: Expression): void => {
    missing.delete(keyOf(node))
    if (node.kind === 'symbol' || node.kind === 'indexed' || node.kind === 'apply') named.set(keyOf(node), toText(node))
    children(node).forEach(visit)
  }
  visit(e)
  if (missing.size === 0) return
  const absentOnes = [...replacements.keys()].filter((what) =>
    missing.has(typeof what === 'string' ? what : keyOf(what)),
  )
  const first = absentOnes[0]!
  const shown = typeof first === 'string' ? `the key '${first}'` : toText(first)
  const occurring = [...named.values()].slice(0, mostListed).join(', ') || 'no symbols'
  const advice = typeof first === 'string' ? "; keys are expressions: new Map([[context.scalar('m'), …]])" : ''
  throw new InputError(
    `substitute: ${shown} does not occur: what does is ${occurring}${named.size > mostListed ? ', …' : ''}${advice}; where it may be missing, pass { absent: 'ignore' }`,
  )
}
