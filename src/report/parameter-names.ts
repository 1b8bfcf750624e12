import type { SymbolReport } from './report.js'
import { isPlainMathematics } from './tex-text.js'

/**
 * A witness's parameter as the paper writes it: `\sigma_w` for `weightStandardDeviation`, `\alpha^{1}` for `widthRatio[1]`; a name that is
 * LaTeX already stays. Null where it is neither.
 */
export function parameterLatex(name: string, symbols: readonly SymbolReport[]): string | null {
  const [, base = name, indexed] = /^([A-Za-z]\w*)\[([^[\]]*)\]$/.exec(name) ?? []
  const symbol = symbols.find((one) => one.name === base)
  const latex = symbol === undefined ? plainName(name) : withIndices(symbol, indexed?.split(/,\s*/) ?? [])
  return latex !== null && isPlainMathematics(latex) ? latex : null
}

/** LaTeX, or one letter with its scripts. */
const plainName = (name: string): string | null => (/[\\_^]/.test(name) || /^[A-Za-z]$/.test(name) ? name : null)

function withIndices({ latex: [form], slots }: SymbolReport, indices: readonly string[]): string | null {
  if (form === undefined) return null
  if (indices.length === 0) return form
  // Where some indices are left out, it is those that may be; otherwise which ones is not known.
  const given = indices.length === slots.length ? slots : slots.filter(({ optional }) => !optional)
  if (given.length !== indices.length) return null
  const at = (wanted: (typeof slots)[number]['position']): string =>
    indices.filter((_, k) => given[k]?.position === wanted).join(',')
  // What has a script already takes no other in its place.
  const base = /[_^]/.test(form) ? `{${form}}` : form
  const [below, above] = [at('subscript'), at('superscript')]
  return `${base}${below === '' ? '' : `_{${below}}`}${above === '' ? '' : `^{${above}}`}`
}
