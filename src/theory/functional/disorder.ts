import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  half,
  mapChildren,
  multiply,
  type NumberNode,
  negate,
  one,
  pi,
  power,
  rational,
  sameTree,
  squareRoot,
  subtract,
  zero,
} from '../../expression/expression.js'
import { exponentOf } from '../../expression/named.js'
import { substitute } from '../../expression/substitute.js'
import { completeSquare, quadraticExponent } from '../gaussian/integrate.js'
import { expanded } from '../support/simplify.js'
import { factorsOf, table, termsOf, type Variable } from '../support/tree.js'

/**
 * The logarithm of the average of exp(exponent) over independent normal variables of mean zero, in closed form. The
 * exponent is of degree one in the variables; its coefficients may be imaginary.
 */
export function gaussianAverage(
  exponent: Expression,
  variables: readonly Variable[],
  variance: Expression,
): Expression {
  const prior = variables.map((variable) => negate(divide(power(variable, 2), multiply(rational(2), variance))))
  return completeSquare(add(exponent, ...prior), variables).remainder
}

/** A product of sums of exponentials as a sum of coefficients and exponents. */
function exponentials(e: Expression): readonly { readonly coefficient: Expression; readonly exponent: Expression }[] {
  const exponent = exponentOf(e)
  if (exponent !== null) return [{ coefficient: one, exponent }]
  if (e.kind === 'sum') return e.terms.flatMap(exponentials)
  if (e.kind !== 'product') return [{ coefficient: e, exponent: zero }]
  return e.factors.map(exponentials).reduce((left, right) =>
    left.flatMap((a) =>
      right.map((b) => ({
        coefficient: multiply(a.coefficient, b.coefficient),
        exponent: add(a.exponent, b.exponent),
      })),
    ),
  )
}

/** The average of a sum of exponentials over independent normal variables of mean zero: term by term, as `gaussianAverage`. */
export const averageOfExponentials = (
  e: Expression,
  variables: readonly Variable[],
  variance: Expression,
): Expression =>
  add(
    ...exponentials(e).map(({ coefficient, exponent }) =>
      multiply(coefficient, exp(gaussianAverage(exponent, variables, variance))),
    ),
  )

/** The mean of a polynomial of degree two in independent variables of mean zero and the given variance. */
export function secondMoment(polynomial: Expression, variables: readonly Variable[], variance: Expression): Expression {
  const origin = table(variables.map((variable) => [variable, zero] as const))
  const curvatures = variables.map((variable) => multiply(half, variance, differentiate(polynomial, variable, 2)))
  return add(substitute(polynomial, origin), ...curvatures.map((c) => substitute(c, origin)))
}

/**
 * The average of an expression over a variable whose law is a mixture of values, `\sum_k c_k \delta(x - x_k)`. Throws DomainError
 * for a law that is none.
 */
export function averageOverMixture(e: Expression, variable: Variable, law: Expression): Expression {
  return add(
    ...termsOf(law).map((term) => {
      const deltas = factorsOf(term).filter((f) => f.kind === 'function' && f.name === 'diracDelta')
      const [delta] = deltas
      if (delta?.kind !== 'function' || deltas.length !== 1)
        throw new DomainError('the law of the variable is no mixture of values')
      const gap = delta.arguments[0]!
      const value = negate(substitute(gap, table([[variable, zero]])))
      if (!sameTree(differentiate(gap, variable), one)) throw new DomainError('a value of the mixture is not stated')
      return multiply(...factorsOf(term).filter((f) => f !== delta), substitute(e, table([[variable, value]])))
    }),
  )
}

/**
 * The integral of exp(exponent) over a variable from zero to infinity (`side` 1) or from minus infinity to zero (-1), for an
 * exponent `-a x^2 / 2 + b x + c`: `sqrt(pi/(2a)) e^{c + b^2/(2a)} [1 + side erf(b / sqrt(2a))]`.
 */
export function halfLineGaussian(exponent: Expression, variable: Variable, side: 1 | -1): Expression {
  const { matrix, linear, constant } = quadraticExponent(exponent, [variable])
  const [a, b] = [matrix[0]![0]!, linear[0]!]
  const whole = multiply(
    squareRoot(divide(pi, multiply(rational(2), a))),
    exp(add(constant, divide(power(b, 2), multiply(rational(2), a)))),
  )
  const part = call('erf', divide(b, squareRoot(multiply(rational(2), a))))
  return multiply(whole, side === 1 ? add(one, part) : subtract(one, part))
}

/** An expression in the inverse root of a positive quantity: every power of it, also under roots of products, as a power of `root`. */
export function inInverseRoot(e: Expression, quantity: Variable, root: Variable): Expression {
  // (r x)^p = r^p x^p for positive r, whatever x is.
  const raised = (base: Expression, exponent: NumberNode): Expression => {
    if (sameTree(base, root)) return power(root, exponent)
    if (base.kind === 'power' && sameTree(base.base, root) && base.exponent.kind === 'number')
      return power(root, times(base.exponent, exponent))
    if (base.kind !== 'product') return power(base, exponent)
    const own = base.factors.filter((factor) => isPowerOf(factor, root))
    const others = base.factors.filter((factor) => !isPowerOf(factor, root))
    return multiply(...own.map((factor) => raised(factor, exponent)), power(multiply(...others), exponent))
  }
  const visit = (node: Expression): Expression => {
    if (sameTree(node, quantity)) return power(root, -2)
    const inner = mapChildren(node, visit)
    return inner.kind === 'power' && inner.exponent.kind === 'number' ? raised(inner.base, inner.exponent) : inner
  }
  return visit(e)
}

const times = (a: NumberNode, b: NumberNode): NumberNode =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)

const isPowerOf = (e: Expression, root: Variable): boolean =>
  sameTree(e, root) || (e.kind === 'power' && e.exponent.kind === 'number' && sameTree(e.base, root))

/** The Taylor polynomial of an expression in a small quantity, up to the given order. */
export function taylor(e: Expression, small: Variable, order: number): Expression {
  const terms: Expression[] = []
  let derivative = e
  let factorial = 1
  for (let k = 0; k <= order; k++) {
    if (k > 0) {
      derivative = differentiate(derivative, small)
      factorial *= k
    }
    terms.push(multiply(rational(1, factorial), substitute(derivative, table([[small, zero]])), power(small, k)))
  }
  return add(...terms)
}

/** The order of the first term that a Taylor polynomial leaves out: the lowest beyond `order` whose coefficient is not zero; null up to `most`. */
export function nextOrder(e: Expression, small: Variable, order: number, most = order + 4): number | null {
  let derivative = differentiate(e, small, order)
  for (let k = order + 1; k <= most; k++) {
    derivative = differentiate(derivative, small)
    const coefficient = expanded(substitute(derivative, table([[small, zero]])))
    if (!(coefficient.kind === 'number' && coefficient.numerator === 0n)) return k
  }
  return null
}

/** The quadratic form of an expression in variables, contracted with given second moments: `\sum_{ij} f_{ij} m_{ij}`. */
export function withSecondMoments(
  e: Expression,
  variables: readonly Variable[],
  moment: (row: number, column: number) => Expression,
): Expression {
  const origin = table(variables.map((variable) => [variable, zero] as const))
  const terms = variables.flatMap((x, row) =>
    variables.map((y, column) =>
      multiply(half, substitute(differentiate(differentiate(e, x), y), origin), moment(row, column)),
    ),
  )
  return add(substitute(e, origin), ...terms)
}
