/** Activations that are proportional to their argument on either side of zero, as a paper defines them, and their Gaussian means. */
import {
  add,
  type Context,
  DomainError,
  type Expression,
  type Formula,
  lastSide,
  multiply,
  negate,
  one,
  power,
  rational,
  sameTree,
  simplify,
  subtract,
} from 'corrigenda'
import { type GaussianMean, rectifiedMean } from 'corrigenda/theory'
import { domains, replaced, tidied } from './signals.js'

/** The slopes of an activation on either side of zero. */
export interface Slopes {
  readonly above: Expression
  readonly below: Expression
}

/** The slopes of an activation as it is defined. Throws DomainError where it is not proportional to its argument on either side. */
export function slopesOf(definition: Formula, { read }: Context): Slopes {
  const at = (x: number): Expression => simplify(replaced(lastSide(definition), read('x'), rational(x)))
  for (const x of [1, -1])
    for (const factor of [0, 2, 7])
      if (!sameTree(at(factor * x), simplify(multiply(rational(factor), at(x)))))
        throw new DomainError('the activation is not proportional to its argument on either side of zero')
  return { above: at(1), below: simplify(negate(at(-1))) }
}

/** The mean of such an activation, or of its square, of one centred Gaussian field; other means throw DomainError. */
export function meanOf({ above, below }: Slopes, { functions, covariance }: GaussianMean): Expression {
  const [[variance]] = covariance as [[Expression]]
  const [rectifier, ...others] = functions
  if (covariance.length !== 1 || others.length > 1 || functions.some(({ order }) => order !== 0) || !rectifier)
    throw new DomainError('means of an activation or of its square, of one field, are known in closed form')
  // Above zero the field is the rectifier of itself, below it that of its opposite, with the other sign.
  const half = rectifiedMean({ functions, covariance }, domains)
  const squared = others.length === 1
  const both = squared
    ? add(multiply(power(above, 2), half), multiply(power(below, 2), subtract(variance, half)))
    : multiply(subtract(above, below), half)
  return tidied(both)
}

/** The share of a centred Gaussian field's values at which such an activation is zero. */
export function zeroShare({ above, below }: Slopes, field: GaussianMean['covariance']): Expression {
  const step = { name: 'activation', indices: [], order: 1, field: 0 }
  const positive = rectifiedMean({ functions: [step], covariance: field }, domains)
  const zero = rational(0)
  return tidied(
    add(...[...(sameTree(above, zero) ? [positive] : []), ...(sameTree(below, zero) ? [subtract(one, positive)] : [])]),
  )
}
