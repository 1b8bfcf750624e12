import { DomainError } from '../../../expression/errors.js'

/** Chances that a neuron of sign activation has the same, or the opposite, sign in two networks. They add up to 1. */
export interface Agreement {
  readonly same: number
  readonly different: number
}

/**
 * The arcsine law: two normals of mean 0 and the given correlation have the same sign with probability
 * 1/2 + asin(correlation) / pi (Sheppard 1899).
 * @throws DomainError for a correlation outside [-1, 1].
 */
export function arcsineAgreement(correlation: number): Agreement {
  if (!(correlation >= -1 && correlation <= 1))
    throw new DomainError(`the fields' correlation is ${correlation}: it lies from -1 to 1`)
  // acos keeps the smaller of the two accurate.
  return { same: Math.acos(-correlation) / Math.PI, different: Math.acos(correlation) / Math.PI }
}

/** The agreement of both signs of a correlation that rounding may have carried past 1. */
export const clampedAgreement = (correlation: number): Agreement =>
  arcsineAgreement(Math.max(-1, Math.min(1, correlation)))

/** A neuron that has no field: both signs are drawn, or both fixed. */
export const tiedAgreement = (zeroSign: 'random' | 'plus' | 'minus'): Agreement =>
  zeroSign === 'random' ? { same: 0.5, different: 0.5 } : { same: 1, different: 0 }

/**
 * Probabilities of Binomial(n, p), from its mode outwards by the ratio of neighbours, and the range outside which they
 * are below 1e-25 of the largest.
 */
export function binomialWindow(n: number, p: number): { readonly first: number; readonly probabilities: Float64Array } {
  if (p <= 0 || p >= 1) return { first: p <= 0 ? 0 : n, probabilities: Float64Array.of(1) }
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const odds = p / (1 - p)
  const above = ratios(n - mode, (j) => ((n - mode - j) / (mode + j + 1)) * odds)
  const below = ratios(mode, (j) => (mode - j) / ((n - mode + j + 1) * odds))
  const values = Float64Array.from([...below.reverse(), 1, ...above])
  const total = values.reduce((sum, x) => sum + x, 0)
  return { first: mode - below.length, probabilities: values.map((x) => x / total) }
}

/** Products of the first ratios, as long as they count. */
function ratios(count: number, ratio: (j: number) => number): number[] {
  const products: number[] = []
  let product = 1
  for (let j = 0; j < count && product > 1e-25; j++) {
    product *= ratio(j)
    products.push(product)
  }
  return products
}
