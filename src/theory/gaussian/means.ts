import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  divide,
  type Expression,
  exp,
  half,
  type IndexSlot,
  type IntegralNode,
  multiply,
  negate,
  pi,
  power,
  rational,
  sameTree,
  squareRoot,
  subtract,
  symbol,
  zero,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import type { Domains } from '../support/sample.js'
import { tidy, vanishes } from '../support/simplify.js'
import { factorsOf, some, table, type Variable } from '../support/tree.js'

/** The derivative of some order of a declared function at a Gaussian field, by the field's position. */
export interface FieldFunction {
  readonly name: string
  readonly indices: readonly IndexSlot[]
  readonly order: number
  readonly field: number
}

/**
 * `\int Dz_1 Dz_2 … f(u_1) g(u_2) …` with fields that are linear in standard normal variables: all that it depends on are the
 * functions and the fields' covariance, however the fields are written in the variables.
 */
export interface GaussianMean {
  readonly functions: readonly FieldFunction[]
  readonly covariance: readonly (readonly Expression[])[]
}

/** A mean with the factors of the integrand that hold no variable of integration. */
export interface ScaledMean {
  readonly factor: Expression
  readonly mean: GaussianMean
}

const isZero = (e: Expression): boolean => e.kind === 'number' && e.numerator === 0n

/** The density of a standard normal variable, as the reader writes `Dz`. */
const densityOf = (z: Expression): readonly [Expression, Expression] => [
  exp(divide(negate(power(z, 2)), rational(2))),
  power(squareRoot(multiply(rational(2), pi)), -1),
]

/** Reads a Gaussian integral of functions of linear fields. Null where the integrand is anything else. */
export function gaussianMeanOf(e: IntegralNode, domains: Domains = new Map()): ScaledMean | null {
  const variables: Variable[] = []
  let body: Expression = e
  while (body.kind === 'integral') {
    if (body.from !== null || body.to !== null) return null
    variables.push(symbol(body.variable))
    body = body.body
  }
  const rest = [...factorsOf(body)]
  for (const variable of variables)
    for (const density of densityOf(variable)) {
      const at = rest.findIndex((factor) => sameTree(factor, density))
      if (at < 0) return null
      rest.splice(at, 1)
    }
  const depends = (factor: Expression): boolean =>
    variables.some((variable) => some(factor, (node) => sameTree(node, variable)))
  const found = rest.filter(depends).flatMap(asFunctions)
  if (found.some((one) => one === null)) return null
  const given = found.filter((one) => one !== null)
  const fields: Expression[] = []
  const functions = given.map(({ name, indices, order, argument }): FieldFunction => {
    const known = fields.findIndex((field) => sameTree(field, argument))
    if (known < 0) fields.push(argument)
    return { name, indices, order, field: known < 0 ? fields.length - 1 : known }
  })
  const slopes = fields.map((field) => slopesOf(field, variables, domains))
  if (slopes.some((row) => row === null)) return null
  const rows = slopes.filter((row) => row !== null)
  const covariance = rows.map((a) =>
    rows.map((b) => tidy(add(...a.map((slope, k) => multiply(slope, b[k]!))), domains)),
  )
  return { factor: multiply(...rest.filter((factor) => !depends(factor))), mean: { functions, covariance } }
}

interface AppliedFunction extends Omit<FieldFunction, 'field'> {
  readonly argument: Expression
}

/** A factor as functions of fields; a null among them where it is no product of such. */
function asFunctions(factor: Expression): readonly (AppliedFunction | null)[] {
  if (factor.kind === 'power' && factor.exponent.kind === 'number') {
    const { numerator, denominator } = factor.exponent
    if (denominator !== 1n || numerator < 1n || numerator > 8n) return [null]
    return Array.from({ length: Number(numerator) }, () => asFunctions(factor.base)).flat()
  }
  const order = factor.kind === 'derivative' ? factor.order : 0
  const of = factor.kind === 'derivative' ? factor.of : factor
  const [argument, ...more] = of.kind === 'apply' ? of.arguments : []
  if (of.kind !== 'apply' || argument === undefined || more.length > 0) return [null]
  if (factor.kind === 'derivative' && !sameTree(factor.variable, argument)) return [null]
  return [{ name: of.name, indices: of.indices, order, argument }]
}

