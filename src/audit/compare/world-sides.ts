import { children, type Expression } from '../../expression/expression.js'
import { type Arithmetic, complex, decimalArithmetic } from '../../numeric/arithmetic.js'
import { settledText } from '../../numeric/settled-text.js'
import type { Witness } from '../evidence.js'
import { valueText } from './domain-value.js'
import type { Vocabulary, World } from './world.js'
import { WorldTrace } from './world-trace.js'
import { WorldEvaluator } from './world-value.js'
import { writtenSites } from './written-sites.js'

/** Sides that agree to so many digits in double precision are equal; others are evaluated again with `precise` digits. */
const doubleDigits = 9
const precise = 50
const preciseDigits = 35
const finest = 80
/** What quadrature in double precision can be trusted for. */
const quadratureDigits = 7
/** What is left of terms that cancel to so many digits may be rounding. */
const cancelled = 1e-12

/** Two expressions that are evaluated in the same worlds, and the letters that no sum of theirs binds. */
export interface Sides {
  readonly left: Expression
  readonly right: Expression
  readonly vocabulary: Vocabulary
  readonly free: ReadonlySet<string>
  /** How many sites the ring has, where no sum of these sides says so and their symbols do. @defaultValue as the world has */
  readonly siteCount?: Expression | null
}

/** A pair of expressions in a world: digits of agreement and values. */
export interface Agreement {
  readonly digits: number
  readonly left: string
  readonly right: string
  readonly informative: boolean
  /** Modulus of the difference. */
  readonly gap: number
  /** Whether so little is left of integrals' terms, on both sides, that it may be rounding. */
  readonly noise: boolean
}

/** How well both sides agree in a world, at as many digits as it takes to tell. */
export function agreement(sides: Sides, world: World): Agreement {
  const rough = agreementAt(sides, world, complex)
  if (rough.digits >= doubleDigits) return rough
  if (holdsIntegral(sides)) {
    if (rough.digits >= quadratureDigits) return rough
    return rough.noise ? { ...rough, digits: quadratureDigits } : { ...rough, digits: 0 }
  }
  const fine = agreementAt(sides, world, decimalArithmetic(precise))
  if (fine.digits >= preciseDigits) return fine
  if (sameGap(rough, fine)) return { ...fine, digits: 0 }
  const finer = agreementAt(sides, world, decimalArithmetic(finest))
  return sameGap(fine, finer) ? { ...fine, digits: 0 } : { ...fine, digits: precise, informative: true }
}

/** A true difference is the same number at both precisions; what rounding leaves of a cancellation is not. */
const sameGap = (coarse: Agreement, fine: Agreement): boolean =>
  Math.abs(coarse.gap - fine.gap) <= 1e-6 * fine.gap && fine.gap > 0

/**
 * The witness that a world is: what both sides take from it, found by evaluating them, and the values that this gives,
 * without what rounding leaves of a part that vanishes.
 */
export function witnessIn(sides: Sides, world: World): Witness {
  const trace = new WorldTrace(sides.vocabulary)
  const rough = valuesOf(sides, world, complex, trace)
  const at = trace.shown(world.seed)
  if (holdsIntegral(sides)) {
    const text = (side: 'left' | 'right'): string => withoutQuadratureNoise(rough[side], complex)
    return { at, left: text('left'), right: text('right') }
  }
  const [arithmetic, finer] = [decimalArithmetic(precise), decimalArithmetic(finest)]
  const [coarse, fine] = [valuesOf(sides, world, arithmetic), valuesOf(sides, world, finer)]
  const text = (side: 'left' | 'right'): string =>
    settledText({ coarse: coarse[side], fine: fine[side], arithmetic, finer })
  return { at, left: text('left'), right: text('right') }
}

