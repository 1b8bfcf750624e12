import { differentiate, type Variable } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  type Expression,
  exp,
  type MeasureIntegralNode,
  mapChildren,
  multiply,
  one,
  power,
  rational,
  sameTree,
  zero,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { expanded } from '../support/simplify.js'
import { factorsOf, some, table, termsOf, variablesOf } from '../support/tree.js'
import { logWeight, momentName } from './weight.js'

/** Monomials of a polynomial of at most this degree are told apart. */
const largestPower = 8

interface Parts {
  readonly outside: readonly Expression[]
  readonly polynomial: readonly Expression[]
  readonly weight: readonly Expression[]
}

/**
 * Integrals and traces over named variables (`\int dh \text{Tr}_s f`) as combinations of moments of their weights, so that
 * two of them can be compared: what does not depend on the variables goes outside, polynomials in them are taken apart into
 * monomials, and the rest is the weight, known by its logarithm. Derivatives of a weight are carried out. Integrals are
 * linear and nothing else is assumed of them: neither that they converge nor that they can be carried out.
 *
 * `names`: canonical names of the variables beside those that the measures themselves name. Throws DomainError where what
 * is integrated is no weight times a polynomial.
 */
export function inMoments(e: Expression, names: readonly string[] = []): Expression {
  if (e.kind !== 'measureIntegral') return mapChildren(e, (child) => inMoments(child, names))
  const own = new Set([...names, ...measured(e)])
  return momentsOf(innermost(e), own)
}

const nameOf = (e: Expression): readonly string[] => ('name' in e && typeof e.name === 'string' ? [e.name] : [])

/** Names of everything that an integral and the integrals directly inside it run over. */
function measured(e: Expression): readonly string[] {
  if (e.kind === 'measureIntegral') return [...e.measures.flatMap(nameOf), ...measured(e.body)]
  return e.kind === 'product' ? e.factors.flatMap(measured) : []
}

const innermost = (e: Expression): Expression => {
  if (e.kind === 'measureIntegral') return innermost(e.body)
  return e.kind === 'product' ? multiply(...e.factors.map(innermost)) : e
}

/** A derivative of a weight as the weight times the derivative of its logarithm. */
function withDerivatives(e: Expression): Expression {
  if (e.kind === 'derivative') {
    const of = withDerivatives(e.of)
    // The logarithm of a weight is no weight: its derivative is a polynomial as it stands.
    if (of.kind === 'function' && of.name === 'log')
      return differentiate(logWeight(of.arguments[0]!), e.variable as Variable, e.order)
    let factor: Expression = one
    for (let k = 0; k < e.order; k++) {
      const slope = differentiate(logWeight(of), e.variable as Variable)
      factor = add(multiply(factor, slope), differentiate(factor, e.variable as Variable))
    }
    return multiply(of, factor)
  }
  return e.kind === 'product' || e.kind === 'sum' ? mapChildren(e, withDerivatives) : e
}

function momentsOf(body: Expression, names: ReadonlySet<string>): Expression {
  const carried = withDerivatives(body)
  if (carried.kind === 'sum') return add(...carried.terms.map((term) => momentsOf(term, names)))
  const { outside, polynomial, weight } = partsOf(carried, names)
  const logarithm = logWeight(multiply(...weight))
  const depends = (term: Expression): boolean => holds(term, names)
  const terms = termsOf(expandedLogarithm(logarithm))
  const within = add(...terms.filter(depends))
  const constant = add(...terms.filter((term) => !depends(term)))
  const variables = variablesOf(multiply(...polynomial)).filter((v) => v.kind === 'indexed' && names.has(v.name))
  const moments = monomials(multiply(...polynomial), variables).map(({ coefficient, monomial }) =>
    multiply(coefficient, {
      kind: 'apply' as const,
      name: momentName,
      indices: [],
      arguments: [within, monomial],
    }),
  )
  return multiply(...outside, exp(constant), add(...moments))
}

interface Term {
  readonly coefficient: Expression
  readonly monomial: Expression
}

/** A polynomial by its monomials in the variables: each coefficient a derivative at zero. */
function monomials(e: Expression, variables: readonly Variable[]): readonly Term[] {
  const [variable, ...others] = variables
  if (variable === undefined)
    return e.kind === 'number' && e.numerator === 0n ? [] : [{ coefficient: e, monomial: one }]
  const origin = table([[variable, zero]])
  const found: Term[] = []
  let derivative = e
  let factorial = 1
  for (let k = 0; k <= largestPower; k++) {
    const scale = rational(1, factorial)
    for (const { coefficient, monomial } of monomials(substitute(derivative, origin), others))
      found.push({ coefficient: multiply(scale, coefficient), monomial: multiply(monomial, power(variable, k)) })
    if (!some(derivative, (node) => node.kind === 'indexed' && sameTree(node, variable))) return found
    derivative = differentiate(derivative, variable)
    factorial *= k + 1
  }
  throw new DomainError(`a polynomial of degree beyond ${largestPower} is averaged`)
}

/** Sums inside the logarithm's terms multiplied out, unknown functions left as they are. */
const expandedLogarithm = (e: Expression): Expression => add(...termsOf(e).map((term) => expanded(term)))

const holds = (e: Expression, names: ReadonlySet<string>): boolean =>
  some(e, (node) => node.kind === 'indexed' && names.has(node.name))

function partsOf(e: Expression, names: ReadonlySet<string>): Parts {
  const outside: Expression[] = []
  const polynomial: Expression[] = []
  const weight: Expression[] = []
  for (const factor of factorsOf(e)) {
    if (!holds(factor, names)) outside.push(factor)
    else if (isPolynomial(factor, names)) polynomial.push(factor)
    else if (factor.kind === 'sum') throw new DomainError('a sum of weights is integrated: integrate its terms apart')
    else weight.push(factor)
  }
  return { outside, polynomial: polynomial.length > 0 ? polynomial : [rational(1)], weight }
}

function isPolynomial(e: Expression, names: ReadonlySet<string>): boolean {
  if (!holds(e, names) || e.kind === 'indexed') return true
  if (e.kind === 'sum' || e.kind === 'product') {
    const parts = e.kind === 'sum' ? e.terms : e.factors
    return parts.every((part) => isPolynomial(part, names))
  }
  if (e.kind !== 'power' || e.exponent.kind !== 'number') return false
  const { numerator, denominator } = e.exponent
  return denominator === 1n && numerator > 0n && numerator <= BigInt(largestPower) && isPolynomial(e.base, names)
}

/** `\langle x \rangle_{M}`: the integral of x M over the integral of M, over everything that the measure is a measure of. */
export const averageOver = (of: Expression, measure: Expression, measures: readonly Expression[]): Expression => {
  const integral = (body: Expression): MeasureIntegralNode => ({ kind: 'measureIntegral', measures, body })
  return multiply(integral(multiply(of, measure)), power(integral(measure), -1))
}
