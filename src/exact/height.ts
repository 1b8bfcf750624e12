import { LimitError } from '../expression/errors.js'
import { spend } from '../numeric/budget.js'
import { wordsOf } from '../numeric/words.js'

/** Integers of more bits than this are refused (LimitError): `((2^64)^64)^64` is a short formula. */
export const largestBits = 200_000

const smallest = -(2n ** 63n)
const largest = 2n ** 63n

/** Words of the largest coefficient. */
export function heightOf(a: ReadonlyMap<string, bigint>): number {
  let high = largest
  let low = smallest
  let words = 1
  for (const c of a.values())
    if (c >= high || c <= low) {
      words = wordsOf(c)
      spend(words)
      high = c < 0n ? -c : c
      low = -high
    }
  return words
}

/** Refuses integers beyond the bound before they are made. */
export function checkedBits(words: number): void {
  if (words * 64 > largestBits)
    throw new LimitError(
      `the formula is too large to decide exactly: an integer of more than ${largestBits} bits; use smaller powers`,
    )
}
