import { children, type Expression } from './expression.js'

/**
 * How far apart the sites are that expressions couple: the largest distance between two indices with the same letter, `l+1` and
 * `l-2` are three apart; of a wave vector the largest whole multiple, since cos 3q couples sites three apart. On a ring of
 * at most twice as many sites two distances are the same, and formulas that differ may agree there.
 *
 * @param isSite whether a letter stands for a site
 * @param isWave whether a letter stands for a wave vector
 */
export function reachOf(
  expressions: readonly Expression[],
  isSite: (letter: string) => boolean,
  isWave: (letter: string) => boolean = () => false,
): number {
  const ends = new Map<string, { low: number; high: number }>()
  let multiple = 0
  const visit = (e: Expression): void => {
    if (e.kind === 'indexed' || e.kind === 'apply')
      for (const { index } of e.indices)
        if (index.letter !== null && isSite(index.letter)) {
          const { low, high } = ends.get(index.letter) ?? { low: index.offset, high: index.offset }
          ends.set(index.letter, { low: Math.min(low, index.offset), high: Math.max(high, index.offset) })
        }
    if (e.kind === 'product' && e.factors.some((f) => f.kind === 'symbol' && isWave(f.name)))
      for (const f of e.factors)
        if (f.kind === 'number' && f.denominator === 1n) multiple = Math.max(multiple, Math.abs(Number(f.numerator)))
    for (const child of children(e)) visit(child)
  }
  for (const e of expressions) visit(e)
  return Math.max(multiple, ...[...ends.values()].map(({ low, high }) => high - low))
}
