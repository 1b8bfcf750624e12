/** One display that states several formulas, or one with the condition under which it holds, taken apart. */

import { trimLatex } from './trim-latex.js'

/** A formula of a display. */
export interface FormulaPart {
  readonly latex: string
  /** What the display says about when it holds, as LaTeX or words; null where it says nothing. */
  readonly condition: string | null
}

/**
 * The formulas that a display states: those with a wide space, `and` or a comma between them, the rows of a system, the cases of
 * a function that is given by cases. Conditions (`for x > 0`, `x \in [0, 1]`, `l = 1, \dots, L`) go with the formula before
 * them. One formula where nothing of this stands there.
 */
export function formulasIn(latex: string): readonly FormulaPart[] {
  const parts = bySystem(latex) ?? bySeparators(latex)
  const opened = parts.flatMap((part) => byCases(part) ?? [part])
  const isOne = opened.length === 0 || (opened.length === 1 && opened[0]!.condition === null)
  return isOne ? [{ latex, condition: null }] : opened
}

const relation =
  /^(?::=|=|<|>|\\(?:approx|leq?|geq?|equiv|sim|simeq|cong|propto|ll|gg|to|rightarrow|leqslant|geqslant|neq?|in|subset)(?![a-zA-Z]))/
const separator =
  /^(?:[,;.]?\s*(?:\\(?:qquad|quad)(?![a-zA-Z])|\\hspace\s*\{[^}]*\}|\\(?:text|mbox|textrm|mathrm)\s*\{\s*(?:and|or|with|where|while|for|if|when|as|at|on|but|so that|such that|otherwise|else)(?:\s[^{}]*)?\})|[,;](?=\s|\\))/
const conditional = /^(?:for|if|when|as|at|on|such that|otherwise|else)\b/
const joining = /^(?:and|or|with|where|while|but|so that|given by)\b/

const pieceOf = /^(?:\\(?:begin|end)\s*\{[^}]*\}|\\(?:left|right)\s*(?:\\[a-zA-Z]+|\\.|.)|\\[a-zA-Z]+|\\[\s\S]|[\s\S])/
const opens = /^\\(?:begin|left)(?![a-zA-Z])|^(?:\{|\(|\[|\\\{|\\langle)$/
const closes = /^\\(?:end|right)(?![a-zA-Z])|^(?:\}|\)|\]|\\\}|\\rangle)$/

/** The next command, bracket or sign, and how deep in brackets one is behind it. */
function step(rest: string, depth: number): { readonly piece: string; readonly depth: number } {
  const [piece] = pieceOf.exec(rest)!
  return { piece, depth: opens.test(piece) ? depth + 1 : closes.test(piece) ? Math.max(0, depth - 1) : depth }
}

interface Cut {
  readonly text: string
  /** The words that stand before it, without \text. */
  readonly words: string
}

/** The text cut at its separators outside of all brackets. */
function cuts(latex: string): readonly Cut[] {
  const found: { text: string; words: string }[] = [{ text: '', words: '' }]
  let depth = 0
  for (let at = 0; at < latex.length; ) {
    const rest = latex.slice(at)
    const between = depth === 0 ? separator.exec(rest)?.[0] : undefined
    if (between !== undefined) {
      const words = /\\(?:text|mbox|textrm|mathrm)\s*\{\s*([^{}]*?)\s*\}/.exec(between)?.[1] ?? ''
      const last = found.at(-1)!
      // `\quad \text{and} \quad`: one separator of three.
      if (last.text.trim() === '' && found.length > 1)
        last.words = [last.words, words].filter((w) => w !== '').join(' ')
      else found.push({ text: '', words })
      at += between.length
      continue
    }
    const { piece, depth: within } = step(rest, depth)
    depth = within
    found.at(-1)!.text += piece
    at += piece.length
  }
  return found
    .map(({ text, words }) => ({ text: trimLatex(text), words }))
    .filter(({ text, words }) => text !== '' || words !== '')
}

/** The first relation outside of all brackets, and what stands before it. */
function relationIn(latex: string): { readonly sign: string; readonly before: string } | null {
  let depth = 0
  for (let at = 0; at < latex.length; ) {
    const rest = latex.slice(at)
    const sign = depth === 0 ? relation.exec(rest)?.[0] : undefined
    if (sign !== undefined) return { sign, before: latex.slice(0, at).trim() }
    const { piece, depth: within } = step(rest, depth)
    depth = within
    at += piece.length
  }
  return null
}

/** Whether a piece says when something holds, and not what: a membership, an inequality, a range of indices. */
function isCondition({ text, words }: Cut, after: FormulaPart | undefined): boolean {
  if (conditional.test(words)) return true
  if (after === undefined) return false
  if (/^\\forall(?![a-zA-Z])/.test(text)) return true
  const found = relationIn(text)
  if (found === null) return words !== ''
  if (joining.test(words)) return false
  if (/^(?:\\in|\\neq?|\\to|\\rightarrow|\\subset)/.test(found.sign)) return true
  const first = relationIn(after.latex)
  if (/^(?:[<>]|\\(?:le|ge|ll|gg))/.test(found.sign))
    return first !== null && /^(?::?=|\\(?:approx|equiv|simeq))/.test(first.sign)
  return false
}

