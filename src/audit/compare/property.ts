import fc from 'fast-check'
import { InputError, LimitError } from '../../expression/errors.js'
import { children, type Expression } from '../../expression/expression.js'
import type { Domain, Notation } from '../../expression/notation.js'
import { type Arithmetic, complex, decimalArithmetic } from '../../numeric/arithmetic.js'
import { stepsLeft, withBudget } from '../../numeric/budget.js'
import type { Depth } from '../derivation.js'
import type { Witness } from '../evidence.js'
import { realIn } from './arbitrary.js'
import { valueText } from './domain-value.js'
import { needsOf, type Vocabulary, vocabularyOf, type World } from './world.js'
import { WorldEvaluator } from './world-value.js'
import { writtenSites } from './written-sites.js'

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
/** Sides that agree to so many digits in double precision are equal; others are evaluated again with `precise` digits. */
const doubleDigits = 9
const precise = 50
const preciseDigits = 35
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
const finest = 80
/** What quadrature in double precision can be trusted for. */
const quadratureDigits = 7

/** What is left of terms that cancel to so many digits may be rounding. */
const cancelled = 1e-12

/** A pair of expressions in a world: digits of agreement and values; null where either has none there. */
interface Agreement {
  readonly digits: number
  readonly left: string
  readonly right: string
  readonly informative: boolean
  /** Modulus of the difference. */
  readonly gap: number
  /** Whether so little is left of integrals' terms, on both sides, that it may be rounding. */
  readonly noise: boolean
}

interface WorldOptions {
  readonly seed: number
  readonly depth: Depth
  /** Leave the first failure as it is found, and untold which values of fields it rests on. */
  readonly briefly?: boolean
  /** Whether the two are known to be equal, so that instances are a second opinion and need not take long. */
  readonly proved?: boolean
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
  try {
    const steps = options.proved === true ? confirmingSteps : comparisonSteps
    return withBudget(steps, 'the formula takes more steps than random instances are given', () =>
      compareWithin(left, right, notation, options),
    )
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
    return { outcome: 'undecided', witness: null, instances: 0, digits: 0, reason: error.detail }
  }
}

