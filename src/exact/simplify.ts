import { LimitError } from '../expression/errors.js'
import { children, type Expression, rational, subtract } from '../expression/expression.js'
import { requireExpression } from '../expression/guards.js'
import { substitute } from '../expression/substitute.js'
import { exactly } from '../numeric/budget.js'
import { isZeroFraction } from './fraction.js'
import type { Assumptions } from './generators.js'
import { Normalizer } from './normalizer.js'
import { gathered } from './powers.js'
import { treeSize } from './to-expression.js'
import { Writer } from './writer.js'

export interface SimplifyOptions extends Assumptions {
  /** Names that stand for formulas (`\Delta_w` for `1 - \sigma_w^2`). They are put in before anything is cancelled; factors equal to one are written by its name. */
  readonly abbreviations?: ReadonlyMap<string, Expression>
}

/**
 * A readable equal of a formula: common factors cancelled, repeated factors and declared abbreviations gathered, phases
 * e^{iq} paired to cosines and sines. The formula itself where it is too large to expand (LimitError inside).
 */
export function simplify(e: Expression, options: SimplifyOptions = {}): Expression {
  requireExpression(e, 'simplify: the expression')
  const abbreviations = options.abbreviations ?? new Map<string, Expression>()
  try {
    return exactly(() => {
      if (abbreviations.size === 0) return written(e, options, abbreviations)
      const opened = opening(e, abbreviations)
      const result = written(opened, options, abbreviations)
      if (!mentionsAny(e, abbreviations)) return result
      // Where nothing cancels, the names as they stand may read better.
      const kept = written(e, options, new Map())
      return treeSize(kept) < treeSize(result) ? kept : result
    })
  } catch (error) {
    if (error instanceof LimitError) return e
    throw error
  }
}

function written(e: Expression, options: SimplifyOptions, abbreviations: ReadonlyMap<string, Expression>): Expression {
  const normalizer = new Normalizer(options)
  const form = normalizer.of(e)
  if (isZeroFraction(form)) return rational(0)
  const opened = new Map([...abbreviations].map(([name, definition]) => [name, opening(definition, abbreviations)]))
  const writer = new Writer(normalizer, opened)
  const isPositive = (factor: Expression): boolean => {
    const { numerator, denominator } = normalizer.of(opening(factor, opened))
    return normalizer.table.isPositive(numerator) && normalizer.table.isPositive(denominator)
  }
  const plain = writer.fraction(form)
  const result = abbreviations.size === 0 ? plain : gathered(writer.named(plain), isPositive)
  // What is shown must be what was given.
  const same = isZeroFraction(normalizer.of(subtract(opening(result, opened), e)))
  return same ? result : normalizer.expression(form)
}

/** The formula with abbreviations put in, also those inside others (never deeper than there are names). */
function opening(e: Expression, abbreviations: ReadonlyMap<string, Expression>): Expression {
  let current = e
  for (let round = 0; round < abbreviations.size && mentionsAny(current, abbreviations); round++) {
    treeSize(current)
    current = substitute(current, (node) => (node.kind === 'symbol' ? abbreviations.get(node.name) : undefined))
  }
  treeSize(current)
  return current
}

const mentionsAny = (e: Expression, names: ReadonlyMap<string, Expression>): boolean =>
  e.kind === 'symbol' ? names.has(e.name) : children(e).some((c) => mentionsAny(c, names))
