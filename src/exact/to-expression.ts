import { LimitError } from '../expression/errors.js'
import {
  add,
  call,
  children,
  divide,
  type Expression,
  exp,
  imaginaryUnit,
  keyOf,
  log,
  multiply,
  pi,
  power,
  rational,
  zero,
} from '../expression/expression.js'
import { spend } from '../numeric/budget.js'
import type { Fraction, GeneratorTable } from './generators.js'
import type { Polynomial } from './polynomial.js'

/** A written formula of more nodes than this is refused: normal forms inside normal forms can grow exponentially. */
const largestTree = 300_000

const sizes = new WeakMap<Expression, number>()

/** Nodes of a formula, shared parts counted wherever they occur. Throws LimitError where it is too large to write. */
export function treeSize(e: Expression): number {
  const known = sizes.get(e)
  if (known !== undefined) return known
  let size = 1
  for (const child of children(e)) size += treeSize(child)
  if (size > largestTree)
    throw new LimitError(
      `the formula is too large to decide exactly: written out it has more than ${largestTree} nodes; write it in smaller parts`,
    )
  sizes.set(e, size)
  return size
}

/** `keyOf` of a formula whose size is bounded. */
export function boundedKey(e: Expression): string {
  spend(3 * treeSize(e))
  return keyOf(e)
}

interface Written {
  readonly expression: Expression
  readonly key: string
}

const written = new WeakMap<GeneratorTable, Map<string, Written>>()

/** generator^exponent as a formula with its key, made once: what a generator stands for never changes. */
function writtenPower(table: GeneratorTable, id: number, exponent: number): Written {
  const known = written.get(table) ?? new Map<string, Written>()
  written.set(table, known)
  const place = `${id}^${exponent}`
  const found = known.get(place)
  if (found) return found
  const expression = makePower(table, id, exponent)
  const result = { expression, key: boundedKey(expression) }
  known.set(place, result)
  return result
}

/** generator^exponent as a formula; roots and exponentials come out with their exponents merged. */
export const generatorExpression = (table: GeneratorTable, id: number, exponent: number): Expression =>
  writtenPower(table, id, exponent).expression

function makePower(table: GeneratorTable, id: number, exponent: number): Expression {
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
function monomialFactors(table: GeneratorTable, monomial: string): readonly Written[] {
  const factors: Written[] = []
  spend(4 + monomial.length / 8)
  for (let id = 0; id < monomial.length; id++) {
    const exponent = monomial.charCodeAt(id)
    if (exponent > 0) factors.push(writtenPower(table, id, exponent))
  }
  return factors.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

const degree = (monomial: string): number => {
  let sum = 0
  for (let k = 0; k < monomial.length; k++) sum += monomial.charCodeAt(k)
  return sum
}

/** A polynomial as a sum, highest total degree first, then by the keys of the terms. */
export function polynomialExpression(table: GeneratorTable, a: Polynomial): Expression {
  const terms = [...a].map(([m, c]) => {
    const factors = monomialFactors(table, m)
    const key = factors.map((f) => f.key).join('*')
    spend(key.length / 64)
    return { degree: degree(m), key, term: multiply(rational(c), ...factors.map((f) => f.expression)) }
  })
  terms.sort((x, y) => y.degree - x.degree || (x.key < y.key ? -1 : 1))
  const sum = terms.length === 0 ? zero : add(...terms.map((t) => t.term))
  treeSize(sum)
  return sum
}

/** A fraction as a formula: numerator / denominator with a monomial denominator spread over the factors. */
export function fractionExpression(table: GeneratorTable, a: Fraction): Expression {
  const numerator = polynomialExpression(table, a.numerator)
  if (a.denominator.size === 1) {
    const [m, c] = a.denominator.entries().next().value!
    return multiply(rational(1n, c), numerator, ...monomialFactors(table, m).map((f) => power(f.expression, -1)))
  }
  return divide(numerator, polynomialExpression(table, a.denominator))
}
