import { at, InputError } from '../expression/errors.js'
import type { Expression, Formula } from '../expression/expression.js'
import type { Notation } from '../expression/notation.js'
import type { Rewriting } from './compare/replace.js'
import { vocabularyOf } from './compare/world.js'
import { writtenCount } from './compare/written-sites.js'
import { contextOf, derivationContextOf } from './context.js'
import type { Check, CheckContext, Confirmation, Derivation, Derived } from './derivation.js'
import type { Figure } from './figure.js'
import { abbreviationsOf, formulaOf, notationOf, readingsOf } from './formulas.js'
import { ancestorsOf, type PremiseGraph, premiseGraph } from './graph.js'
import { refuseUndeclared } from './private-symbols.js'
import { notingReads } from './read-premises.js'
import type { Paper, Reading, Statement } from './statement.js'

/** What derivation modules declare for a paper. */
export interface Declarations {
  readonly derivations: readonly Derivation[]
  readonly confirmations: readonly Confirmation[]
  readonly figures: readonly Figure[]
  /** Modules that did not load, with the statements (without the paper) that they name; none where that is unknown. @defaultValue none */
  readonly unloaded?: readonly { readonly file: string; readonly statements: readonly string[] }[]
  /** Statements (without the paper) whose derivation does not fit the others and was left out, with why. @defaultValue none */
  readonly leftOut?: readonly { readonly statement: string; readonly reason: string }[]
}

/** A paper with its derivations, ready to be audited: formulas are read when they are asked for, and once. */
export interface PreparedPaper {
  readonly paper: Paper
  readonly graph: PremiseGraph
  readonly statement: (id: string) => Statement
  readonly material: (id: string) => Material
  readonly checks: (id: string) => readonly Check[]
  readonly figure: (id: string) => Figure | undefined
  readonly figures: readonly Figure[]
  /** The module that speaks of a statement and did not load, as messages name it; null where there is none. */
  readonly unloaded: (id: string) => string | null
  /** Why a statement's derivation was left out; null where none was. */
  readonly leftOut: (id: string) => string | null
}

/** What a statement's data say, read. */
export interface Material {
  readonly notation: Notation
  readonly context: CheckContext
  readonly printed: Formula | null
  readonly corrected: Formula | null
  readonly abbreviations: readonly Rewriting[]
  readonly readings: readonly ReadingRewritings[]
  /** Conventions that excuse nothing. */
  readonly tried: readonly ReadingRewritings[]
  /** How many sites a ring has, where the statement or what it rests on writes that below and above a sum; null where they do not, or not alike. */
  readonly siteCount: Expression | null
}

interface ReadingRewritings {
  readonly reading: Reading
  readonly rewritings: readonly Rewriting[]
}

/** Joins a paper with its derivations. Throws InputError on checks or figures of statements that do not exist, and as `premiseGraph`. */
export function preparePaper(paper: Paper, declared: Declarations): PreparedPaper {
  const graph = premiseGraph(paper, declared.derivations)
  const statements = new Map(paper.statements.map((statement) => [statement.id, statement]))
  const full = (id: string): string => `${paper.id}/${id}`
  const unloaded = declared.unloaded ?? []
  for (const { statement, kind } of [...declared.confirmations, ...declared.figures])
    if (!statements.has(full(statement)))
      throw new InputError(
        `a ${kind} of '${full(statement)}', which is no statement; \`corrigenda list\` names them all`,
      )
  const materials = new Map<string, Material>()
  const statement = (id: string): Statement => statements.get(id)!
  /** What cannot be read says nothing of the ring; where it is needed that is reported. */
  const sidesOf = (id: string): readonly Expression[] => {
    try {
      return material(id).printed?.sides ?? []
    } catch (error) {
      if (error instanceof InputError) return []
      throw error
    }
  }
  const siteCountOf = (ids: readonly string[], own: Omit<Material, 'siteCount'>): Expression | null => {
    const others = ids.filter((id) => id !== own.context.statement.id).flatMap(sidesOf)
    return writtenCount([...others, ...(own.printed?.sides ?? [])], vocabularyOf(own.notation))
  }
  const material = (id: string): Material => {
    const known = materials.get(id)
    if (known !== undefined) return known
    const own = readMaterial(paper, statement(id))
    const made = { ...own, siteCount: siteCountOf([...ancestorsOf(graph, id), id], own) }
    materials.set(id, made)
    return made
  }
  return {
    paper,
    graph,
    statement,
    material,
    checks: (id) => declared.confirmations.filter((c) => full(c.statement) === id).flatMap((c) => c.checks),
    figure: (id) => declared.figures.find((f) => full(f.statement) === id),
    figures: declared.figures,
    leftOut: (id) => declared.leftOut?.find(({ statement }) => full(statement) === id)?.reason ?? null,
    unloaded: (id) => {
      const speakOf = (wanted: (full: string) => boolean) =>
        unloaded.find((module) => module.statements.some((one) => wanted(full(one))))
      // Where no text names a statement, any may have been in it.
      const found = speakOf((one) => one === id) ?? (speakOf((one) => statements.has(one)) ? undefined : unloaded[0])
      return found?.file ?? null
    },
  }
}

