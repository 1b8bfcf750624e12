/** A notation made ready for reading: its forms cut into nucleus and scripts, its letters by family, its nearest names. */
import type { IndexFamily, LawDeclaration, Notation, SymbolDeclaration } from './notation.js'
import { tokenize } from './tokens.js'

/** One declared form: `r_+^*` has nucleus `r`, subscript `+`, superscript `*` (as token texts). */
export interface Form {
  readonly latex: string
  readonly nucleus: string
  readonly subscript: readonly string[]
  readonly superscript: readonly string[]
  readonly declaration: SymbolDeclaration
}

/** What the reader looks names up in. Maps throughout: no name can reach a prototype. */
export interface Vocabulary {
  readonly notation: Notation
  /** Forms by nucleus, the most specific first. */
  readonly forms: ReadonlyMap<string, readonly Form[]>
  /** The declaration of a canonical name. */
  readonly byName: ReadonlyMap<string, SymbolDeclaration>
  /** The families of a letter. */
  readonly families: ReadonlyMap<string, readonly IndexFamily[]>
  readonly variables: ReadonlySet<string>
  /** Letters with scripts of their own, `k_j^{l-1}`, the longest first: their tokens without braces. */
  readonly scripted: readonly { readonly letter: string; readonly tokens: readonly string[] }[]
  /** Laws by canonical names: the density's, the variable's. */
  readonly laws: readonly { readonly density: string; readonly variable: string; readonly law: LawDeclaration['law'] }[]
}

/** Nucleus and scripts of a base form. Braces around single scripts do not matter, nor does the scripts' order. */
export function splitForm(latex: string): Pick<Form, 'nucleus' | 'subscript' | 'superscript'> {
  const tokens = tokenize(latex)
  const scripts = new Map<string, string[]>([
    ['_', []],
    ['^', []],
  ])
  let nucleus = ''
  for (let i = 0; i < tokens.length; i++) {
    const script = scripts.get(tokens[i]!.text)
    if (script === undefined) {
      nucleus += tokens[i]!.text
      continue
    }
    i++
    if (tokens[i]?.text !== '{') {
      if (tokens[i]) script.push(tokens[i]!.text)
      continue
    }
    for (let depth = 1; ; ) {
      const text = tokens[++i]?.text
      if (text === '{') depth++
      else if (text === '}') depth--
      if (text === undefined || depth === 0) break
      script.push(text)
    }
  }
  return { nucleus, subscript: scripts.get('_')!, superscript: scripts.get('^')! }
}

/** A letter of a family in the reader's own spelling (`q^{\prime}` is `q'`). */
export const canonicalLetter = (letter: string): string =>
  tokenize(letter)
    .map((t) => t.text)
    .filter((t) => t !== '{' && t !== '}' && t !== '^')
    .join('')

const bare = (latex: string): readonly string[] =>
  tokenize(latex)
    .map((t) => t.text)
    .filter((t) => t !== '{' && t !== '}')

/** Whether a letter has scripts of its own, so that it is known by its LaTeX as declared. */
const hasScripts = (letter: string): boolean => /[_^]/.test(letter) && !/^[^_]*\^\{?\\prime\}?$/.test(letter)

const cache = new WeakMap<Notation, Vocabulary>()

/** The canonical name of a symbol by its LaTeX, or the letter itself where it is not declared. */
const nameOf = (notation: Notation, latex: string): string =>
  notation.symbols.find((s) => s.latex.includes(latex))?.name ?? canonicalLetter(latex)

/** The vocabulary of a notation; the same object for the same notation. Throws LatexError on a form that is no LaTeX. */
export function vocabularyOf(notation: Notation): Vocabulary {
  const known = cache.get(notation)
  if (known) return known
  const forms = new Map<string, Form[]>()
  for (const declaration of notation.symbols)
    for (const latex of declaration.latex) {
      const form: Form = { latex, declaration, ...splitForm(latex) }
      forms.set(form.nucleus, [...(forms.get(form.nucleus) ?? []), form])
    }
  const specificity = (f: Form): number => f.subscript.length + f.superscript.length
  for (const list of forms.values()) list.sort((a, b) => specificity(b) - specificity(a))
  const families = new Map<string, IndexFamily[]>()
  for (const family of notation.families)
    for (const letter of family.letters) {
      const key = hasScripts(letter) ? letter : canonicalLetter(letter)
      families.set(key, [...(families.get(key) ?? []), family])
    }
  const vocabulary: Vocabulary = {
    notation,
    forms,
    families,
    byName: new Map(notation.symbols.map((s) => [s.name, s])),
    variables: new Set(notation.variables.map(canonicalLetter)),
    scripted: notation.families
      .flatMap((family) => family.letters.filter(hasScripts).map((letter) => ({ letter, tokens: bare(letter) })))
      .sort((a, b) => b.tokens.length - a.tokens.length),
    laws: (notation.laws ?? []).map(({ density, of, law }) => ({
      density: nameOf(notation, density),
      variable: nameOf(notation, of),
      law,
    })),
  }
  cache.set(notation, vocabulary)
  return vocabulary
}

/** Levenshtein distance, given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++)
      row.push(
        Math.min(
          previous[j]! + 1,
          row[j - 1]! + 1,
          previous[j - 1]! +
            (a[i - 1]!.toLowerCase() === b[j - 1]!.toLowerCase() ? (a[i - 1] === b[j - 1] ? 0 : 0.5) : 1),
        ),
      )
    previous = row
  }
  return previous[b.length]!
}

/** The declared form nearest to what was written, with its name, or null where none is near. */
export function nearestForm(vocabulary: Vocabulary, written: string): string | null {
  let best: Form | null = null
  // Farther than this is another word, not a slip: half of what is written, at most a third of a long name.
  let least = Math.min(Math.max(2, written.length / 3), written.length / 2)
  const text = written.slice(0, 60)
  for (const list of vocabulary.forms.values())
    for (const form of list) {
      const d = distance(text, form.latex, least)
      if (d < least || (d === least && best === null)) {
        best = form
        least = d
      }
    }
  return best && `\`${best.latex}\`, declared as ${best.declaration.name}`
}
