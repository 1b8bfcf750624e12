import {
  add,
  call,
  divide,
  type Expression,
  exp,
  imaginaryUnit,
  keyOf,
  log,
  multiply,
  one,
  pi,
  power,
  rational,
  zero,
} from '../expression/expression.js'
import type { Fraction, GeneratorTable } from './generators.js'
import type { Polynomial } from './polynomial.js'

/** generator^exponent as a formula; roots and exponentials come out with their exponents merged. */
export function generatorExpression(table: GeneratorTable, id: number, exponent: number): Expression {
  const generator = table.generator(id)
  switch (generator.kind) {
    case 'atom':
      return power(generator.expression, exponent)
    case 'imaginary':
      return power(imaginaryUnit, exponent)
    case 'unity':
      return exp(multiply(rational(exponent, generator.order), imaginaryUnit, pi))
    case 'root': {
      const clearing = polynomialExpression(table, generator.clearing)
      const base = polynomialExpression(table, generator.base)
      const cleared = divide(base, power(clearing, generator.index))
      return multiply(power(clearing, exponent), power(cleared, rational(exponent, generator.index)))
    }
    case 'exponential':
      return exp(multiply(rational(exponent, generator.index), fractionExpression(table, generator.exponent)))
    case 'logarithm':
      return power(log(fractionExpression(table, generator.argument)), exponent)
    case 'absolute':
      return power(call('abs', polynomialExpression(table, generator.argument)), exponent)
  }
}

/** The factors of a monomial as formulas, ordered by their keys so that the result does not depend on the order of generators. */
function monomialFactors(table: GeneratorTable, monomial: string): Expression[] {
  const factors: Expression[] = []
  for (let id = 0; id < monomial.length; id++) {
    const exponent = monomial.charCodeAt(id)
    if (exponent > 0) factors.push(generatorExpression(table, id, exponent))
  }
  return factors.sort(byKey)
}

const byKey = (a: Expression, b: Expression): number => {
  const x = keyOf(a)
  const y = keyOf(b)
  return x < y ? -1 : x > y ? 1 : 0
}

const degree = (monomial: string): number => {
  let sum = 0
  for (let k = 0; k < monomial.length; k++) sum += monomial.charCodeAt(k)
  return sum
}

export function polynomialExpression(table: GeneratorTable, a: Polynomial): Expression {
  const terms = [...a].map(([m, c]) => {
    const term = multiply(rational(c), ...monomialFactors(table, m))
    return { degree: degree(m), key: keyOf(multiply(one, ...monomialFactors(table, m))), term }
  })
  terms.sort((x, y) => y.degree - x.degree || (x.key < y.key ? -1 : 1))
  return terms.length === 0 ? zero : add(...terms.map((t) => t.term))
}

/** A fraction as a formula: numerator / denominator with a monomial denominator spread over the factors. */
export function fractionExpression(table: GeneratorTable, a: Fraction): Expression {
  const numerator = polynomialExpression(table, a.numerator)
  if (a.denominator.size === 1) {
    const [m, c] = a.denominator.entries().next().value!
    return multiply(rational(1n, c), numerator, ...monomialFactors(table, m).map((f) => power(f, -1)))
  }
  return divide(numerator, polynomialExpression(table, a.denominator))
}
