import katex from 'katex'
import { html, Markup } from '../markup.js'

/** What else a formula is set with. */
export interface Setting {
  /** MathML beside what is seen, for screen readers and for copying. Takes a tenth of the room of the rest. */
  readonly mathml: boolean
}

/** Class names that marks in a formula may have; nothing else of KaTeX's HTML commands is let through. */
const markClasses = new Set(['removed', 'added'])

/**
 * A formula set by KaTeX, to be broken at its relations where it is too wide. One that is words alone is set as text; one that
 * KaTeX cannot set is shown as source, with the reason. `marked` is the same formula with marks; where it cannot be set the
 * marks are left out.
 */
export function setFormula(latex: string, setting: Setting, marked = latex): Markup {
  const words = wordsOf(latex)
  if (words !== null) return html`<span class="formula-words">${withScripts(words)}</span>`
  for (const attempt of new Set([marked, latex])) {
    const result = render(attempt, setting)
    if (result instanceof Markup) return result
    if (attempt === latex)
      return html`<span class="unset"><code>${latex}</code> <small>(shown as its source, which KaTeX cannot set: ${result})</small></span>`
  }
  return html``
}

function render(latex: string, { mathml }: Setting, style = '\\displaystyle '): Markup | string {
  try {
    return new Markup(
      katex
        .renderToString(style + latex, {
          output: mathml ? 'htmlAndMathml' : 'html',
          throwOnError: true,
          // A character that no font of KaTeX has would be set at a wrong width, with a line on the console.
          strict: (code) => (code === 'unknownSymbol' ? 'error' : 'ignore'),
          trust: (context) => context.command === '\\htmlClass' && markClasses.has(context.class),
          maxSize: 20,
          maxExpand: 1000,
        })
        // What stands at the beginning for the breaking of lines alone is no part of the source.
        .replace(`<annotation encoding="application/x-tex">${style}`, '<annotation encoding="application/x-tex">'),
    )
  } catch (error) {
    // Whatever KaTeX throws is about this one formula.
    return (error instanceof Error ? error.message : String(error))
      .replace(/^KaTeX parse error: /, '')
      .replace(/\u0332/g, '')
  }
}

/** The words of a formula that is nothing but words. */
function wordsOf(latex: string): string | null {
  const words = /^\s*\\text\{([^\\$]*)\}\s*$/.exec(latex)?.[1]
  if (words === undefined) return null
  let depth = 0
  for (const character of words) {
    if (character === '{') depth += 1
    if (character === '}' && --depth < 0) return null
  }
  return depth === 0 ? words : null
}

/** Plain text with what follows `_` and `^` lowered and raised. */
export function withScripts(text: string): Markup {
  const parts: Markup[] = []
  let rest = 0
  for (const match of text.matchAll(
    /(?<=[\p{L}\p{N})\]|*])([_^])(?:\{([^{}]*)\}|([\p{L}]|[-+]?\d+(?:\.\d+)?|\*)(?!\p{L}))/gu,
  )) {
    parts.push(html`${text.slice(rest, match.index)}`)
    const script = (match[2] ?? match[3] ?? '').replace(/^-/, '−')
    parts.push(match[1] === '_' ? html`<sub>${script}</sub>` : html`<sup>${script}</sup>`)
    rest = match.index + match[0].length
  }
  return html`${parts}${text.slice(rest)}`
}

/** A piece of LaTeX within a text; as its source where KaTeX cannot set it. */
export function setInline(latex: string): Markup {
  const result = render(latex, { mathml: true }, '')
  return result instanceof Markup ? result : html`<code>${latex}</code>`
}
