import type { Witness } from '../audit/evidence.js'
import type { CheckReport } from './report.js'

const number = /\d+(?:\.\d+)?/g

/** Both sides of a witness with long decimals cut where they have shown that they differ. */
export function shortSides({ left, right }: Pick<Witness, 'left' | 'right'>): { left: string; right: string } {
  return { left: shortened(left, right), right: shortened(right, left) }
}

/** Each number is cut beside the one in its place on the other side; whole numbers and short decimals stay. */
function shortened(text: string, other: string): string {
  const partners: readonly string[] = other.match(number) ?? []
  let position = -1
  return text.replace(number, (digits) => {
    const partner = partners[++position] ?? ''
    let shared = 0
    while (shared < digits.length && digits[shared] === partner[shared]) shared += 1
    const length = digits === partner ? 12 : Math.max(12, shared + 5)
    const isLong = /\.\d{12,}$/.test(digits) && length > digits.indexOf('.') + 1
    return isLong && length < digits.length ? `${digits.slice(0, length)}…` : digits
  })
}

/** The parameters of a witness in one line. */
export const parametersText = ({ at }: Pick<Witness, 'at'>): string =>
  Object.entries(at)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ') || 'any values'

/**
 * The check whose witness a reader follows most easily: with all its values in full, real before complex, of the fewest parameters;
 * the first where several are as simple. Undefined where none has a witness.
 */
export function withSimplestWitness(checks: readonly CheckReport[]): CheckReport | undefined {
  const ranked = checks.flatMap((check) => (check.witness === null ? [] : [{ check, rank: ranksOf(check.witness) }]))
  return ranked.sort((a, b) => firstDifference(a.rank, b.rank))[0]?.check
}

/** What makes a witness hard to follow, the worst first. */
function ranksOf({ at, left, right }: Witness): readonly number[] {
  const values = Object.values(at)
  return [
    // What was drawn from a seed, or is cut, nobody computes again.
    values.some((value) => /^seed \d+$|…/.test(value)) ? 1 : 0,
    [...values, left, right].some((value) => /(?:^|[\d\s*+-])i(?![a-z])/i.test(value)) ? 1 : 0,
    values.length,
  ]
}

const firstDifference = (a: readonly number[], b: readonly number[]): number =>
  a.map((rank, k) => rank - b[k]!).find((difference) => difference !== 0) ?? 0
