import fc from 'fast-check'
import { InputError, LimitError } from '../../expression/errors.js'
import type { Expression } from '../../expression/expression.js'
import type { Domain, Notation } from '../../expression/notation.js'
import { freeSymbols } from '../../expression/substitute.js'
import { complex } from '../../numeric/arithmetic.js'
import { stepsLeft, withBudget } from '../../numeric/budget.js'
import type { Depth } from '../derivation.js'
import type { Witness } from '../evidence.js'
import { realIn } from './arbitrary.js'
import { type Needs, needsOf, type Vocabulary, vocabularyOf, type World } from './world.js'
import { type Agreement, agreement, briefWitness, type Sides, valuesOf, witnessIn } from './world-sides.js'
import { WorldTrace } from './world-trace.js'

/** What a comparison by random instances found. */
export interface PropertyResult {
  readonly outcome: 'holds' | 'refuted' | 'undecided'
  readonly witness: Witness | null
  /** Instances in which both sides had a value. */
  readonly instances: number
  /** Fewest decimal digits to which the sides agreed. */
  readonly digits: number
  readonly reason: string
}

/** Instances tried at each depth. */
export const instancesAt: Readonly<Record<Depth, number>> = { quick: 30, standard: 100, full: 1000 }
/** Fewer informative instances than this decide nothing. */
const fewest = 8
/** Steps that one comparison may take, all its instances together: a formula of a paper takes a hundredth of it. */
const comparisonSteps = 100_000_000
/** The same where an exact proof stands already. */
const confirmingSteps = 30_000_000
/**
 * Once a comparison has taken so many steps, instances that are informative need not be more than `enough`: what costs so much
 * is an integral over several variables, and equality everywhere of two of them shows in few random places as in many.
 */
const costly: Readonly<Record<Depth, number>> = { quick: 3_000_000, standard: 10_000_000, full: 50_000_000 }
const enough = 12

interface WorldOptions {
  readonly seed: number
  readonly depth: Depth
  /** Leave the first failure as it is found, its values as they were computed. */
  readonly briefly?: boolean
  /** Whether the two are known to be equal, so that instances are a second opinion and need not take long. */
  readonly proved?: boolean
  /** How many sites the ring has, where the paper writes that below and above the sum of its energy. */
  readonly siteCount?: Expression | null
}

/**
 * Compares two expressions by brute force in random small worlds: random parameters spread over their domains, rings of
 * a few sites with random fields, conjugate-symmetric random modes, smooth random functions. Where double precision
 * leaves a doubt the instance is decided at 50 digits. The first failure is shrunk to the simplest that still fails.
 */
export function compareInWorlds(
  left: Expression,
  right: Expression,
  notation: Notation,
  options: WorldOptions,
): PropertyResult {
  const vocabulary = vocabularyOf(notation)
  const own = needsOf(vocabulary, [left, right])
  const siteCount = countIn(own, options.siteCount ?? null)
  const needs = siteCount === null ? own : { ...own, bounds: new Set([...own.bounds, ...freeSymbols(siteCount)]) }
  const sides: Sides = { left, right, vocabulary, free: needs.free, siteCount }
  try {
    const steps = options.proved === true ? confirmingSteps : comparisonSteps
    const found = withBudget(steps, 'the formula takes more steps than random instances are given', () =>
      compareWithin(sides, needs, options),
    )
    if (found.failure === null) return found
    const { world, values } = found.failure
    // A witness is no part of the search: what it costs to show must not undo what was found.
    const witness = options.briefly ? briefWitness(sides, world, values) : witnessIn(sides, world)
    return { ...found, witness }
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
    return { outcome: 'undecided', witness: null, instances: 0, digits: 0, reason: error.detail }
  }
}

/** The number of sites where formulas about a ring hold all its symbols: without them it decides nothing. */
const countIn = ({ scalars, onRing }: Needs, siteCount: Expression | null): Expression | null => {
  if (siteCount === null || !onRing) return null
  const names = [...freeSymbols(siteCount)]
  return names.length > 0 && names.every((name) => scalars.has(name)) ? siteCount : null
}

/** What the search found, and for a refutation the world that is the witness. */
interface Found extends PropertyResult {
  readonly failure: { readonly world: World; readonly values: Agreement } | null
}

