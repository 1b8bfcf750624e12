import { DomainError } from '../expression/errors.js'
import { incompleteBeta } from './tails.js'

function checkCount(count: number, trials: number, probability: number): void {
  if (!Number.isSafeInteger(trials) || trials < 0 || !Number.isSafeInteger(count) || count < 0 || count > trials)
    throw new DomainError(`${count} of ${trials} is no number of successes: give whole numbers, 0 <= count <= trials`)
  if (!(probability >= 0 && probability <= 1))
    throw new DomainError(`a success has the probability ${probability}: give a number from 0 to 1`)
}

/** P(X >= count) of a binomial X; exact up to rounding, also far into the tail. @throws DomainError for no binomial. */
export function binomialUpper(count: number, trials: number, probability: number): number {
  checkCount(count, trials, probability)
  if (count === 0) return 1
  return probability === 1 ? 1 : incompleteBeta(probability, count, trials - count + 1)
}

/** P(X <= count) of a binomial X. @throws DomainError for no binomial. */
export function binomialLower(count: number, trials: number, probability: number): number {
  checkCount(count, trials, probability)
  if (count === trials) return 1
  return probability === 0 ? 1 : incompleteBeta(1 - probability, trials - count, count + 1)
}

/** Two-sided p-value of a binomial count: twice the smaller tail, at most 1. @throws DomainError for no binomial. */
export const binomialTwoSided = (count: number, trials: number, probability: number): number =>
  Math.min(1, 2 * Math.min(binomialUpper(count, trials, probability), binomialLower(count, trials, probability)))
