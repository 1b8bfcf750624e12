import type { FractionField } from './fraction.js'
import { contentOf, monomialContent } from './gcd.js'
import { type Fraction, type GeneratorTable, positiveInterval } from './generators.js'
import {
  constantPolynomial,
  dividePolynomials,
  isConstant,
  leadingCoefficient,
  multiplyPolynomials,
  negatePolynomial,
  type Polynomial,
  polynomialKey,
} from './polynomial.js'
import { squareFreeFactors } from './square-free.js'

/** |a| of a real expression: a product of moduli of its factors. */
export function absolute(field: FractionField, a: Fraction): Fraction {
  const part = (p: Polynomial): Fraction => {
    const content = contentOf(p)
    let result = field.polynomial(constantPolynomial(content))
    const rest = dividePolynomials(p, constantPolynomial(content))!
    for (const [factor, multiplicity] of factorsOf(field.table, rest))
      result = field.multiply(result, field.power(absoluteOfFactor(field, factor), multiplicity))
    return result
  }
  return field.divide(part(a.numerator), part(a.denominator))
}

/** Generators that divide, then square-free factors of the rest. */
export function factorsOf(table: GeneratorTable, a: Polynomial): readonly (readonly [Polynomial, number])[] {
  const monomial = monomialContent(a)
  const result: (readonly [Polynomial, number])[] = []
  for (let id = 0; id < monomial.length; id++)
    if (monomial.charCodeAt(id) > 0) result.push([table.power(id), monomial.charCodeAt(id)])
  const rest = dividePolynomials(a, new Map([[monomial, 1n]]))!
  if (!isConstant(rest)) result.push(...squareFreeFactors(rest))
  return result
}

/** |factor|: itself up to a sign where that is known, else a generator. */
export function absoluteOfFactor(field: FractionField, factor: Polynomial): Fraction {
  const { table } = field
  if (table.isPositive(factor)) return field.polynomial(factor)
  const negative = negatePolynomial(factor)
  if (table.isPositive(negative)) return field.polynomial(negative)
  const argument = leadingCoefficient(factor) < 0n ? negative : factor
  const id = table.register(
    `abs ${polynomialKey(argument)}`,
    { kind: 'absolute', argument },
    true,
    positiveInterval,
    table.isReal(argument) ? { degree: 2, value: multiplyPolynomials(argument, argument) } : undefined,
  )
  return field.generator(id)
}

/** The id of a polynomial that is one generator. */
export function singleGenerator(a: Polynomial): number | null {
  if (a.size !== 1) return null
  const [m, c] = a.entries().next().value!
  if (c !== 1n || m.length === 0 || m.charCodeAt(m.length - 1) !== 1) return null
  for (let k = 0; k < m.length - 1; k++) if (m.charCodeAt(k) !== 0) return null
  return m.length - 1
}
