/** The known word that a misspelt one was meant to be, where there is one. */
export const nearWord = (word: string, known: readonly string[]): string | undefined =>
  known.find((one) => distance(one, word) <= 2)

/** Levenshtein's distance between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
