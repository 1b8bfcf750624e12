import { decideEqual, type Equality } from '../../exact/equality.js'
import { renameLetter } from '../../exact/linear-nodes.js'
import { discreteEuler, eulerLagrange, functionalDensitiesEqual, ringDensitiesEqual } from '../../exact/ring.js'
import type { SecondEngine } from '../../exact/second-engine.js'
import { InputError } from '../../expression/errors.js'
import { add, divide, type Expression, type IndexedNode, keyOf, subtract, zero } from '../../expression/expression.js'
import type { Notation } from '../../expression/notation.js'
import { alignedDensity } from '../../theory/ring/aligned.js'
import { type RingEnergy, ringEnergy } from '../../theory/ring/energy.js'
import { modeNormalForm } from '../../theory/ring/modes.js'
import type { Witness } from '../evidence.js'
import { fieldsIn, integralDensity, isCollective, modesIn, sumsOver } from './collective.js'
import { vocabularyOf } from './world.js'

/** What the exact engine found about two expressions. */
export interface ExactResult {
  readonly outcome: 'holds' | 'refuted' | 'undecided'
  readonly witness: Witness | null
  /** How it was decided, or why not. */
  readonly reason: string
  /** The second engine's word on the identities that decided it. */
  readonly secondEngine: 'agrees' | 'disagrees' | 'no opinion'
}

type Pair = readonly [Expression, Expression]

/** A result with the pairs of formulas whose equality it comes down to. */
interface Decided {
  readonly equality: Equality
  readonly how: string
  readonly pairs: readonly Pair[]
  /** What a witness gives the values of, where it is not the two sides themselves. */
  readonly shows?: string
}

export type ExactOptions = NonNullable<Parameters<typeof decideEqual>[2]>

/** What the exact engine may take for granted. */
export const assumptionsOf = (notation: Notation): ExactOptions => ({
  domains: new Map(notation.symbols.flatMap((s) => (s.domain ? [[s.name, s.domain] as const] : []))),
  complex: new Set(notation.symbols.filter((s) => s.complex).map((s) => s.name)),
  waveVectors: new Set(notation.families.filter((f) => f.geometry === 'modes').flatMap((f) => f.letters)),
})

/**
 * Decides equality exactly, by what the expressions are: energies of Fourier modes by their kernels, energies of a ring
 * modulo total differences, functionals modulo total derivatives, everything else as formulas over Q with generators. A
 * difference has a witness at 50 digits. The second engine is asked about the identities that it came down to.
 */
export function compareExactly(
  left: Expression,
  right: Expression,
  notation: Notation,
  secondEngine: SecondEngine | null = null,
): ExactResult {
  try {
    const decided = decide(left, right, notation)
    const opinion = opinionOn(decided, secondEngine, assumptionsOf(notation))
    if (decided.equality.outcome === 'equal')
      return { outcome: 'holds', witness: null, reason: decided.how, secondEngine: opinion }
    if (decided.equality.outcome === 'undecided')
      return { outcome: 'undecided', witness: null, reason: decided.equality.reason, secondEngine: opinion }
    const { values, left: a, right: b } = decided.equality.witness
    const { shows } = decided
    const witness = {
      at: Object.fromEntries(values),
      left: a,
      right: b,
      ...(shows === undefined ? {} : { note: shows }),
    }
    return { outcome: 'refuted', witness, reason: 'the values at 50 digits are different', secondEngine: opinion }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { outcome: 'undecided', witness: null, reason: error.detail, secondEngine: 'no opinion' }
  }
}

function decide(left: Expression, right: Expression, notation: Notation): Decided {
  const vocabulary = vocabularyOf(notation)
  const both = (test: (e: Expression) => boolean): boolean => test(left) && test(right)
  const modes = modesIn([left, right], vocabulary)
  if (modes.length > 0 && both((e) => sumsOver(e, 'modes', vocabulary)))
    return decideModes(left, right, modes, notation)
  if (both((e) => sumsOver(e, 'periodic', vocabulary))) {
    // The same sum term by term needs no ring.
    const termByTerm = decideEqual(left, right, assumptionsOf(notation))
    if (termByTerm.outcome === 'equal')
      return { equality: termByTerm, how: 'the difference has the normal form 0', pairs: [[left, right]] }
    return decideRings(left, right, notation)
  }
  const fields = fieldsIn([left, right], vocabulary)
  const densities = fields.length > 0 ? ([integralDensity(left), integralDensity(right)] as const) : null
  if (densities?.[0] && densities[1]) return decideFunctionals(densities[0], densities[1], fields, notation)
  const equality = decideEqual(left, right, assumptionsOf(notation))
  // Free letters of a lattice are no free numbers: a difference found by treating them so proves nothing.
  if (equality.outcome === 'different' && isCollective(left, right, vocabulary))
    return { equality: { outcome: 'undecided', reason: 'instances must decide sums of this form' }, how: '', pairs: [] }
  return { equality, how: 'the difference has the normal form 0', pairs: [[left, right]] }
}

