import { InputError } from '../expression/errors.js'
import type { Expression, Formula, IndexedNode, SymbolNode } from '../expression/expression.js'
import { requireExpression } from '../expression/guards.js'
import type { Domain, Notation } from '../expression/notation.js'
import type { ShardSummary, SimulationRequest } from '../network/index.js'
import { type KeysOf, kindOf, ordinal, refuseFurther, refuseUnknownOptions } from './arguments.js'
import type { Evidence } from './evidence.js'
import type { Statement, StatementSource } from './statement.js'

/** What a derivation is told of the statement that it derives: which one it is, and nothing of what it says. */
export interface StatementName extends Pick<Statement, 'id' | 'paper' | 'label' | 'section'> {
  /** Where the entry stands, for messages. */
  readonly source: Pick<StatementSource, 'file' | 'line'>
}

/** What a derivation may use besides its premises. What is printed is no part of it. */
export interface Context {
  /** Which statement is derived, for messages: its `id`, `label`, `section`. */
  readonly statement: StatementName
  /** The paper's notation with the statement's own laid over it: what many calls take as an option. */
  readonly notation: Notation
  /**
   * Reads any expression under the statement's notation: `\frac{1}{2} m (u^l)^2`.
   * @param latex an expression without a relation
   * @returns the expression
   * @throws LatexError with the column, where it cannot be read or holds a symbol that is not declared
   */
  readonly read: (latex: string) => Expression
  /**
   * Reads a formula under the statement's notation: `q = 2 \pi n / L`.
   * @param latex sides with relations between them; one that begins with a relation is its right side alone
   * @returns its sides and relations
   * @throws LatexError with the column, where it cannot be read or holds a symbol that is not declared
   */
  readonly readFormula: (latex: string) => Formula
  /**
   * Reads LaTeX that must be one indexed quantity: `\epsilon^{l-1}`.
   * @returns the quantity with its indices
   * @throws InputError where it is anything else, LatexError where it cannot be read
   */
  readonly quantity: (latex: string) => IndexedNode
  /**
   * Reads LaTeX that must be one scalar: `N`, or `\sigma_w^2` where that is declared as one symbol.
   * @returns the symbol, by its name in the notation
   * @throws InputError where it is anything else, LatexError where it cannot be read
   */
  readonly scalar: (latex: string) => SymbolNode
}

/** What a check may use besides the formula that it is given: the same, and all that is known of the statement. */
export interface CheckContext extends Context {
  readonly statement: Statement
}

/** A set of parameter values: a claim such as `\sigma_w^2 < 1` is right when it is true exactly where `contains` is. */
export interface Region {
  readonly kind: 'region'
  readonly describe: string
  readonly contains: (values: ReadonlyMap<string, number>) => boolean
}

/** How large a small network is: its last layer's index, neurons a layer (or the paper's symbol for it), inputs. */
export interface NetworkSize {
  readonly lastLayer: number
  /** Null: neurons stay summed over symbolically. */
  readonly neurons: number | null
  /** Neurons of each layer where they differ; none has more than `neurons`. */
  readonly widths?: readonly number[]
  readonly inputs: number
}

/**
 * A weight (an integrand, up to a constant factor) derived on small networks, where its integrals can be carried out in
 * closed form: the exponent over explicit components at each size. `complete` says why these sizes decide every size,
 * where they do (the exponents are sums of terms that hold few different indices each).
 */
export interface Instances {
  readonly kind: 'instances'
  readonly describe: string
  readonly sizes: readonly NetworkSize[]
  /** Canonical names of the quantities that the weight is a weight of: exponents count up to terms free of them. */
  readonly variables: readonly string[]
  readonly exponent: (size: NetworkSize) => Expression
  /** The claimed exponent over the same components. */
  readonly instantiate: (claimed: Formula, size: NetworkSize) => Expression
  readonly complete: string | null
  /** What is compared, in words. @defaultValue the exponent */
  readonly what?: string
  /** Compare every side that the formula states, not its last alone: `instantiate` then gets each with the first. @defaultValue false */
  readonly everySide?: boolean
  /** The first side is compared too, as part of what is stated, and names nothing: an identity of two sides. @defaultValue false */
  readonly firstSide?: boolean
  /** Where symbols live that the derivation made up for itself; see `withPrivateSymbols`. */
  readonly privately?: ReadonlyMap<string, Domain>
  /** It holds to leading order in this small quantity, named in words, with the measured order of what is left out. */
  readonly leadingOrder?: { readonly small: string; readonly order: number }
}

