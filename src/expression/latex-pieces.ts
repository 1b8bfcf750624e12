/** What the LaTeX writer puts together: pieces of text that know how tightly they bind, and the names of things. */
import type { Expression, Index, Relation } from './expression.js'

/** An index as in a script: `l-1`, `-q`, `0`. */
export function writeIndex(i: Index): string {
  if (i.letter === null) return String(i.sign * i.offset)
  const offset = i.offset === 0 ? '' : i.offset > 0 ? `+${i.offset}` : String(i.offset)
  return `${i.sign === -1 ? '-' : ''}${i.letter}${offset}`
}

/** How tightly a piece of LaTeX holds together: a sum needs brackets in a product, a product as the base of a power. */
export type Strength = 'sum' | 'product' | 'factor' | 'power'
export interface Piece {
  readonly text: string
  readonly strength: Strength
}
const strengths: readonly Strength[] = ['sum', 'product', 'power', 'factor']
export const piece = (text: string, strength: Strength): Piece => ({ text, strength })
export const atLeast = (p: Piece, needed: Strength): string =>
  strengths.indexOf(p.strength) >= strengths.indexOf(needed) ? p.text : `\\left(${p.text}\\right)`

export const relationLatex: ReadonlyMap<Relation, string> = new Map<Relation, string>([
  ['=', '='],
  ['≈', '\\approx'],
  ['<', '<'],
  ['>', '>'],
  ['≤', '\\le'],
  ['≥', '\\ge'],
  ['→', '\\to'],
  ['∼', '\\sim'],
  ['∈', '\\in'],
  ['∝', '\\propto'],
  ['≪', '\\ll'],
  ['≫', '\\gg'],
  ['≡', '\\equiv'],
])

export const functionLatex: ReadonlyMap<string, string> = new Map([
  ...['exp', 'log', 'sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'max', 'min'].map((f) => [f, `\\${f}`] as const),
  ['asin', '\\arcsin'],
  ['acos', '\\arccos'],
  ['atan', '\\arctan'],
  ['gamma', '\\Gamma'],
])

export const isNegative = (e: Expression): boolean =>
  (e.kind === 'number' && e.numerator < 0n) ||
  (e.kind === 'product' && e.factors[0]?.kind === 'number' && e.factors[0].numerator < 0n)

export function spaced(parts: readonly string[]): string {
  return parts.reduce((text, part) => {
    if (text === '') return part
    // Two numbers side by side would be read as one; a command must not swallow the letter behind it.
    if (/[0-9]$/.test(text) && /^[0-9]/.test(part)) return `${text} \\cdot ${part}`
    return `${text} ${part}`
  }, '')
}
