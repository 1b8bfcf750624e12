import { setInline, withScripts } from '../formula/set-formula.js'
import { html, joined, type Markup } from '../markup.js'
import { raised } from './numbers.js'

/** The address of what a reference in a text names, relative to the page; null: nothing that has a page. */
export type Reference = (name: string) => string | null

/**
 * A text of the report: numbers of equations and ids of statements are links, pieces of LaTeX are set, `_` and `^` lower and
 * raise.
 */
export function prose(text: string, reference: Reference): Markup {
  const words =
    text
      .replace(/\s+/g, ' ')
      .trim()
      .match(/(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\S)+/g) ?? []
  return html`${joined(
    words.map((word) => setWord(word, reference)),
    ' ',
  )}`
}

function setWord(word: string, reference: Reference): Markup {
  if (word.includes('\\')) return setLatexWord(word)
  const parts: Markup[] = []
  let rest = 0
  for (const match of word.matchAll(/\(((?:\d+|[A-Z]\.\d+)[a-z]?)\)|[A-Za-z0-9][\w.-]*\/[a-z]+-[\w.-]*\w/g)) {
    const address = reference(match[1] ?? match[0])
    if (address === null) continue
    parts.push(withScripts(plainMath(word.slice(rest, match.index))), html`<a href="${address}">${match[0]}</a>`)
    rest = match.index + match[0].length
  }
  return html`${parts}${withScripts(plainMath(word.slice(rest)))}`
}

const greek: ReadonlyMap<string, string> = new Map(
  (
    'alpha α beta β gamma γ delta δ epsilon ε eps ε eta η theta θ kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ phi φ ' +
    'chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω'
  )
    .match(/\S+ \S/gu)!
    .map((pair) => [pair.slice(0, -2), pair.slice(-1)] as const),
)

/** A line of text without links: formulas typed in it as a page shows them. */
export const line = (text: string): Markup => withScripts(plainMath(text))

/** Formulas typed as plain text, as a page shows them: Greek letters, arrows, roots, powers of ten. */
export const plainMath = (text: string): string =>
  text
    .replace(/(?<![\p{L}-])[A-Za-z]+(?![\p{L}-]|\d)/gu, (word) => greek.get(word) ?? word)
    .replace(/(?<![\p{L}\d.])(\d+(?:\.\d+)?)e([-+]?\d+)(?![\p{L}\d])/gu, (_, mantissa: string, exponent: string) =>
      Number(mantissa) === 0 ? '0' : `${mantissa} × 10${raised(Number(exponent))}`,
    )
    .replace(/(?<!\p{L})sqrt\(/gu, '√(')
    .replaceAll('->', '→')
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replace(/(?<=^|[\s(=,])-(?=\d)/g, '−')
    .replace(/(?<=[\d)…i]) - (?=\d)/g, ' − ')

/** A word that holds LaTeX, but for the brackets and stops around it. */
function setLatexWord(word: string): Markup {
  const match = /^(\(?)(.*?)([.,;:]*|\)[.,;:]*)$/s.exec(word)
  const [, before = '', latex = word, after = ''] = match ?? []
  const open = (latex.match(/\(/g) ?? []).length
  const close = (latex.match(/\)/g) ?? []).length
  // A bracket that the formula itself opens belongs to it.
  if (open !== close) return setInline(word)
  return html`${before}${setInline(latex)}${after}`
}
