import { DomainError, InputError, LimitError } from '../expression/errors.js'
import { children, divide, type Expression, subtract } from '../expression/expression.js'
import { type Arithmetic, decimalArithmetic, realDecimalArithmetic } from '../numeric/arithmetic.js'
import { exactly, withBudget } from '../numeric/budget.js'
import { evaluate } from '../numeric/evaluate.js'
import { settledText } from '../numeric/settled-text.js'
import { isZeroFraction } from './fraction.js'
import { mentions } from './linear-nodes.js'
import { Normalizer } from './normalizer.js'
import { lettersOf, type SampleOptions, SamplePoint } from './sample.js'

/** Parameter values at which two formulas differ, with both values at 50 digits. */
export interface Witness {
  readonly values: readonly (readonly [name: string, value: string])[]
  readonly left: string
  readonly right: string
}

/** Equal is proved by the normal form; different always has a witness; undecided says why. */
export type Equality =
  | { readonly outcome: 'equal' }
  | { readonly outcome: 'different'; readonly witness: Witness }
  | { readonly outcome: 'undecided'; readonly reason: string }

export interface EqualityOptions extends SampleOptions {
  /** Points tried before giving up. @defaultValue 40 */
  readonly attempts?: number
  /** Look in the complex plane, also where every quantity is real: for formulas with no real value. @defaultValue false */
  readonly inComplex?: boolean
}

const digits = 50
const confirmingDigits = 80
export const tooLongToTry = 'the formula is too large to try at numbers: its values take more steps than are allowed'
/** What the search for a witness may take. */
export const searchSteps = 8_000_000

const isComplexFormula = (e: Expression, complex: ReadonlySet<string> | undefined): boolean =>
  (e.kind === 'constant' && e.name === 'i') ||
  e.kind === 'conjugate' ||
  ('name' in e && (complex?.has(e.name) ?? false)) ||
  children(e).some((c) => isComplexFormula(c, complex))

/** A witness where both sides differ at a point. */
type Trial = { readonly outcome: 'same' | 'unclear' } | { readonly outcome: 'differ'; readonly witness: Witness }

/** Both sides at one point and two precisions. Throws DomainError where one of them has no value. */
function trial<T, U>(
  left: Expression,
  right: Expression,
  point: SamplePoint,
  first: Arithmetic<T>,
  second: Arithmetic<U>,
): Trial {
  const at = <V>(arithmetic: Arithmetic<V>) => {
    const environment = point.environment(arithmetic)
    const a = evaluate(left, environment, arithmetic)
    const b = evaluate(right, environment, arithmetic)
    return { a, b, gap: arithmetic.add(a, arithmetic.negate(b)) }
  }
  const size = <V>(arithmetic: Arithmetic<V>, value: V): number =>
    Math.hypot(arithmetic.real(value), arithmetic.imaginary(value))
  const coarse = at(first)
  const fine = at(second)
  const scale = Math.max(size(first, coarse.a), size(first, coarse.b))
  const coarseGap = size(first, coarse.gap)
  const fineGap = size(second, fine.gap)
  // A true difference is the same number at both precisions; rounding noise shrinks by thirty orders.
  if (!(fineGap > 0 && Math.abs(coarseGap - fineGap) <= 1e-10 * fineGap))
    return { outcome: fineGap <= 1e-40 * scale || fineGap === 0 ? 'same' : 'unclear' }
  const precisions = { arithmetic: first, finer: second }
  const witness: Witness = {
    values: point.shown,
    left: settledText({ coarse: coarse.a, fine: fine.a, ...precisions }),
    right: settledText({ coarse: coarse.b, fine: fine.b, ...precisions }),
  }
  return { outcome: 'differ', witness }
}

/**
 * Looks for parameter values at which two formulas differ, simplest values first, at 50 digits confirmed at 80.
 * `agreed` counts the points at which they agreed; `reason` is why the last failing point had no value.
 */