/** The same as it was found, for those who look at outcomes alone: integrals are not evaluated again to see what they read. */
export function briefWitness(sides: Sides, world: World, { left, right }: Agreement): Witness {
  const trace = new WorldTrace(sides.vocabulary)
  if (holdsIntegral(sides)) {
    for (const [name, value] of world.scalars) trace.scalar(name, valueText(value))
    trace.drawnUnseen()
  } else valuesOf(sides, world, complex, trace)
  return { at: trace.shown(world.seed), left, right }
}

/** Values of both sides in a world, and the largest term of an integral in them. Throws DomainError where a side has none. */
export function valuesOf<T>(
  { left, right, vocabulary, free, siteCount }: Sides,
  world: World,
  arithmetic: Arithmetic<T>,
  trace: WorldTrace | null = null,
): { readonly left: T; readonly right: T; readonly largestTerm: number } {
  let largestTerm = 0
  const sites = sitesIn({ left, right, vocabulary, siteCount: siteCount ?? null }, world, arithmetic)
  const evaluated = (e: Expression): T => {
    const evaluator = new WorldEvaluator(world, vocabulary, arithmetic, sites, trace)
    const value = evaluator.value(e, evaluator.scopeWith(free))
    largestTerm = Math.max(largestTerm, evaluator.largestTerm)
    return value
  }
  const values = { left: evaluated(left), right: evaluated(right) }
  return { ...values, largestTerm }
}

/** The size of the one ring that both sides are about: as many sites as the longest of their written sums, if there are any. */
function sitesIn<T>(
  { left, right, vocabulary, siteCount }: Pick<Sides, 'left' | 'right' | 'vocabulary' | 'siteCount'>,
  world: World,
  arithmetic: Arithmetic<T>,
): number {
  const evaluator = new WorldEvaluator(world, vocabulary, arithmetic, world.size)
  const written = [left, right].flatMap((e) => {
    return writtenSites(e, vocabulary, (bound) => arithmetic.real(evaluator.value(bound))) ?? []
  })
  if (written.length > 0) return Math.max(...written)
  const counted = siteCount ? Math.round(arithmetic.real(evaluator.value(siteCount))) : world.size
  return counted > 0 ? counted : world.size
}

function agreementAt<T>(sides: Sides, world: World, arithmetic: Arithmetic<T>): Agreement {
  const { left: a, right: b, largestTerm } = valuesOf(sides, world, arithmetic)
  const gap = arithmetic.modulus(arithmetic.add(a, arithmetic.negate(b)))
  const size = Math.max(arithmetic.real(arithmetic.modulus(a)), arithmetic.real(arithmetic.modulus(b)))
  const noise = size <= cancelled * largestTerm
  const distance = arithmetic.real(gap)
  const digits = distance === 0 ? arithmetic.digits : size === 0 ? 0 : -Math.log10(distance / size)
  return {
    digits: Math.max(0, Math.min(digits, arithmetic.digits)),
    left: arithmetic.toText(a),
    right: arithmetic.toText(b),
    // Zero, or what may be, against zero says nothing, unless that something vanishes is the claim.
    informative: (size > 0 && !noise) || isZero(sides.left) !== isZero(sides.right),
    gap: distance,
    noise,
  }
}

const isZero = (e: Expression): boolean => e.kind === 'number' && e.numerator === 0n

const holdsIntegral = ({ left, right }: Pick<Sides, 'left' | 'right'>): boolean => [left, right].some(isOrHoldsIntegral)

const isOrHoldsIntegral = (e: Expression): boolean => e.kind === 'integral' || children(e).some(isOrHoldsIntegral)

/** A value found by quadrature, without an imaginary part below what quadrature can be trusted for. */
function withoutQuadratureNoise<T>(value: T, arithmetic: Arithmetic<T>): string {
  const size = arithmetic.real(arithmetic.modulus(value))
  if (Math.abs(arithmetic.imaginary(value)) > 10 ** -quadratureDigits * size) return arithmetic.toText(value)
  const doubled = arithmetic.add(value, arithmetic.conjugate(value))
  return arithmetic.toText(arithmetic.divide(doubled, arithmetic.fromNumber(2)))
}