/**
 * What a derivation yields: the expression that the printed formula's last side must equal; a formula (equation) that
 * the printed one must be equivalent to; a region that a printed inequality must describe; or exponents on small networks. With `leadingOrder` the
 * comparison is with the leading term as the named small quantity vanishes; with `modulo`, both sides are compared after
 * the given solutions (`r^* = …`, from premises) are put in.
 */
export type Derived =
  | {
      readonly kind: 'value'
      readonly value: Expression
      readonly leadingOrder?: string
      readonly modulo?: readonly Formula[]
      /** Where symbols live that the derivation made up for itself; see `withPrivateSymbols`. */
      readonly privately?: ReadonlyMap<string, Domain>
      /** Further solutions, as good as this one; see `oneOf`. */
      readonly others?: readonly Solution[]
      /** The condition that the value solves; see `solutionOf`. */
      readonly solves?: { readonly condition: Expression; readonly unknown: SymbolNode }
    }
  | {
      readonly kind: 'formula'
      readonly formula: Formula
      readonly leadingOrder?: string
      readonly modulo?: readonly Formula[]
      /** Where symbols live that the derivation made up for itself; see `withPrivateSymbols`. */
      readonly privately?: ReadonlyMap<string, Domain>
      /** Further solutions, as good as this one; see `oneOf`. */
      readonly others?: readonly Solution[]
    }
  | Region
  | Instances
  /** Nothing to compare: the statement's checks have the word, and use its premises. */
  | { readonly kind: 'nothing' }

/** One of several solutions. */
type Solution =
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'formula'; readonly formula: Formula }

export type Premises = Readonly<Record<string, string>>
export type PremiseValues<P extends Premises> = { readonly [K in keyof P]: Formula }

/** A function of a statement's premises, which is not handed what is printed. */
export interface Derivation<P extends Premises = Premises> {
  readonly kind: 'derivation'
  /** The statement's id without the paper: `eq-14`. */
  readonly statement: string
  readonly premises: P
  // A method, not a property: a derivation of named premises stands among derivations of any.
  derive(premises: PremiseValues<P>, context: Context): Derived
  /** One line on what is done, for `explain`: "second variation of the energy about the uniform saddle". */
  readonly method: string
}

/** What a check gets to work with. */
export interface CheckInput {
  /** The formula under test: printed, corrected, or given with --printed. */
  readonly claimed: Formula
  readonly target: 'printed' | 'corrected'
  readonly derived: Derived | null
  /** Id of the reading under which the comparison with the derivation holds; null for the text as it stands. */
  readonly reading: string | null
  readonly premises: Readonly<Record<string, Formula>>
  /** The same as the paper prints them, without those that have no formula; absent where nobody gives them. */
  readonly premisesAsPrinted?: Readonly<Record<string, Formula>>
  readonly context: CheckContext
  readonly seed: number
  readonly depth: Depth
}

export type Depth = 'quick' | 'standard' | 'full'

/** A check that computes. */
export interface DirectCheck {
  readonly kind: 'direct'
  readonly name: string
  readonly run: (input: CheckInput) => Evidence | Promise<Evidence>
}

/** A check that needs simulations: first says which, then judges their summaries. */
export interface SampledCheck {
  readonly kind: 'sampled'
  readonly name: string
  readonly simulations: (input: Pick<CheckInput, 'seed' | 'depth'>) => readonly SimulationRequest[]
  readonly judge: (input: CheckInput, summaries: readonly ShardSummary[]) => Evidence
}

export type Check = DirectCheck | SampledCheck

