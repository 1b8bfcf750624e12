import { LimitError } from '../expression/errors.js'
import { add, type Expression } from '../expression/expression.js'
import { exactly } from '../numeric/budget.js'
import { brief } from '../numeric/describe.js'
import { Expander, type Series, Unresolved } from './expander.js'
import { isZeroFraction } from './fraction.js'
import type { Assumptions } from './generators.js'

const largestOrder = 24

/** The series with enough coefficients to know every order up to `order`. */
function expanded(
  e: Expression,
  smalls: readonly Expression[],
  order: number,
  assumptions: Assumptions,
): { expander: Expander; series: Series } {
  if (!Number.isInteger(order) || order < -largestOrder || order > largestOrder)
    throw new LimitError(`an expansion to order ${order}: choose a whole number up to ${largestOrder}`)
  for (const extra of [1, 3, 7, 13]) {
    const expander = new Expander(smalls, Math.max(order, 0) + extra, assumptions)
    try {
      const series = expander.of(e)
      if (series.start + series.coefficients.length > order) return { expander, series }
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error
    }
  }
  throw new LimitError(`the leading orders cancel too far to expand \`${brief(e)}\` to order ${order}`)
}

/** One order of an expansion: its power and its coefficient as a formula (the small quantities included). */
export interface SeriesTerm {
  readonly order: number
  readonly term: Expression
}

/**
 * The nonvanishing terms of a formula by total degree in the small quantities (symbols, indexed quantities, fields and
 * their derivatives), from the lowest (negative for poles) up to `order`. Throws DomainError where there is no such
 * series (log or fractional power of something small), LimitError beyond size bounds.
 */
export function seriesTerms(
  e: Expression,
  smalls: readonly Expression[],
  order: number,
  assumptions: Assumptions = {},
): readonly SeriesTerm[] {
  return exactly(() => {
    const { expander, series } = expanded(e, smalls, order, assumptions)
    return series.coefficients.flatMap((c, k) =>
      isZeroFraction(c) || series.start + k > order
        ? []
        : [{ order: series.start + k, term: expander.normalizer.expression(c) }],
    )
  })
}

/** The formula expanded in small quantities, terms of total degree above `order` dropped. */
export const expandInSmall = (
  e: Expression,
  smalls: readonly Expression[],
  order: number,
  assumptions: Assumptions = {},
): Expression => add(...seriesTerms(e, smalls, order, assumptions).map((t) => t.term))

/** Total degree of the first nonvanishing term, or null where all terms up to `upTo` vanish. */
export function leadingOrder(
  e: Expression,
  smalls: readonly Expression[],
  upTo = 8,
  assumptions: Assumptions = {},
): number | null {
  return exactly(() => {
    for (let order = 0; ; order = Math.min(upTo, 2 * order + 1)) {
      const first = seriesTerms(e, smalls, order, assumptions)[0]
      if (first) return first.order
      if (order >= upTo) return null
    }
  })
}
