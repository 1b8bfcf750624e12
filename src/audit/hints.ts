/** What else may lie behind a verdict than what it says: names that another statement explains, letters that the reader takes for functions. */
import { children, type Expression, type Formula } from '../expression/expression.js'
import { vocabularyOf } from '../expression/vocabulary.js'
import { shiftsBetween } from './compare/shifted.js'
import type { Derived } from './derivation.js'
import { latexOf } from './formulas.js'
import type { PreparedPaper } from './prepare.js'
import type { Warning } from './warnings.js'

/** A refuted formula, and what it was compared with. */
export interface Refuted {
  readonly claimed: Formula | null
  readonly derived: Derived | null
}

/**
 * Hints beside a refutation: that the formula holds names which nothing derived holds and another statement defines, or that
 * the value comes from a premise which stands at another index.
 */
export function refutationHints(prepared: PreparedPaper, id: string, refuted: Refuted): readonly Warning[] {
  const { claimed, derived } = refuted
  if (claimed === null || (derived?.kind !== 'value' && derived?.kind !== 'formula')) return []
  return [...definedElsewhere(prepared, id, claimed, derived), ...otherIndex(prepared, id, claimed, derived)]
}

type Compared = Extract<Derived, { kind: 'value' | 'formula' }>

function definedElsewhere(
  prepared: PreparedPaper,
  id: string,
  claimed: Formula,
  derived: Compared,
): readonly Warning[] {
  const given = [
    ...(derived.kind === 'value' ? [derived.value] : derived.formula.sides),
    ...(derived.modulo ?? []).flatMap(({ sides }) => sides),
    // What abbreviates is put in on both sides.
    ...prepared.material(id).abbreviations.map(({ pattern }) => pattern),
  ]
  const known = new Set([...given, claimed.sides[0]!].flatMap(namesIn))
  const foreign = [...new Set(claimed.sides.slice(1).flatMap(namesIn))].filter((name) => !known.has(name))
  const { symbols } = prepared.material(id).notation
  return foreign.flatMap((name): readonly Warning[] => {
    const definition = statementAbout(prepared, id, name)
    if (definition === null) return []
    const written = symbols.find((symbol) => symbol.name === name)?.latex[0] ?? name
    return [
      {
        kind: 'hint',
        text: `${written} does not occur in what was derived; ${definition} defines it: make it a premise and return modulo([premise], value), if what was derived is meant with it put in`,
      },
    ]
  })
}

function otherIndex(prepared: PreparedPaper, id: string, claimed: Formula, derived: Compared): readonly Warning[] {
  if (derived.kind !== 'value') return []
  const behind = prepared.graph.premisesOf(id).find((premise) => {
    const formula = formulaOf(prepared, premise)
    return formula !== null && shiftsBetween(formula.sides[0], claimed.sides[0]) !== null
  })
  if (behind === undefined) return []
  return [
    {
      kind: 'hint',
      text: `${behind.slice(prepared.paper.id.length + 1)} is about the same quantity at another index, and an expression does not say at which it stands: return the formula (the premise, not its last side), or move it with substituteLetter`,
    },
  ]
}

/** The statement, without the paper, that has a name on its first side; null where none has. */
function statementAbout(prepared: PreparedPaper, id: string, name: string): string | null {
  const found = prepared.paper.statements.find((other) => {
    const first = other.id === id ? undefined : formulaOf(prepared, other.id)?.sides[0]
    return (first?.kind === 'symbol' || first?.kind === 'indexed' || first?.kind === 'apply') && first.name === name
  })
  return found === undefined ? null : found.id.slice(prepared.paper.id.length + 1)
}

/** A statement's formula of two sides or more; null where it has none or cannot be read. */
function formulaOf(prepared: PreparedPaper, id: string): Formula | null {
  try {
    const { printed, corrected } = prepared.material(id)
    const formula = corrected ?? printed
    return formula !== null && formula.sides.length > 1 ? formula : null
  } catch {
    return null
  }
}

const namesIn = (e: Expression): readonly string[] => [
  ...(e.kind === 'symbol' || e.kind === 'indexed' || e.kind === 'apply' ? [e.name] : []),
  ...children(e).flatMap(namesIn),
]

/** A formula that states what `\Gamma` of a name is. */
const statesGamma = /^\s*\\Gamma\s*(?:\\left\s*)?\([^()+-]*\)\s*=/

/** That `\Gamma` was read as Euler's gamma function although a statement of the paper says what it is. */
export function reservedWarnings(prepared: PreparedPaper, id: string): readonly Warning[] {
  const { printed, corrected, notation } = prepared.material(id)
  if (vocabularyOf(notation).forms.has('\\Gamma')) return []
  const usesGamma = (e: Expression): boolean =>
    (e.kind === 'function' && e.name === 'gamma') || children(e).some(usesGamma)
  if (![printed, corrected].some((formula) => formula?.sides.some(usesGamma))) return []
  const own = prepared.paper.statements.find((statement) => statesGamma.test(latexOf(statement, 'printed') ?? ''))
  if (own === undefined) return []
  return [
    {
      kind: 'reserved',
      text: `\\Gamma is read as Euler's gamma function, and ${own.id.slice(prepared.paper.id.length + 1)} states a \\Gamma: where that is the paper's own, declare it in paper.yaml, for instance { name: ownGamma, kind: function, latex: '\\Gamma' }`,
    },
  ]
}