/** Checks of a statement beyond the comparison with its derivation. */
export interface Confirmation {
  readonly kind: 'confirmation'
  readonly statement: string
  readonly checks: readonly Check[]
}

const takenByDerive = ["a statement's id", 'its premises by name', 'how it follows', 'the function that derives it']

/**
 * Declares how a statement follows from others. What is returned must be exported from a module of the paper's folder.
 *
 * @param statement the statement's id without the paper: `eq-14`
 * @param premises ids of statements of the same paper, by names of your own; `compute` gets their formulas under these names,
 *   corrected where they are. Some checks look for a premise by its name (`energy`, `saddle`)
 * @param method one line on what is done, which `explain` and the reports print
 * @param compute from the premises' formulas and the context to what the statement should say: an expression, which the last
 *   side of what is printed must equal; a formula, which it must be equivalent to; or a region, a leading term and the other
 *   kinds of `Derived`. A pure function: it is called again for other premises
 * @returns the derivation, to export, and to `confirm` with further checks
 * @throws InputError when it is computed and `compute` gives back a promise, nothing, or a text; at once where an argument is
 *   missing, of another kind, or one too many
 */
export function derive<const P extends Premises>(
  statement: string,
  premises: P,
  method: string,
  compute: (premises: PremiseValues<P>, context: Context) => Derived | Expression | Formula,
  ...further: readonly never[]
): Derivation<P> {
  const call = typeof statement === 'string' ? `derive('${statement}', …)` : 'derive(…)'
  const given: readonly unknown[] = [statement, premises, method, compute]
  const kinds = ['a string', 'an object', 'a string', 'a function']
  kinds.forEach((kind, k) => {
    if (kindOf(given[k]) !== kind)
      throw new InputError(
        `${call}: the ${ordinal(k)} argument, ${takenByDerive[k]}, is ${kindOf(given[k])} and should be ${kind}`,
      )
  })
  for (const [name, premise] of Object.entries(premises))
    if (typeof premise !== 'string')
      throw new InputError(`${call}: the premise '${name}' is ${kindOf(premise)}; name a statement by its id`)
  refuseFurther(call, takenByDerive, further)
  return {
    kind: 'derivation',
    statement,
    premises,
    method,
    derive: (values, context) => {
      const result = refuseNoFormula(compute(values, context))
      if ('sides' in result) return { kind: 'formula', formula: result }
      if (Object.hasOwn(derivedKeys, result.kind))
        refuseUnknownOptions(`what ${call} returns`, result, derivedKeys[result.kind as Derived['kind']])
      if (
        result.kind === 'value' ||
        result.kind === 'formula' ||
        result.kind === 'region' ||
        result.kind === 'instances' ||
        result.kind === 'nothing'
      )
        return result
      return { kind: 'value', value: result }
    },
  }
}

/** What each kind of result may hold. */
const derivedKeys: { readonly [K in Derived['kind']]: KeysOf<Extract<Derived, { kind: K }>> } = {
  value: { kind: true, value: true, leadingOrder: true, modulo: true, privately: true, others: true, solves: true },
  formula: { kind: true, formula: true, leadingOrder: true, modulo: true, privately: true, others: true },
  region: { kind: true, describe: true, contains: true },
  instances: {
    kind: true, describe: true, sizes: true, variables: true, exponent: true, instantiate: true, complete: true,
    what: true, everySide: true, firstSide: true, leadingOrder: true, privately: true,
  }, // biome-ignore format: a list reads best as a list
  nothing: { kind: true },
}

/** What an author's function gave back, where it can be a formula. Throws InputError on a promise, on nothing, on a text. */
function refuseNoFormula<T>(result: T): T {
  if (Array.isArray(result))
    throw new InputError(
      'a derivation returns a formula, not a list; return one of its entries, or oneOf(list) where each is a solution by itself',
    )
  if (typeof result === 'object' && result !== null && ('kind' in result || 'sides' in result)) return result
  if (typeof result === 'object' && result !== null && 'then' in result) {
    // Its failure, should it come, has nobody to hear it: what is wrong is said here.
    Promise.resolve(result).catch(() => {})
    throw new InputError('a derivation returns a formula, not a promise; take async away')
  }
  const what = typeof result === 'object' ? (result === null ? 'null' : 'another object') : named(typeof result)
  throw new InputError(`a derivation returns a formula, not ${what}; return an expression or a formula`)
}