function readMaterial(paper: Paper, statement: Statement): Omit<Material, 'siteCount'> {
  const notation = notationOf(paper, statement)
  try {
    return {
      notation,
      context: contextOf(statement, paper.notation),
      printed: formulaOf(statement, 'printed', notation),
      corrected: formulaOf(statement, 'corrected', notation),
      abbreviations: abbreviationsOf(statement, notation),
      readings: readingsOf(statement, notation),
      tried: readingsOf(statement, notation, statement.tried),
    }
  } catch (error) {
    throw at(error, { file: statement.source.file, line: statement.source.line, statement: statement.id })
  }
}

/** Formulas that stand in the place of statements', by full id. */
export type Overrides = ReadonlyMap<string, Formula>

/** Derives a statement; premises that are overridden, or rest on one that is, follow. `read` is told which premises are read. */
export function deriveStatement(
  prepared: PreparedPaper,
  id: string,
  overrides: Overrides,
  read: Set<string> = new Set(),
): Derived | null {
  return new Derivations(prepared, overrides).derive(id, read)
}

/** The formulas of a statement's premises by the names its derivation gives them. */
export function premisesFor(
  prepared: PreparedPaper,
  id: string,
  overrides: Overrides,
): Readonly<Record<string, Formula>> {
  return new Derivations(prepared, overrides).premises(id)
}

/** A statement's premises as the paper prints them, by the names its derivation gives them; without those that have no formula. */
export const printedPremises = (prepared: PreparedPaper, id: string): Readonly<Record<string, Formula>> =>
  Object.fromEntries(
    Object.entries(prepared.graph.derivationOf.get(id)?.premises ?? {}).flatMap(([name, premise]) => {
      const { printed } = prepared.material(`${prepared.paper.id}/${premise}`)
      return printed === null ? [] : [[name, printed] as const]
    }),
  )

/**
 * What a derivation or a check of somebody's threw, as an error that is reported with its statement while the others are
 * still audited. A run that is stopped stays one.
 */
export function asInputError(error: unknown, what: string): InputError {
  if (error instanceof InputError) return error
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'SimulationStopped')) throw error
  return new InputError(`${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`)
}

class Derivations {
  constructor(
    private readonly prepared: PreparedPaper,
    private readonly overrides: Overrides,
    private readonly known = new Map<string, Formula>(),
  ) {}

  derive(id: string, read: Set<string> = new Set()): Derived | null {
    const derivation = this.prepared.graph.derivationOf.get(id)
    if (derivation === undefined) return null
    try {
      const { context, notation } = this.prepared.material(id)
      const derived = derivation.derive(notingReads(this.premises(id), read), derivationContextOf(context))
      refuseUndeclared(derived, notation)
      return derived
    } catch (error) {
      throw at(asInputError(error, 'its derivation fails'), { statement: id })
    }
  }

  premises(id: string): Readonly<Record<string, Formula>> {
    const premises = this.prepared.graph.derivationOf.get(id)?.premises ?? {}
    return Object.fromEntries(
      Object.entries(premises).map(([name, premise]) => [
        name,
        this.established(`${this.prepared.paper.id}/${premise}`),
      ]),
    )
  }

  /** The formula that others may rest on: overridden, derived anew below an override, otherwise as corrected or printed. */
  established(id: string): Formula {
    const known = this.overrides.get(id) ?? this.known.get(id)
    if (known !== undefined) return known
    const { printed, corrected } = this.prepared.material(id)
    const written = corrected ?? printed
    const follows = this.restsOnOverride(id) || written === null
    const formula = follows ? (this.rederived(id, written) ?? written) : written
    if (formula === null)
      throw new InputError(
        'this statement has no formula to derive from: it is encoded by hand and not derived itself',
        {
          statement: id,
        },
      )
    this.known.set(id, formula)
    return formula
  }

  private restsOnOverride(id: string): boolean {
    return this.prepared.graph
      .premisesOf(id)
      .some((premise) => this.overrides.has(premise) || this.restsOnOverride(premise))
  }

  /** What was derived, with the written left side. */
  private rederived(id: string, written: Formula | null): Formula | null {
    const derived = this.derive(id)
    if (derived === null || derived.kind === 'region' || derived.kind === 'instances' || derived.kind === 'nothing')
      return null
    if (derived.kind === 'formula') return derived.formula
    return written !== null && written.sides.length > 1
      ? { sides: [written.sides[0]!, derived.value], relations: ['='] }
      : { sides: [derived.value], relations: [] }
  }
}