export function findWitness(
  left: Expression,
  right: Expression,
  options: EqualityOptions = {},
): { readonly witness: Witness | null; readonly agreed: number; readonly reason: string } {
  return withBudget(searchSteps, tooLongToTry, () => search(left, right, options))
}

function search(left: Expression, right: Expression, options: EqualityOptions): ReturnType<typeof findWitness> {
  const letters = lettersOf([left, right])
  const inComplex =
    options.inComplex === true || isComplexFormula(left, options.complex) || isComplexFormula(right, options.complex)
  let agreed = 0
  let reason = ''
  for (let attempt = 0; attempt < (options.attempts ?? 40) && agreed < 20; attempt++) {
    const point = new SamplePoint(attempt, options, letters)
    try {
      const result = inComplex
        ? trial(left, right, point, decimalArithmetic(digits), decimalArithmetic(confirmingDigits))
        : trial(left, right, point, realDecimalArithmetic(digits), realDecimalArithmetic(confirmingDigits))
      if (result.outcome === 'differ') return { witness: result.witness, agreed, reason }
      if (result.outcome === 'same') agreed++
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      reason = error.detail
    }
  }
  return { witness: null, agreed, reason }
}

/**
 * Decides whether two formulas are equal as functions of their quantities under the assumptions (real quantities unless
 * declared complex). `equal` rests on the normal form, and is cross-checked at one point; `different` on a witness;
 * everything else, also agreement at every point tried, is `undecided`.
 */
export function decideEqual(a: Expression, b: Expression, options: EqualityOptions = {}): Equality {
  let shown = false
  let limit = ''
  try {
    shown = exactly(() => isZeroFraction(new Normalizer(options).of(subtract(a, b))))
  } catch (error) {
    if (!(error instanceof LimitError || error instanceof DomainError)) throw error
    limit = error.detail
  }
  const { witness, agreed, reason } = findWitness(a, b, shown ? { ...options, attempts: 2 } : options)
  if (shown) {
    if (witness === null) return { outcome: 'equal' }
    return {
      outcome: 'undecided',
      reason: `the normal form says equal, but the values at ${witness.values.map((v) => v.join(' = ')).join(', ')} differ: ${witness.left} and ${witness.right}`,
    }
  }
  if (witness) return { outcome: 'different', witness }
  if (limit) return { outcome: 'undecided', reason: limit }
  return {
    outcome: 'undecided',
    reason:
      agreed > 0
        ? `the values agree to ${digits} digits at ${agreed} points, which proves nothing`
        : `no point was found at which both sides have a value${reason && `: ${reason}`}`,
  }
}

/** a / b as a formula, with what is known of it. */
export interface Ratio {
  readonly ratio: Expression
  /** Whether the ratio does not depend on any of the given quantities. */
  readonly free: boolean
  /** Whether it is known to be positive under the assumptions. */
  readonly positive: boolean
}

/** The ratio of two formulas, or null where b is identically zero. `variables`: names that a unit factor must not depend on. Throws LimitError
 * beyond the budget of a decision. */
export function proportional(
  a: Expression,
  b: Expression,
  variables: readonly string[],
  options: EqualityOptions = {},
): Ratio | null {
  return exactly(() => ratioOf(a, b, variables, options))
}

function ratioOf(a: Expression, b: Expression, variables: readonly string[], options: EqualityOptions): Ratio | null {
  const normalizer = new Normalizer(options)
  const denominator = normalizer.of(b)
  if (isZeroFraction(denominator)) return null
  const form = normalizer.of(divide(a, b))
  const ratio = normalizer.expression(form)
  const uses = (e: Expression, name: string): boolean =>
    mentions(e, name) || ('name' in e && e.name === name) || children(e).some((c) => uses(c, name))
  const { table } = normalizer
  return {
    ratio,
    free: !variables.some((name) => uses(ratio, name)),
    positive: table.isPositive(form.numerator) && table.isPositive(form.denominator),
  }
}
