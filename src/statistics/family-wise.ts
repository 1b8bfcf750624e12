import { DomainError } from '../expression/errors.js'

function checkAll(pValues: readonly number[]): void {
  for (const p of pValues)
    if (!(p >= 0 && p <= 1)) throw new DomainError(`a p-value is ${p}: p-values lie between 0 and 1`)
}

/** Bonferroni's adjusted p-values: each times the number of tests, at most 1. */
export function bonferroni(pValues: readonly number[], tests = pValues.length): readonly number[] {
  checkAll(pValues)
  return pValues.map((p) => Math.min(1, p * tests))
}

/** Holm's adjusted p-values, in the order given: as safe as Bonferroni's under any dependence, never larger. */
export function holm(pValues: readonly number[]): readonly number[] {
  checkAll(pValues)
  const n = pValues.length
  const order = pValues.map((_, k) => k).sort((a, b) => pValues[a]! - pValues[b]! || a - b)
  const adjusted = new Array<number>(n).fill(0)
  let largest = 0
  for (const [rank, k] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (n - rank) * pValues[k]!))
    adjusted[k] = largest
  }
  return adjusted
}
