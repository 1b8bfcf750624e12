import { LimitError } from '../../expression/errors.js'
import type { Expression } from '../../expression/expression.js'
import { isZero } from '../../exact/normal-form.js'
import { simplify } from '../../exact/simplify.js'
import { type Domains, vanishesNumerically } from './sample.js'

/** A simpler tree of the same value; the expression itself where it is too large to expand. */
export const tidy = (e: Expression, domains?: Domains): Expression => simplify(e, domains ? { domains } : {})

/**
 * Whether an expression is zero: refuted by numbers, proved by its normal form where that is within its bounds, and
 * otherwise believed when it vanishes to twelve digits at eight scattered points of its domain.
 */
export function vanishes(e: Expression, domains: Domains = new Map()): boolean {
  try {
    if (isZero(e, { domains })) return true
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
  }
  return vanishesNumerically(e, domains)
}
