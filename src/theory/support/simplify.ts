import type { Expression } from '../../expression/expression.js'

/** A simpler tree of the same value. */
export const tidy = (e: Expression): Expression => e
