import { isZero, normalForm } from '../../exact/normal-form.js'
import { simplify } from '../../exact/simplify.js'
import { LimitError } from '../../expression/errors.js'
import type { Expression } from '../../expression/expression.js'
import { type Domains, relativeSize } from './sample.js'

/** A simpler tree of the same value; the expression itself where it is too large to expand. */
export const tidy = (e: Expression, domains?: Domains): Expression => simplify(e, domains ? { domains } : {})

/** The normal form of an expression as a tree, cheaper and less readable than `tidy`; the expression itself where it is too large. */
export function expanded(e: Expression): Expression {
  try {
    return normalForm(e).expression
  } catch (error) {
    if (error instanceof LimitError) return e
    throw error
  }
}

/**
 * Whether an expression is zero: by its size at eight scattered points of its domain, against that of its largest term.
 * Between what rounding explains and what it cannot, the normal form decides.
 */
export function vanishes(e: Expression, domains: Domains = new Map()): boolean {
  const size = relativeSize(e, domains)
  if (size <= 1e-11) return true
  if (size > 1e-6) return false
  try {
    return isZero(e, { domains })
  } catch (error) {
    if (error instanceof LimitError) return false
    throw error
  }
}
