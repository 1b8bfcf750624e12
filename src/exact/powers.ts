import { type Expression, half, multiply, type NumberNode, power, rational } from '../expression/expression.js'
import { boundedKey } from './to-expression.js'

/** (x^a)^b with number exponents as x^(a b), for whole a. */
export function flatPower(base: Expression, exponent: Expression): Expression {
  if (
    base.kind === 'power' &&
    base.exponent.kind === 'number' &&
    exponent.kind === 'number' &&
    exponent.denominator === 1n
  )
    return power(base.base, rational(base.exponent.numerator * exponent.numerator, base.exponent.denominator))
  return power(base, exponent)
}

interface Factor {
  readonly base: Expression
  readonly exponent: NumberNode
}

const asFactor = (e: Expression): Factor =>
  e.kind === 'power' && e.exponent.kind === 'number'
    ? { base: e.base, exponent: e.exponent }
    : { base: e, exponent: rational(1) }

/**
 * A product with the powers of one base brought together (`x^a x^b` is `x^(a+b)` on every branch), and with square roots
 * of what `isPositive` tells to be positive under one root, next to first powers: `sqrt(N b^2 / D)`.
 */
export function gathered(e: Expression, isPositive: (e: Expression) => boolean): Expression {
  if (e.kind !== 'product') return e
  const bases = new Map<string, Factor>()
  for (const factor of e.factors) {
    const { base, exponent } = asFactor(factor)
    if (base.kind === 'number') {
      bases.set(boundedKey(factor), { base: factor, exponent: rational(1) })
      continue
    }
    const key = boundedKey(base)
    const known = bases.get(key)?.exponent ?? rational(0)
    const sum = rational(
      known.numerator * exponent.denominator + exponent.numerator * known.denominator,
      known.denominator * exponent.denominator,
    )
    bases.set(key, { base, exponent: sum })
  }
  const factors = [...bases.values()]
  const roots = factors.filter((f) => f.exponent.denominator === 2n && isPositive(f.base))
  if (roots.length < 2) return multiply(...factors.map((f) => power(f.base, f.exponent)))
  const joins = (f: Factor): boolean =>
    f.exponent.denominator === 1n &&
    (f.exponent.numerator === 1n || f.exponent.numerator === -1n) &&
    (f.base.kind === 'symbol' || f.base.kind === 'indexed') &&
    isPositive(f.base)
  const under = factors.filter((f) => roots.includes(f) || joins(f))
  const doubled = under.map((f) => power(f.base, rational(2n * f.exponent.numerator, f.exponent.denominator)))
  const outside = factors.filter((f) => !under.includes(f)).map((f) => power(f.base, f.exponent))
  return multiply(...outside, power(multiply(...doubled), half))
}
