import { InputError } from '../expression/errors.js'
import type { Expression, Formula, IndexedNode, SymbolNode } from '../expression/expression.js'
import type { Notation } from '../expression/notation.js'
import type { ShardSummary, SimulationRequest } from '../network/index.js'
import type { Evidence } from './evidence.js'
import type { Statement } from './statement.js'

/** What a derivation and its checks may use besides their premises. */
export interface Context {
  readonly statement: Statement
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
    }
  | {
      readonly kind: 'formula'
      readonly formula: Formula
      readonly leadingOrder?: string
      readonly modulo?: readonly Formula[]
    }
  | Region
  | Instances
  /** Nothing to compare: the statement's checks have the word, and use its premises. */
  | { readonly kind: 'nothing' }

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
  readonly context: Context
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
 * @throws InputError when it is computed and `compute` gives back a promise, nothing, or a text
 */
export function derive<const P extends Premises>(
  statement: string,
  premises: P,
  method: string,
  compute: (premises: PremiseValues<P>, context: Context) => Derived | Expression | Formula,
): Derivation<P> {
  return {
    kind: 'derivation',
    statement,
    premises,
    method,
    derive: (values, context) => {
      const result = refuseNoFormula(compute(values, context))
      if ('sides' in result) return { kind: 'formula', formula: result }
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

/** What an author's function gave back, where it can be a formula. Throws InputError on a promise, on nothing, on a text. */
function refuseNoFormula<T>(result: T): T {
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
export const toLeadingOrder = (small: string, value: Expression): Derived => ({
  kind: 'value',
  value,
  leadingOrder: small,
})

/**
 * Marks a derived value as equal to what is claimed once given solutions (from premises) are put into both.
 *
 * @param solutions formulas such as `r^* = …`, whose left side is a scalar or an indexed quantity
 * @param value the derived value
 */
export const modulo = (solutions: readonly Formula[], value: Expression): Derived => ({
  kind: 'value',
  value,
  modulo: solutions,
})

/**
 * Declares what a statement that has no closed formula rests on, so that its checks can use those statements. Nothing is
 * compared: `confirm` it, or it stays open.
 *
 * @param statement the statement's id without the paper
 * @param premises ids of statements by names of your own; checks find them in `input.premises`
 * @param method one line on what the checks do
 */
export const uses = <const P extends Premises>(statement: string, premises: P, method: string): Derivation<P> =>
  derive(statement, premises, method, () => ({ kind: 'nothing' }))
