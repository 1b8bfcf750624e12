import type { Witness } from '../audit/evidence.js'

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