/** Energies of Fourier modes are equal where their kernels are, entry by entry. */
function decideModes(left: Expression, right: Expression, modes: readonly IndexedNode[], notation: Notation): Decided {
  const [a, b] = [left, right].map((side) => modeNormalForm(side, { modes }).rows.flat())
  const pairs = a!.map((entry, k): Pair => [entry, b![k]!])
  return {
    equality: allEqual(pairs, assumptionsOf(notation)),
    how: 'the kernels of the modes are the same',
    pairs,
    shows: 'values of the kernels of the modes',
  }
}

/** Energies of a ring are equal where their densities differ by a total difference. */
function decideRings(left: Expression, right: Expression, notation: Notation): Decided {
  const a = ringEnergy(left, { notation })
  const b = withLetter(ringEnergy(right, { notation }), a.letter)
  const options = assumptionsOf(notation)
  if (!sameRange(a, b, options))
    return { equality: { outcome: 'undecided', reason: 'the sums run over different ranges' }, how: '', pairs: [] }
  const [f, g] = [a, b].map(wholeDensity)
  const constants: Pair[] = a.siteCount === null ? [[a.constant, b.constant]] : []
  const aligned: Pair[] = [[alignedDensity(f!, a.letter), alignedDensity(g!, a.letter)], ...constants]
  if (allEqual(aligned, options).outcome === 'equal')
    return {
      equality: { outcome: 'equal' },
      how: 'the densities are the same up to shifts of terms along the ring',
      pairs: aligned,
    }
  const inDensity = ringDensitiesEqual(f!, g!, { ...options, letter: a.letter, siteCount: a.siteCount })
  const equality = inDensity.outcome === 'equal' ? allEqual(constants, options) : inDensity
  const shows =
    inDensity.outcome === 'equal' ? 'values of the terms outside the sums' : 'values of the sums over the ring'
  const gradients = [...discreteEuler(subtract(f!, g!), a.letter).values()].map((e): Pair => [e, zero])
  const pairs = [...gradients, ...constants]
  const how = 'the densities are the same up to a total difference'
  // Where the number of sites is written, what stands outside the sums is in them.
  return { equality, how, pairs, ...(a.siteCount === null ? { shows } : {}) }
}

function decideFunctionals(
  left: IntegrandOf,
  right: IntegrandOf,
  fields: readonly string[],
  notation: Notation,
): Decided {
  const options = { ...assumptionsOf(notation), variable: left.variable, fields }
  const g =
    left.variable === right.variable ? right.density : renameLetter(right.density, right.variable, left.variable)
  return {
    equality: functionalDensitiesEqual(left.density, g, options),
    how: 'the densities are the same up to a total derivative',
    pairs: eulerLagrange(subtract(left.density, g), options).map((e): Pair => [e, zero]),
    shows: 'values of the functional derivatives, or of the densities where the fields vanish',
  }
}

type IntegrandOf = NonNullable<ReturnType<typeof integralDensity>>

/** The density with terms outside the sum spread over the sites, where their number is known. */
const wholeDensity = (ring: RingEnergy): Expression =>
  ring.siteCount === null ? ring.density : add(ring.density, divide(ring.constant, ring.siteCount))

const withLetter = (ring: RingEnergy, letter: string): RingEnergy =>
  ring.letter === letter ? ring : { ...ring, letter, density: renameLetter(ring.density, ring.letter, letter) }

function sameRange(a: RingEnergy, b: RingEnergy, options: ExactOptions): boolean {
  if (a.range.kind !== 'interval' || b.range.kind !== 'interval') return keyOfRange(a) === keyOfRange(b)
  return allEqual([[a.range.from, b.range.from], [a.range.to, b.range.to]], options).outcome === 'equal' // biome-ignore format: a pair of pairs
}

const keyOfRange = ({ range }: RingEnergy): string =>
  range.kind === 'interval'
    ? `${keyOf(range.from)} ${keyOf(range.to)}`
    : JSON.stringify({ ...range, values: undefined })

/** Equal where all pairs are; otherwise as the first that is not. */
function allEqual(pairs: readonly Pair[], options: ExactOptions): Equality {
  for (const [a, b] of pairs) {
    const equality = decideEqual(a, b, options)
    if (equality.outcome !== 'equal') return equality
  }
  return { outcome: 'equal' }
}

function opinionOn(decided: Decided, engine: SecondEngine | null, options: ExactOptions): ExactResult['secondEngine'] {
  if (engine === null || decided.equality.outcome === 'undecided') return 'no opinion'
  const opinions = decided.pairs.map(([a, b]) => engine.equal(a, b, options))
  const equal = decided.equality.outcome === 'equal'
  if (opinions.includes('different')) return equal ? 'disagrees' : 'agrees'
  if (opinions.length > 0 && opinions.every((opinion) => opinion === 'equal')) return equal ? 'agrees' : 'disagrees'
  return 'no opinion'
}
