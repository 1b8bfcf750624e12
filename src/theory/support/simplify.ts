import { LimitError } from '../../expression/errors.js'
import type { Expression } from '../../expression/expression.js'
import { isZero, normalForm } from '../../exact/normal-form.js'
import { type Domains, vanishesNumerically } from './sample.js'

/** The normal form of an expression as a tree; the expression itself where it is too large for one. */
export function tidy(e: Expression, domains?: Domains): Expression {
  try {
    return normalForm(e, domains ? { domains } : {}).expression
  } catch (error) {
    if (error instanceof LimitError) return e
    throw error
  }
}

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
