import type { CheckReport } from '../../report.js'

/** A number with no more digits than a reader of evidence needs; whole ones as they are. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return withMinus(String(value))
  const digits = Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toPrecision(4)
  const [mantissa = '', exponent] = digits.split('e')
  const plain = mantissa.includes('.') && exponent === undefined ? mantissa.replace(/\.?0+$/, '') : mantissa
  return withMinus(exponent === undefined ? plain : `${plain} × 10${raised(Number(exponent))}`)
}

const withMinus = (text: string): string => text.replace(/^-/, '−')

const raised = (exponent: number): string =>
  String(exponent).replace(/[-\d]/g, (character) => (character === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(character))))

/** A share as a percentage of two figures. */
const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`

type Numbers = CheckReport['numbers']
const numberOf = (numbers: Numbers, name: string): number | null => {
  const value = numbers[name]
  return typeof value === 'number' ? value : null
}

/** What the numbers of a check say beyond its summary, as sentences. */
export function numberSentences({ method, numbers, leadingOrder, outcome }: CheckReport): readonly string[] {
  const sentences: string[] = []
  if (numbers['secondEngine'] === 'agrees') sentences.push('A second, independent algebra engine agrees.')
  else if (numbers['secondEngine'] === 'no opinion')
    sentences.push('The second algebra engine could not decide it either way.')
  else if (typeof numbers['secondEngine'] === 'string')
    sentences.push(`The second algebra engine: ${numbers['secondEngine']}; where engines disagree, numbers decide.`)
  const order = numberOf(numbers, 'order')
  if (leadingOrder && order !== null) sentences.push(`The measured order of the error is ${shortNumber(order)}.`)
  if (method === 'sampled') sentences.push(...sampledSentences(numbers, outcome))
  return sentences
}

function sampledSentences(numbers: Numbers, outcome: CheckReport['outcome']): readonly string[] {
  const sentences: string[] = []
  const [z, pValue] = [numberOf(numbers, 'z'), numberOf(numbers, 'pValue')]
  const level = numberOf(numbers, 'significance')
  if (z !== null && pValue !== null) {
    const chance = pValue < 1e-15 ? 'below 10⁻¹⁵' : shortNumber(Number(pValue.toPrecision(2)))
    sentences.push(
      `The largest deviation is ${shortNumber(Number(z.toPrecision(3)))} standard errors; the chance of one as large, if the claim holds, is ${chance}.`,
    )
  }
  const [smallest, power] = [numberOf(numbers, 'smallestDetectable'), numberOf(numbers, 'power')]
  if (outcome === 'holds' && smallest !== null && power !== null)
    sentences.push(`A deviation of ${percent(smallest)} would have been caught with probability ${power}.`)
  if (level !== null)
    sentences.push(
      `A true claim is refuted by chance with probability at most ${shortNumber(Number(level.toPrecision(2)))}.`,
    )
  return sentences
}

/** Every number of a check, its name in words, for who wants them all. */
export const allNumbers = (numbers: Numbers): readonly (readonly [name: string, value: string])[] =>
  Object.entries(numbers).map(([name, value]) => [
    spaced(name),
    typeof value === 'number'
      ? name === 'seed'
        ? String(value)
        : shortNumber(value)
      : typeof value === 'object'
        ? value.map(shortNumber).join(', ')
        : String(value),
  ])

/** `weightStandardDeviation[l-1]` as `weight standard deviation [l−1]`. */
export const spaced = (name: string): string =>
  /^[A-Za-z ]+(\[|$)/.test(name)
    ? name
        .replace(/[A-Z](?=[a-z])/g, (letter, at: number) => (at === 0 ? letter : ` ${letter.toLowerCase()}`))
        .replace(/\s*\[/, ' [')
        .replace(/\s+/g, ' ')
        .trim()
    : name