/** The slopes of a field in the variables; null where it is not linear in them, without a constant. */
function slopesOf(field: Expression, variables: readonly Variable[], domains: Domains): readonly Expression[] | null {
  const origin = table(variables.map((variable) => [variable, zero] as const))
  if (!vanishes(substitute(field, origin), domains)) return null
  const slopes = variables.map((variable) => differentiate(field, variable))
  const constant = slopes.every((slope) =>
    variables.every((variable) => !some(slope, (node) => sameTree(node, variable))),
  )
  return constant ? slopes : null
}

/** The same mean with fields that are equal (of correlation one) counted once. */
export function mergedFields({ functions, covariance }: GaussianMean, domains: Domains = new Map()): GaussianMean {
  const same = (a: number, b: number): boolean =>
    [covariance[a]![a]!, covariance[b]![b]!].every((variance) =>
      vanishes(subtract(variance, covariance[a]![b]!), domains),
    )
  const kept: number[] = []
  const place = covariance.map((_, a) => {
    const known = kept.findIndex((b) => same(a, b))
    return known < 0 ? kept.push(a) - 1 : known
  })
  return {
    functions: functions.map((f) => ({ ...f, field: place[f.field]! })),
    covariance: kept.map((a) => kept.map((b) => covariance[a]![b]!)),
  }
}

/**
 * A mean as an integral over standard normal variables, the fields by Cholesky's factor of their covariance: the first field is
 * its standard deviation times the first variable. Equal fields are one. Throws DomainError for too few variables.
 */
export function meanIntegral(
  given: GaussianMean,
  variables: readonly Variable[],
  domains: Domains = new Map(),
): Expression {
  const { functions, covariance } = mergedFields(given, domains)
  const size = covariance.length
  if (size > variables.length) throw new DomainError(`${size} fields need as many variables of integration`)
  const factor: Expression[][] = []
  for (let a = 0; a < size; a++) {
    const row: Expression[] = []
    for (let b = 0; b <= a; b++) {
      const before = add(...row.map((entry, k) => multiply(entry, factor[b]?.[k] ?? entry)))
      const left = tidy(subtract(covariance[a]![b]!, before), domains)
      row.push(a === b ? squareRoot(left) : divide(left, factor[b]![b]!))
    }
    factor.push(row)
  }
  const used = variables.slice(0, size)
  const field = (a: number): Expression => add(...factor[a]!.map((entry, k) => multiply(entry, used[k]!)))
  const body = multiply(
    ...functions.map((f) => functionAt(f, field(f.field))),
    ...used.flatMap((variable) => densityOf(variable)),
  )
  return used.reduceRight<Expression>((inner, variable) => {
    if (variable.kind !== 'symbol') throw new DomainError('a Gaussian integral runs over scalars')
    return { kind: 'integral', variable: variable.name, from: null, to: null, body: inner }
  }, body)
}

function functionAt({ name, indices, order }: FieldFunction, argument: Expression): Expression {
  const of: Expression = { kind: 'apply', name, indices, arguments: [argument] }
  return order === 0 ? of : { kind: 'derivative', of, variable: argument, order }
}

/**
 * The derivative of a mean by a parameter of its covariance, `sum_ab (dS_ab/dp) E[d_a d_b …] / 2` (Price 1958): a combination of
 * means of derivatives, which has a limit where fields become equal although their representation by normal variables has none.
 */
export function meanSlope(mean: GaussianMean, parameter: Variable): readonly ScaledMean[] {
  const terms: ScaledMean[] = []
  for (const [a, row] of mean.covariance.entries())
    for (const [b, entry] of row.entries()) {
      const slope = differentiate(entry, parameter)
      if (isZero(slope)) continue
      for (const once of derivedBy(mean.functions, a))
        for (const functions of derivedBy(once, b))
          terms.push({ factor: multiply(half, slope), mean: { functions, covariance: mean.covariance } })
    }
  return terms
}

/** The product rule: one term for each function of the field. */
const derivedBy = (functions: readonly FieldFunction[], field: number): readonly (readonly FieldFunction[])[] =>
  functions.flatMap((f, at) =>
    f.field === field ? [functions.map((g, k) => (k === at ? { ...g, order: g.order + 1 } : g))] : [],
  )

/** A formula with its Gaussian means rewritten: every integral that `gaussianMeanOf` reads by what `write` makes of it. */
export function rewriteMeans(
  e: Expression,
  write: (mean: GaussianMean) => Expression,
  domains: Domains = new Map(),
): Expression {
  return substitute(e, (node) => {
    if (node.kind !== 'integral') return undefined
    const found = gaussianMeanOf(node, domains)
    return found === null ? undefined : multiply(found.factor, write(found.mean))
  })
}