function compareWithin(sides: Sides, needs: Needs, options: WorldOptions): Found {
  let instances = 0
  let digits = Number.POSITIVE_INFINITY
  let obstacle = ''
  const failures = new Map<World, Agreement>()
  const dear = stepsLeft() - costly[options.depth]
  const holds = (world: World): boolean => {
    if (instances >= enough && stepsLeft() < dear) return true
    let found: Agreement | null = null
    try {
      found = agreement(sides, world)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      obstacle = error.detail
    }
    if (found === null) return true
    if (found.informative) instances += 1
    digits = Math.min(digits, found.digits)
    if (found.digits > 0) return true
    failures.set(world, found)
    return false
  }
  const run = fc.check(fc.property(worlds(sides.vocabulary, needs), holds), {
    seed: options.seed | 0,
    numRuns: instancesAt[options.depth],
    verbose: 0,
    endOnFailure: options.briefly === true,
  })
  if (run.failed) {
    const world = run.counterexample?.[0]
    if (world === undefined) throw run.errorInstance ?? new Error('a property failed without an instance')
    const failure = { world, values: failures.get(world) ?? agreement(sides, world) }
    return { outcome: 'refuted', witness: null, instances, digits: 0, reason: 'the sides differ', failure }
  }
  const common = { witness: null, instances, failure: null }
  if (instances < fewest)
    return { ...common, outcome: 'undecided', digits: 0, reason: obstacle || 'no informative instance' }
  return { ...common, outcome: 'holds', digits, reason: '' }
}

/** Rings are not made larger for sites that are farther apart. */
const farthest = 12

/**
 * Random worlds. Their rings have more than twice as many sites as those that are coupled lie apart: with fewer, different
 * distances are the same.
 */
function worlds(vocabulary: Vocabulary, { scalars, bounds, reach }: Needs): fc.Arbitrary<World> {
  const least = 2 * Math.min(reach, farthest) + 1
  const names = [...scalars]
  const domains = names.map((name) => {
    const domain = vocabulary.symbols.get(name)?.domain ?? null
    return bounds.has(name) ? smallBound(domain, reach < 2 ? 2 : least) : domain
  })
  return fc
    .tuple(
      fc.tuple(...domains.map(realIn)),
      fc.integer({ min: 0, max: 2 ** 30 }),
      fc.integer({ min: Math.max(3, least), max: Math.max(3, least) + 4 }),
      fc.nat(2),
    )
    .map(([values, seed, size, coarse]) => ({
      scalars: new Map(names.map((name, k) => [name, values[k]!])),
      seed,
      size,
      grain: coarse === 2 ? 0 : coarse === 1 ? 8 : 2,
    }))
}

/** A sum's bound: a whole number that leaves at least so many members and not many more. */
function smallBound(domain: Domain | null, least: number): Domain {
  const minimum = Math.max(least, Math.ceil(domain?.minimum ?? least))
  return { minimum, maximum: minimum + 4, includeMinimum: true, includeMaximum: true, integer: true }
}

/**
 * The constant by which one expression is a multiple of another, found in random worlds: a number, or a witness that the
 * ratio is none, or null where too few worlds give both a value other than zero.
 */
export function constantRatio(
  left: Expression,
  right: Expression,
  notation: Notation,
  options: { readonly seed: number },
): { readonly ratio: number } | { readonly witness: Witness } | null {
  const vocabulary = vocabularyOf(notation)
  const needs = needsOf(vocabulary, [left, right])
  const sides: Sides = { left, right, vocabulary, free: needs.free }
  const sample = fc.sample(worlds(vocabulary, needs), { seed: options.seed | 0, numRuns: 24 })
  let first: RatioAt | null = null
  let seen = 0
  for (const world of sample) {
    const found = withBudget(comparisonSteps / sample.length, 'the formula is too large', () => ratioIn(sides, world))
    if (found === null) continue
    seen += 1
    first ??= found
    if (Math.abs(found.ratio - first.ratio) > 1e-8 * Math.abs(first.ratio) || found.ratio === 0)
      return { witness: unequalRatios(sides, found, first) }
  }
  return first === null || seen < fewest ? null : { ratio: first.ratio }
}

/** A ratio in a world; NaN where it is not real. */
interface RatioAt {
  readonly ratio: number
  readonly text: string
  readonly world: World
}

/** Both places at which the ratio was taken: one alone shows nothing. */
function unequalRatios(sides: Sides, here: RatioAt, there: RatioAt): Witness {
  const at = (world: World): Witness['at'] => {
    const trace = new WorldTrace(sides.vocabulary)
    valuesOf(sides, world, complex, trace)
    return trace.shown(world.seed)
  }
  const other = Object.entries(at(there.world)).map(([name, value]) => `${name} = ${value}`)
  return {
    at: at(here.world),
    left: here.text,
    right: there.text,
    note: `the ratio of the two sides is not constant: stated is its value here, derived its value at ${other.join(', ')}`,
  }
}

function ratioIn(sides: Sides, world: World): RatioAt | null {
  try {
    const { left, right } = valuesOf(sides, world, complex)
    if (complex.isZero(right)) return null
    const ratio = complex.divide(left, right)
    const isReal = Math.abs(ratio.im) <= 1e-9 * Math.abs(ratio.re)
    return isReal
      ? { ratio: ratio.re, text: String(ratio.re), world }
      : { ratio: Number.NaN, text: complex.toText(ratio), world }
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}
