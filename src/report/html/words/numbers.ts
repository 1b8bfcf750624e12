import type { CheckReport } from '../../report.js'
import { capital } from './verdicts.js'

/** A number with no more digits than a reader of evidence needs; whole ones as they are. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return withMinus(String(value))
  const digits = Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toPrecision(4)
  const [mantissa = '', exponent] = digits.split('e')
  const plain = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return withMinus(exponent === undefined ? plain : `${plain} × 10${raised(Number(exponent))}`)
}

const withMinus = (text: string): string => text.replace(/^-/, '−')

/** A power's exponent in raised digits. */
export const raised = (exponent: number): string =>
  String(exponent).replace(/[-\d]/g, (character) => (character === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(character))))

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
  const [pValue, power, level] = ['pValue', 'power', 'significance'].map((name) => numberOf(numbers, name))
  const clauses: string[] = []
  if (typeof pValue === 'number')
    clauses.push(
      `taken alone, the largest deviation has p ${pValue < 1e-15 ? '< 10⁻¹⁵' : `= ${shortNumber(Number(pValue.toPrecision(2)))}`}`,
    )
  if (outcome === 'holds' && typeof power === 'number')
    clauses.push(`a deviation of the size named is caught with probability ${power}`)
  if (typeof level === 'number')
    clauses.push(
      `a true claim is refuted by chance with probability at most ${shortNumber(Number(level.toPrecision(2)))}, all comparisons together`,
    )
  return clauses.length === 0 ? [] : [`${capital(clauses.join('; '))}.`]
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