function compareWithin(left: Expression, right: Expression, notation: Notation, options: WorldOptions): PropertyResult {
  const vocabulary = vocabularyOf(notation)
  const needs = needsOf(vocabulary, [left, right])
  const compared = (world: World): Agreement | null => agreement(left, right, vocabulary, needs.free, world)
  let instances = 0
  let digits = Number.POSITIVE_INFINITY
  let obstacle = ''
  const failures = new Map<World, Agreement>()
  const dear = stepsLeft() - costly[options.depth]
  const holds = (world: World): boolean => {
    if (instances >= enough && stepsLeft() < dear) return true
    let found: Agreement | null = null
    try {
      found = compared(world)
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
  const run = fc.check(fc.property(worlds(vocabulary, needs.scalars, needs.bounds), holds), {
    seed: options.seed | 0,
    numRuns: instancesAt[options.depth],
    verbose: 0,
    endOnFailure: options.briefly === true,
  })
  if (run.failed) {
    const world = run.counterexample?.[0]
    const found = world && (failures.get(world) ?? compared(world))
    if (world === undefined || !found) throw run.errorInstance ?? new Error('a property failed without an instance')
    return {
      outcome: 'refuted',
      witness: {
        at: {
          ...describeWorld(world),
          ...(options.briefly ? {} : valuesSeen(left, right, vocabulary, needs.free, world)),
        },
        left: found.left,
        right: found.right,
      },
      instances,
      digits: 0,
      reason: 'the sides differ',
    }
  }
  if (instances < fewest)
    return { outcome: 'undecided', witness: null, instances, digits: 0, reason: obstacle || 'no informative instance' }
  return { outcome: 'holds', witness: null, instances, digits, reason: '' }
}

function worlds(
  vocabulary: Vocabulary,
  scalars: ReadonlySet<string>,
  bounds: ReadonlySet<string>,
): fc.Arbitrary<World> {
  const names = [...scalars]
  const domains = names.map((name) => {
    const domain = vocabulary.symbols.get(name)?.domain ?? null
    return bounds.has(name) ? smallBound(domain) : domain
  })
  return fc
    .tuple(
      fc.tuple(...domains.map(realIn)),
      fc.integer({ min: 0, max: 2 ** 30 }),
      fc.integer({ min: 3, max: 7 }),
      fc.nat(2),
    )
    .map(([values, seed, size, coarse]) => ({
      scalars: new Map(names.map((name, k) => [name, values[k]!])),
      seed,
      size,
      grain: coarse === 2 ? 0 : coarse === 1 ? 8 : 2,
    }))
}

/** A sum's bound: a whole number that leaves at least two members and not many more. */
function smallBound(domain: Domain | null): Domain {
  const minimum = Math.max(2, Math.ceil(domain?.minimum ?? 2))
  return { minimum, maximum: minimum + 4, includeMinimum: true, includeMaximum: true, integer: true }
}

function agreement(
  left: Expression,
  right: Expression,
  vocabulary: Vocabulary,
  free: ReadonlySet<string>,
  world: World,
): Agreement | null {
  const rough = valuesIn(left, right, vocabulary, free, world, complex)
  if (rough.digits >= doubleDigits) return rough
  if (holdsIntegral(left) || holdsIntegral(right)) {
    if (rough.digits >= quadratureDigits) return rough
    return rough.noise ? { ...rough, digits: quadratureDigits } : { ...rough, digits: 0 }
  }
  const fine = valuesIn(left, right, vocabulary, free, world, decimalArithmetic(precise))
  if (fine.digits >= preciseDigits) return fine
  if (sameGap(rough, fine)) return { ...fine, digits: 0 }
  const finer = valuesIn(left, right, vocabulary, free, world, decimalArithmetic(finest))
  return sameGap(fine, finer) ? { ...fine, digits: 0 } : { ...fine, digits: precise, informative: true }
}

/** A true difference is the same number at both precisions; what rounding leaves of a cancellation is not. */
const sameGap = (coarse: Agreement, fine: Agreement): boolean =>
  Math.abs(coarse.gap - fine.gap) <= 1e-6 * fine.gap && fine.gap > 0

function valuesIn<T>(
  left: Expression,
  right: Expression,
  vocabulary: Vocabulary,
  free: ReadonlySet<string>,
  world: World,
  arithmetic: Arithmetic<T>,
  seen: Map<string, string> | null = null,
): Agreement {
  const sitesOf = (e: Expression): number | null =>
    writtenSites(e, vocabulary, (bound) => {
      const evaluator = new WorldEvaluator(world, vocabulary, arithmetic, world.size)
      return arithmetic.real(evaluator.value(bound))
    })
  const [ofLeft, ofRight] = [sitesOf(left), sitesOf(right)]
  let largestTerm = 0
  const evaluated = (e: Expression, sites: number): T => {
    const evaluator = new WorldEvaluator(world, vocabulary, arithmetic, sites, seen)
    const value = evaluator.value(e, evaluator.scopeWith(free))
    largestTerm = Math.max(largestTerm, evaluator.largestTerm)
    return value
  }
  const a = evaluated(left, ofLeft ?? ofRight ?? world.size)
  const b = evaluated(right, ofRight ?? ofLeft ?? world.size)
  const gap = arithmetic.modulus(arithmetic.add(a, arithmetic.negate(b)))
  const size = Math.max(arithmetic.real(arithmetic.modulus(a)), arithmetic.real(arithmetic.modulus(b)))
  const noise = size <= cancelled * largestTerm
  const distance = arithmetic.real(gap)
  const digits = distance === 0 ? arithmetic.digits : size === 0 ? 0 : -Math.log10(distance / size)
  return {
    digits: Math.max(0, Math.min(digits, arithmetic.digits)),
    left: withoutNoise(arithmetic.toText(a)),
    right: withoutNoise(arithmetic.toText(b)),
    // Zero, or what may be, against zero says nothing, unless that something vanishes is the claim.
    informative: (size > 0 && !noise) || isZero(left) !== isZero(right),
    gap: distance,
    noise,
  }
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
  const sample = fc.sample(worlds(vocabulary, needs.scalars, needs.bounds), { seed: options.seed | 0, numRuns: 24 })
  let first: number | null = null
  let seen = 0
  for (const world of sample) {
    const ratio = withBudget(comparisonSteps / sample.length, 'the formula is too large', () =>
      ratioIn(left, right, vocabulary, needs.free, world),
    )
    if (ratio === null) continue
    seen += 1
    first ??= ratio
    if (Math.abs(ratio - first) > 1e-8 * Math.abs(first) || ratio === 0)
      return {
        witness: {
          at: describeWorld(world),
          left: String(ratio),
          right: String(first),
          note: 'the ratio of the two sides is not constant: here, and at another point',
        },
      }
  }
  return first === null || seen < fewest ? null : { ratio: first }
}

function ratioIn(
  left: Expression,
  right: Expression,
  vocabulary: Vocabulary,
  free: ReadonlySet<string>,
  world: World,
): number | null {
  try {
    const evaluator = new WorldEvaluator(world, vocabulary, complex, world.size)
    const scope = evaluator.scopeWith(free)
    const a = evaluator.value(left, scope)
    const b = evaluator.value(right, scope)
    if (complex.isZero(b)) return null
    const ratio = complex.divide(a, b)
    return Math.abs(ratio.im) > 1e-9 * Math.abs(ratio.re) ? Number.NaN : ratio.re
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

const isZero = (e: Expression): boolean => e.kind === 'number' && e.numerator === 0n

const holdsIntegral = (e: Expression): boolean => e.kind === 'integral' || children(e).some(holdsIntegral)

/** A value without the imaginary part that rounding left. */
const withoutNoise = (text: string): string => text.replace(/ [+-] \d(\.\d+)?e-[2-9]\di$/, '')

/** Most field and function values written into a witness. */
const mostShown = 24

/** The values of fields and functions that a witness rests on; where they are too many, the seed that they are drawn from. */
function valuesSeen(
  left: Expression,
  right: Expression,
  vocabulary: Vocabulary,
  free: ReadonlySet<string>,
  world: World,
): Readonly<Record<string, string>> {
  const seen = new Map<string, string>()
  valuesIn(left, right, vocabulary, free, world, complex, seen)
  return seen.size <= mostShown ? Object.fromEntries(seen) : { fields: `seed ${world.seed}` }
}

function describeWorld(world: World): Readonly<Record<string, string>> {
  const entries = [...world.scalars].map(([name, value]) => [name, valueText(value)] as const)
  return Object.fromEntries([...entries, ['sites', String(world.size)]])
}
