import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  exp,
  multiply,
  negate,
  pi,
  power,
  rational,
  squareRoot,
  subtract,
  symbol,
  zero,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { quadraticExponent } from '../gaussian/integrate.js'
import type { Domains } from '../support/sample.js'
import { table, type Variable } from '../support/tree.js'

export type Sign = 1 | -1
/** Signs of two fields. */
export type Quadrant = readonly [Sign, Sign]
export const quadrants: readonly Quadrant[] = [[1, 1], [-1, 1], [-1, -1], [1, -1]] // biome-ignore format: a list of pairs

/** How the angle of a quadrant is written: by the arc tangent, which needs no root of a product, or by the arc sine. */
export type AngleForm = 'tangent' | 'sine'

/**
 * The integral of exp(-x^T A x / 2) over the quadrant of the plane where both components have the given signs,
 * `(pi/2 - s t atan(A_12 / sqrt|A|)) / sqrt|A|` (Sheppard 1899, by polar coordinates). A is symmetric and positive
 * definite. Throws DomainError unless it is 2 x 2.
 */
export function quadrantIntegral(
  matrix: readonly (readonly Expression[])[],
  [s, t]: Quadrant,
  form: AngleForm = 'tangent',
): Expression {
  const [a, b, c, d] = matrix.flat()
  if (matrix.length !== 2 || matrix.some((row) => row.length !== 2) || !a || !b || !c || !d)
    throw new DomainError('a quadrant has two components')
  const root = squareRoot(subtract(multiply(a, d), multiply(b, c)))
  const angle = form === 'tangent' ? call('atan', divide(b, root)) : call('asin', divide(b, squareRoot(multiply(a, d))))
  return divide(subtract(divide(pi, rational(2)), multiply(rational(s * t), angle)), root)
}

/** The branch of a function of one variable on one side of zero: `sign(x)` is 1, `max(x, 0)` is x or 0. */
export function branch(e: Expression, variable: string, sign: Sign): Expression {
  const at = (x: Expression): Expression => branch(x, variable, sign)
  if (e.kind === 'function' && e.name === 'sign' && e.arguments[0]?.kind === 'symbol') {
    if (e.arguments[0].name === variable) return rational(sign)
  }
  if (e.kind === 'function' && (e.name === 'max' || e.name === 'min') && e.arguments.length === 2) {
    const [x, y] = e.arguments as [Expression, Expression]
    // Which is larger at a point of that side, near zero and far from it.
    const larger = [0.001, 1000].map((size) => valueAt(x, variable, sign * size) - valueAt(y, variable, sign * size))
    const first = e.name === 'max' ? larger.every((gap) => gap >= 0) : larger.every((gap) => gap <= 0)
    const second = e.name === 'max' ? larger.every((gap) => gap <= 0) : larger.every((gap) => gap >= 0)
    if (!first && !second) throw new DomainError('the activation has more than two branches')
    return first ? at(x) : at(y)
  }
  return e.kind === 'sum'
    ? add(...e.terms.map(at))
    : e.kind === 'product'
      ? multiply(...e.factors.map(at))
      : e.kind === 'power'
        ? power(at(e.base), e.exponent)
        : e
}

/** Values of the linear pieces that activations are made of. */
function valueAt(e: Expression, variable: string, x: number): number {
  if (e.kind === 'number') return Number(e.numerator) / Number(e.denominator)
  if (e.kind === 'symbol' && e.name === variable) return x
  if (e.kind === 'sum') return e.terms.reduce((sum, term) => sum + valueAt(term, variable, x), 0)
  if (e.kind === 'product') return e.factors.reduce((product, factor) => product * valueAt(factor, variable, x), 1)
  throw new DomainError('an activation is made of linear pieces, signs, maxima and minima')
}

/** Two Gaussian fields, each with an output that is a function of it without noise. */
export interface SitePair {
  readonly fields: readonly [Variable, Variable]
  readonly outputs: readonly [Variable, Variable]
  /** The activation as a formula in the symbol `variable`. */
  readonly activation: Expression
  readonly variable: string
  readonly domains?: Domains
  readonly form?: AngleForm
}

/** A quadrant's exponent: `-x^T A x / 2 + constant` in the fields. */
export interface QuadrantForm {
  readonly quadrant: Quadrant
  readonly matrix: readonly (readonly Expression[])[]
  readonly constant: Expression
}

/**
 * The exponent of a site in each quadrant of its two fields, where the outputs are linear in them. Throws DomainError where a
 * term is linear in the fields: there the integral over the quadrant has no closed form.
 */
export function quadrantForms(exponent: Expression, pair: SitePair): readonly QuadrantForm[] {
  return quadrants.map((quadrant) => {
    const outputs = pair.outputs.map((output, k) => {
      const field = pair.fields[k]!
      const value = branch(pair.activation, pair.variable, quadrant[k]!)
      const inField = substitute(value, (node) =>
        node.kind === 'symbol' && node.name === pair.variable ? field : undefined,
      )
      return [output, inField] as const
    })
    const written = substitute(exponent, table(outputs))
    const { matrix, linear, constant } = quadraticExponent(written, pair.fields, pair.domains)
    if (linear.some((term) => !(term.kind === 'number' && term.numerator === 0n)))
      throw new DomainError('the exponent is linear in a field on a quadrant: the integral has no closed form')
    return { quadrant, matrix, constant }
  })
}

/**
 * The integral of exp(exponent) over both fields, outputs following their fields: four quadrants, each in closed form. With
 * sign outputs it is the orthant probability and with rectified ones the sum of four angles.
 */
export const integrateQuadrants = (exponent: Expression, pair: SitePair): Expression =>
  add(
    ...quadrantForms(exponent, pair).map(({ quadrant, matrix, constant }) =>
      multiply(exp(constant), quadrantIntegral(matrix, quadrant, pair.form)),
    ),
  )

/**
 * The integral of exp(exponent) times a monomial of the outputs, such as their product: minus the derivative of the quadrants'
 * integrals by the strength of a source, at zero.
 */
export function outputMoment(exponent: Expression, pair: SitePair, monomial: Expression): Expression {
  const source = symbol('source of the moment')
  const whole = integrateQuadrants(subtract(exponent, multiply(source, monomial)), pair)
  return negate(substitute(differentiate(whole, source), table([[source, zero]])))
}
