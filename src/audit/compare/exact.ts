import { decideEqual } from '../../exact/equality.js'
import { InputError } from '../../expression/errors.js'
import { children, type Expression, type IndexedNode, index } from '../../expression/expression.js'
import type { Notation } from '../../expression/notation.js'
import { modeNormalForm } from '../../theory/ring/modes.js'
import type { Witness } from '../evidence.js'
import { type Vocabulary, vocabularyOf } from './world.js'

/** What the exact engine found about two expressions. */
export interface ExactResult {
  readonly outcome: 'holds' | 'refuted' | 'undecided'
  readonly witness: Witness | null
  /** How it was decided, or why not. */
  readonly reason: string
}

const holds = (reason: string): ExactResult => ({ outcome: 'holds', witness: null, reason })
const undecided = (reason: string): ExactResult => ({ outcome: 'undecided', witness: null, reason })

/**
 * Decides equality exactly, by what the expressions are: energies of Fourier modes by their kernels, energies of a ring
 * modulo total differences, everything else as formulas over Q with generators. A difference has a witness at 50 digits;
 * where the engine sees a difference of sums over a lattice without one, random instances have the word (`undecided`).
 */
export function compareExactly(left: Expression, right: Expression, notation: Notation): ExactResult {
  const vocabulary = vocabularyOf(notation)
  try {
    const modes = modesIn([left, right], vocabulary)
    if (modes.length > 0 && sumsOver(left, 'modes', vocabulary) && sumsOver(right, 'modes', vocabulary))
      return compareModes(left, right, modes, notation)
    const result = compareScalars(left, right, notation)
    if (result.outcome !== 'refuted' || !isCollective(left, right, vocabulary)) return result
    return undecided('the densities differ, and whether by a total difference is for instances to say')
  } catch (error) {
    if (error instanceof InputError) return undecided(error.detail)
    throw error
  }
}

function compareScalars(left: Expression, right: Expression, notation: Notation): ExactResult {
  const equality = decideEqual(left, right, optionsFor(notation))
  if (equality.outcome === 'equal') return holds('the difference has the normal form 0')
  if (equality.outcome === 'undecided') return undecided(equality.reason)
  const { values, left: a, right: b } = equality.witness
  return {
    outcome: 'refuted',
    witness: { at: Object.fromEntries(values), left: a, right: b },
    reason: 'the values differ at 50 digits',
  }
}

/** What the exact engine may take for granted. */
export function optionsFor(notation: Notation): NonNullable<Parameters<typeof decideEqual>[2]> {
  return {
    domains: new Map(notation.symbols.flatMap((s) => (s.domain ? [[s.name, s.domain] as const] : []))),
    complex: new Set(notation.symbols.filter((s) => s.complex).map((s) => s.name)),
  }
}

/** Energies of Fourier modes are equal where their kernels are, entry by entry. */
function compareModes(
  left: Expression,
  right: Expression,
  modes: readonly IndexedNode[],
  notation: Notation,
): ExactResult {
  const rows = [left, right].map((side) => modeNormalForm(side, { modes }).rows)
  for (const [i, row] of rows[0]!.entries())
    for (const [j, entry] of row.entries()) {
      const result = compareScalars(entry, rows[1]![i]![j]!, notation)
      if (result.outcome !== 'holds') return { ...result, reason: `the kernels differ: ${result.reason}` }
    }
  return holds('the kernels of the modes have the same normal form')
}

/** The complex quantities on modes that occur, each at the first letter of its family. */
function modesIn(expressions: readonly Expression[], vocabulary: Vocabulary): readonly IndexedNode[] {
  const found = new Map<string, IndexedNode>()
  const visit = (e: Expression): void => {
    if (e.kind === 'indexed' && !found.has(e.name)) {
      const mode = e.indices.find((s) => vocabulary.byName.get(s.slot)?.geometry === 'modes')
      const letter = mode && vocabulary.byName.get(mode.slot)?.letters[0]
      if (mode && letter)
        found.set(e.name, {
          ...e,
          indices: e.indices.map((s) => (s.slot === mode.slot ? { ...s, index: index(letter) } : s)),
        })
    }
    children(e).forEach(visit)
  }
  expressions.forEach(visit)
  return [...found.values()]
}

function sumsOver(e: Expression, geometry: 'modes' | 'periodic', vocabulary: Vocabulary): boolean {
  if (e.kind === 'indexedSum' && typeof e.index === 'string' && vocabulary.byLetter.get(e.index)?.geometry === geometry)
    return true
  return children(e).some((child) => sumsOver(child, geometry, vocabulary))
}

/** Sums over sites and integrals of fields are equal in more ways than their densities are. */
function isCollective(left: Expression, right: Expression, vocabulary: Vocabulary): boolean {
  const collective = (e: Expression): boolean =>
    e.kind === 'integral' || sumsOver(e, 'periodic', vocabulary) || children(e).some(collective)
  return collective(left) || collective(right)
}

