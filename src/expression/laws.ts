/** Averages over variables with a law of their own, as integrals with the density written out. */
import {
  call,
  divide,
  type Expression,
  exp,
  multiply,
  negate,
  one,
  pi,
  power,
  rational,
  squareRoot,
  subtract,
  symbol,
  zero,
} from './expression.js'
import type { LawDeclaration } from './notation.js'

/** A variable that is averaged over. */
export interface LawfulVariable {
  /** Its canonical name, or its letter where it is not declared. */
  readonly variable: string
  readonly law: LawDeclaration['law']
}

/** Gamma(n) as an exact number for a whole n, otherwise as a function. */
const gammaOf = (x: number): Expression => {
  if (!Number.isInteger(x) || x > 20) return call('gamma', rationalOf(x))
  let factorial = 1n
  for (let k = 2n; k < BigInt(x); k++) factorial *= k
  return rational(factorial)
}

/** A decimal number exactly. */
const rationalOf = (x: number): Expression => {
  const [whole, decimals = ''] = String(x).split('.')
  return rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length))
}

/** The density of a law at a variable: of the standard normal law, or of Beta(alpha, beta) on [0, 1]. */
export function densityOf({ variable, law }: LawfulVariable): Expression {
  const x = symbol(variable)
  if (law.kind === 'normal')
    return multiply(exp(divide(negate(power(x, 2)), rational(2))), power(squareRoot(multiply(rational(2), pi)), -1))
  const { alpha, beta } = law
  return multiply(
    divide(gammaOf(alpha + beta), multiply(gammaOf(alpha), gammaOf(beta))),
    power(x, rationalOf(alpha - 1)),
    power(subtract(one, x), rationalOf(beta - 1)),
  )
}

/** The mean of an expression over independent variables: bounded ones outermost, so that Gaussian integrals stay together. */
export function lawAverage(of: Expression, variables: readonly LawfulVariable[]): Expression {
  const normal = variables.filter(({ law }) => law.kind === 'normal')
  const bounded = variables.filter(({ law }) => law.kind !== 'normal')
  const gaussian = normal.reduceRight<Expression>(
    (body, { variable }) => ({ kind: 'integral', variable, from: null, to: null, body }),
    multiply(...normal.map(densityOf), of),
  )
  return bounded.reduceRight<Expression>(
    (body, one_) => ({
      kind: 'integral',
      variable: one_.variable,
      from: zero,
      to: one,
      body: multiply(densityOf(one_), body),
    }),
    gaussian,
  )
}
