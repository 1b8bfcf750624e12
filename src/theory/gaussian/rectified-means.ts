import { DomainError } from '../../expression/errors.js'
import {
  add,
  call,
  divide,
  type Expression,
  half,
  multiply,
  one,
  pi,
  power,
  rational,
  squareRoot,
  subtract,
} from '../../expression/expression.js'
import type { Domains } from '../support/sample.js'
import { tidy, vanishes } from '../support/simplify.js'
import { type GaussianMean, mergedFields, rewriteMeans } from './means.js'

const twoPi = multiply(rational(2), pi)

/** E[max(0, u)^n] of a centred normal variable for n > 0, the share of positive u for n = 0. */
function rectifiedPower(n: number, variance: Expression): Expression {
  // E|u|^n is (n-1)!! times the n-th power of the deviation, and sqrt(2/pi) for odd n; half of it is above zero.
  let factorial = 1n
  for (let k = n - 1; k > 1; k -= 2) factorial *= BigInt(k)
  const constant = n % 2 === 0 ? half : power(squareRoot(twoPi), -1)
  return multiply(rational(factorial), constant, power(variance, rational(n, 2)))
}

/** Fields that are correlated with each other, in groups. */
function groupsOf(covariance: GaussianMean['covariance'], domains: Domains): readonly (readonly number[])[] {
  const groups: number[][] = []
  for (const a of covariance.keys()) {
    const tied = groups.filter((group) => group.some((b) => !vanishes(covariance[a]![b]!, domains)))
    for (const group of tied) groups.splice(groups.indexOf(group), 1)
    groups.push([...tied.flat(), a])
  }
  return groups
}

/**
 * A mean of rectifiers `max(0, u)` and their steps in closed form: half moments of one field; the arc-cosine kernels of two (Cho &
 * Saul 2009). Fields without correlation are independent. Throws DomainError for second derivatives (deltas) and for more than
 * two correlated fields or higher powers of two.
 */
export function rectifiedMean(given: GaussianMean, domains: Domains = new Map()): Expression {
  const { functions, covariance } = mergedFields(given, domains)
  if (functions.some((f) => f.order > 1))
    throw new DomainError('the second derivative of a rectifier is a delta: its mean is not written in closed form')
  return multiply(
    ...groupsOf(covariance, domains).map((group) => {
      const orders = group.map((field) => functions.filter((f) => f.field === field).map((f) => f.order))
      const [a, b, ...more] = group
      const powers = orders.map((list) => list.filter((order) => order === 0).length)
      if (b === undefined) return rectifiedPower(powers[0]!, covariance[a!]![a!]!)
      if (more.length > 0 || orders.some((list) => list.length > 1 && !list.every((order) => order === 1)))
        throw new DomainError(
          'means of more than two correlated rectifiers, or of their powers, have no closed form here',
        )
      return rectifiedPair(
        [powers[0]!, powers[1]!],
        covariance[a!]![a!]!,
        covariance[b]![b]!,
        covariance[a!]![b]!,
        domains,
      )
    }),
  )
}

/** E[f(u1) g(u2)] of two correlated fields, each a rectifier (power 1) or its step (power 0). */
function rectifiedPair(
  [first, second]: readonly [number, number],
  a: Expression,
  b: Expression,
  cross: Expression,
  domains: Domains,
): Expression {
  const product = squareRoot(multiply(a, b))
  const correlation = tidy(divide(cross, product), domains)
  const angle = add(divide(pi, rational(2)), call('asin', correlation))
  if (first === 1 && second === 1) {
    const root = squareRoot(subtract(one, power(correlation, 2)))
    return multiply(product, divide(add(root, multiply(correlation, angle)), twoPi))
  }
  if (first === 0 && second === 0) return divide(angle, twoPi)
  const deviation = squareRoot(first === 1 ? a : b)
  return multiply(half, deviation, power(squareRoot(twoPi), -1), add(one, correlation))
}

/** A formula with every Gaussian mean of an activation `max(0, u)` in closed form. */
export const withRectifiedMeans = (e: Expression, domains: Domains = new Map()): Expression =>
  rewriteMeans(e, (mean) => rectifiedMean(mean, domains), domains)
