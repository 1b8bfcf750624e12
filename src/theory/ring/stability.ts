import { type Interval, intervalOfPolynomial } from '../../exact/interval.js'
import { DomainError, LimitError } from '../../expression/errors.js'
import { add, call, type Expression, multiply, negate, power, rational } from '../../expression/expression.js'
import { AtomTable } from '../support/rational-form.js'
import type { Domains } from '../support/sample.js'
import { tidy } from '../support/simplify.js'
import type { QuadraticForm } from './quadratic.js'

/**
 * Where the kernel K(q) of one field is positive at every wave vector: every one of `ends` is positive, and what `between`
 * says holds as well.
 */
export interface StabilityConditions {
  /** K(0) and K(π); one of them alone where K does not depend on q. */
  readonly ends: readonly Expression[]
  readonly between: Between
}

/**
 * What has to hold between q = 0 and π: nothing, since the least value is proved to be at an end; a value, which has to be
 * positive where `size` is less than `bound`; or more than is written out here.
 */
export type Between =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'not written out' }
  | {
      readonly kind: 'case'
      readonly size: Expression
      readonly bound: Expression
      /** Whether the parameters' domains prove that `size` is less than `bound`. */
      readonly always: boolean
      readonly positive: Expression
    }

/**
 * The conditions for `K(q) = c_0 + c_1 cos q + c_2 cos 2q + …` to be positive. With c_2 alone beyond neighbours K is a parabola
 * in cos q, whose vertex is a minimum between the ends where |c_1| < 4 c_2; it is above zero where c_1^2 < 8 c_2 (c_0 - c_2).
 * With couplings further away the least value is at an end where every c_d, or every (-1)^d c_d, is at most zero.
 *
 * @param form what `quadraticForm` returns
 * @param domains where the parameters live; a name without a domain may have any value
 * @throws DomainError for several fields
 */
export function stabilityConditions(form: QuadraticForm, domains: Domains): StabilityConditions {
  if (form.fields.length !== 1)
    throw new DomainError('several fields are stable where the kernel is positive definite for every wave vector')
  const coefficients = new Map<number, Expression>()
  for (const { distance, coefficient } of form.couplings)
    coefficients.set(Math.abs(distance), add(coefficients.get(Math.abs(distance)) ?? rational(0), coefficient))
  const at = (distance: number): Expression => coefficients.get(distance) ?? rational(0)
  const range = Math.max(0, ...coefficients.keys())
  const alternating = [...coefficients].map(([distance, c]) => (distance % 2 === 0 ? c : negate(c)))
  const ends = [add(...coefficients.values()), add(...alternating)].map((e) => tidy(e))
  if (range === 0) return { ends: ends.slice(0, 1), between: { kind: 'nothing' } }
  return { ends, between: between(at, range, domains) }
}

function between(at: (distance: number) => Expression, range: number, domains: Domains): Between {
  const nothing: Between = { kind: 'nothing' }
  const apart = Array.from({ length: range }, (_, k) => k + 1)
  const never = (e: Expression): boolean => neverNegative(e, domains)
  const leastAtZero = apart.every((d) => never(negate(at(d))))
  const leastAtPi = apart.every((d) => never(d % 2 === 0 ? negate(at(d)) : at(d)))
  if (range === 1 || leastAtZero || leastAtPi) return nothing
  if (range > 2) return { kind: 'not written out' }
  const [none, one, two] = [at(0), at(1), at(2)]
  const bound = tidy(multiply(rational(4), two))
  const beyond = [one, negate(one)].some((side) => never(add(side, negate(bound))))
  if (beyond || never(negate(two))) return nothing
  const signed = never(one) ? one : never(negate(one)) ? negate(one) : null
  const vertex = multiply(rational(8), two, add(none, negate(two)))
  return {
    kind: 'case',
    size: signed === null ? call('abs', tidy(positiveLead(one))) : tidy(signed),
    bound,
    always: [one, negate(one)].every((side) => neverNegative(add(bound, negate(side)), domains, 'nor zero')),
    positive: tidy(add(vertex, negate(power(one, 2)))),
  }
}

/** An expression or its negative, whichever has no sign in front: |−J| is |J|. */
const positiveLead = (e: Expression): Expression =>
  e.kind === 'product' && e.factors[0]?.kind === 'number' && e.factors[0].numerator < 0n ? negate(e) : e

/**
 * Whether an expression is proved to be at least zero everywhere in the parameters' domains (or above it): bounds of numerator
 * and denominator, term by term. A name without a domain may have any value. No proof is no refutation.
 */
export function neverNegative(e: Expression, domains: Domains, nor: 'nor zero' | 'or zero' = 'or zero'): boolean {
  const atoms = new AtomTable()
  try {
    const { numerator, denominator } = atoms.form(tidy(e, domains))
    const rangeOf = (id: number): Interval => intervalOf(atoms.atom(id), domains)
    const [top, bottom] = [numerator, denominator].map((p) => intervalOfPolynomial(p, rangeOf))
    const above = ({ low, openLow }: Interval): boolean => low > 0 || (low === 0 && openLow)
    const atLeast = (interval: Interval): boolean => (nor === 'nor zero' ? above(interval) : interval.low >= 0)
    const turned = ({ low, high, openLow, openHigh }: Interval): Interval => ({
      low: -high,
      high: -low,
      openLow: openHigh,
      openHigh: openLow,
    })
    return (atLeast(top!) && above(bottom!)) || (atLeast(turned(top!)) && above(turned(bottom!)))
  } catch (error) {
    if (error instanceof LimitError || error instanceof DomainError) return false
    throw error
  }
}

function intervalOf(atom: Expression, domains: Domains): Interval {
  const domain = atom.kind === 'symbol' ? domains.get(atom.name) : undefined
  if (domain === undefined) return { low: -Infinity, high: Infinity, openLow: true, openHigh: true }
  const { minimum, maximum, includeMinimum, includeMaximum } = domain
  return { low: minimum, high: maximum, openLow: !includeMinimum, openHigh: !includeMaximum }
}