const named = (type: string): string => (type === 'undefined' ? type : `a ${type}`)

/** What was confirmed of each derivation, so that a `confirm` whose result nobody exports is no check lost in silence. */
const confirmed = new WeakMap<Derivation, Confirmation[]>()

/** Everything that was confirmed of a derivation so far, exported or not, in the order in which it was. */
export const confirmationsOf = (derivation: Derivation): readonly Confirmation[] => confirmed.get(derivation) ?? []

/**
 * Adds checks to a statement: to a derivation's, or by id to one that has none. By id the result must be exported, as
 * nothing else leads to it.
 *
 * @param of the derivation, or the id of a statement
 * @param checks any number of checks: `directCheck`, `printedNumber`, `sampledExpectations` and their like make them
 */
export function confirm(of: Derivation | string, ...checks: readonly Check[]): Confirmation {
  const named =
    typeof of === 'string' ? of : kindOf(of) === 'an object' && of.kind === 'derivation' ? of.statement : null
  if (named === null)
    throw new InputError(`confirm(…): the first argument is ${kindOf(of)}; give a derivation or a statement's id`)
  checks.forEach((check, k) => {
    if (kindOf(check) !== 'an object' || (check.kind !== 'direct' && check.kind !== 'sampled'))
      throw new InputError(
        `confirm('${named}', …): the ${ordinal(k + 1)} argument is ${kindOf(check)} and no check; directCheck, printedNumber, sampledExpectations and their kin make checks`,
      )
  })
  if (typeof of === 'string') return { kind: 'confirmation', statement: of, checks }
  const confirmation: Confirmation = { kind: 'confirmation', statement: of.statement, checks }
  confirmed.set(of, [...confirmationsOf(of), confirmation])
  return confirmation
}

/**
 * Marks a derived value as the leading term in a small quantity. The comparison is as for the value itself; the verdict is then
 * `asymptotic` and not `proved`.
 *
 * @param small the small quantity in words, for the evidence: `1/N`, `q`
 * @param value the leading term
 */
export function toLeadingOrder(small: string, value: Expression): Derived {
  if (typeof small !== 'string')
    throw new InputError("toLeadingOrder: the small quantity comes first, in words: toLeadingOrder('1/N', value)")
  requireExpression(value, 'toLeadingOrder: the value')
  return { kind: 'value', value, leadingOrder: small }
}

/**
 * Marks a derived value as equal to what is claimed once given solutions (from premises) are put into both.
 *
 * @param solutions formulas such as `r^* = …`, whose left side is a scalar or an indexed quantity
 * @param value the derived value
 */
export function modulo(solutions: readonly Formula[], value: Expression): Derived {
  if (!Array.isArray(solutions))
    throw new InputError('modulo: the solutions come first, as a list of formulas: modulo([saddle], value)')
  for (const [k, solution] of solutions.entries())
    if (!Array.isArray(solution?.sides))
      throw new InputError(`modulo: solution ${k + 1} is no formula; pass a premise, or context.readFormula('r^* = …')`)
  requireExpression(value, 'modulo: the value')
  return { kind: 'value', value, modulo: solutions }
}

/**
 * Declares what a statement that has no closed formula rests on, so that its checks can use those statements. Nothing is
 * compared: `confirm` it, or it stays open.
 *
 * @param statement the statement's id without the paper
 * @param premises ids of statements by names of your own; checks find them in `input.premises`
 * @param method one line on what the checks do
 */
export function uses<const P extends Premises>(
  statement: string,
  premises: P,
  method: string,
  ...further: readonly never[]
): Derivation<P> {
  refuseFurther(`uses('${statement}', …)`, takenByDerive.slice(0, 3), further)
  return derive(statement, premises, method, () => ({ kind: 'nothing' }))
}