/** A piece in round brackets that says when something holds: `(x > 0)`. */
const isAside = (text: string): boolean =>
  /^(?:\\left\s*)?\([^()]*\)$/.test(text) && /[<>=]|\\(?:in|neq?|le|ge|ll|gg|to|forall)/.test(text)

/** `l = 1` with `\dots` or `2` behind it: the range of an index. */
const isRange = ({ text }: Cut, next: Cut | undefined): boolean =>
  /^\\?[a-zA-Z]+'?\s*=\s*-?\d+$/.test(text) &&
  next !== undefined &&
  next.words === '' &&
  /^(?:\\(?:l?dots|cdots)|-?\d+|[a-zA-Z]$)/.test(next.text)

function bySeparators(latex: string): readonly FormulaPart[] {
  const parts: FormulaPart[] = []
  const all = cuts(latex)
  for (const [k, cut] of all.entries()) {
    const last = parts.at(-1)
    const more = last?.condition ?? null
    const said = [cut.words, cut.text].filter((one) => one !== '').join(' ')
    if (last !== undefined && (isCondition(cut, last) || isAside(cut.text) || isRange(cut, all[k + 1])))
      parts[parts.length - 1] = { ...last, condition: more === null ? said : `${more}, ${said}` }
    else if (last !== undefined && more !== null && relationIn(cut.text) === null)
      // `l = 1, \dots, L`: the rest of a condition.
      parts[parts.length - 1] = { ...last, condition: `${more}, ${said}` }
    else if (last !== undefined && (relationIn(cut.text) === null || relationIn(last.latex) === null))
      // A list or a remark, no formula: it stays where it was.
      parts[parts.length - 1] = { ...last, latex: `${last.latex}, ${cut.text}` }
    else parts.push({ latex: cut.text, condition: null })
  }
  return parts
}

const layouts = 'aligned|alignedat|gathered|split|array|cases|dcases|rcases|empheq'
const system = new RegExp(
  `^(?:\\\\left\\s*(?:\\\\\\{|\\\\lbrace|\\.|\\[)\\s*)?\\\\begin\\s*\\{(${layouts})\\}(?:\\s*\\[[^\\]]*\\])?(?:\\s*\\{[^{}]*\\})?([\\s\\S]*)\\\\end\\s*\\{\\1\\}\\s*(?:\\\\right\\s*(?:\\.|\\\\\\}|\\\\rbrace|\\]))?$`,
)

/** Rows, each a formula of its own, that a brace or nothing holds together; null where it is no such system. */
function bySystem(latex: string): readonly FormulaPart[] | null {
  const found = system.exec(latex.trim())
  if (found === null) return null
  const rows = rowsOf(found[2]!)
  const texts = rows.map((cells) => cells.join(' ').trim())
  // A row without a left side goes on with the one before.
  const whole = texts.every((row) => (relationIn(row)?.before ?? '') !== '')
  return whole && texts.length > 1 ? texts.flatMap(bySeparators) : null
}

/** A function given by cases as one formula for each; null where there are none. */
function byCases({ latex, condition }: FormulaPart): readonly FormulaPart[] | null {
  const found =
    /^([\s\S]*?)(?:\\left\s*\\\{\s*)?\\begin\s*\{(cases|dcases|array)\}(?:\s*\{[^{}]*\})?([\s\S]*)\\end\s*\{\2\}(?:\s*\\right\s*\.)?\s*$/.exec(
      latex,
    )
  if (found === null) return null
  const [whole, before, environment, inside] = found
  if (environment === 'array' && !/\\left\s*\\\{/.test(whole)) return null
  if (!/(?:=|\\(?:approx|equiv|sim|propto))\s*$/.test(before!)) return null
  return rowsOf(inside!).map(([value = '', when = '']): FormulaPart => {
    const said = trimLatex(when.replace(/^\s*\\(?:text|mbox|textrm)\s*\{([^{}]*)\}/, '$1'))
    const both = [condition, said].filter((one) => one !== null && one !== '').join(', ')
    return {
      latex: `${before!.trim()} ${trimLatex(value)}`,
      condition: both === '' ? 'in one of the cases' : both,
    }
  })
}

/** Rows and their cells, as far as they are those of this environment. */
function rowsOf(inside: string): readonly (readonly string[])[] {
  const rows: string[][] = [['']]
  let depth = 0
  for (const [piece] of inside.matchAll(
    /\\(?:begin|end)\s*\{[^}]*\}|\\\\(?:\s*\[[^\]]*\])?|\\[a-zA-Z]+|\\[\s\S]|[\s\S]/g,
  )) {
    if (/^\\begin|^\{$/.test(piece)) depth += 1
    else if (/^\\end|^\}$/.test(piece)) depth -= 1
    const row = rows.at(-1)!
    if (depth === 0 && piece.startsWith('\\\\')) rows.push([''])
    else if (depth === 0 && piece === '&') row.push('')
    else row[row.length - 1] += piece
  }
  return rows.filter((row) => row.join('').trim() !== '')
}
