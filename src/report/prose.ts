/** Mathematics in running text, as notes write it: `-sigma_w^2`, `\hat{v}^0`, `r^{k-1}/Gamma(k/2)`. */

import { isPlainMathematics } from './tex-text.js'

/** A piece of a text: words, or LaTeX that is mathematics and nothing else. */
export interface ProsePiece {
  readonly kind: 'words' | 'mathematics'
  readonly text: string
}

const letters =
  'alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega'
const named = new RegExp(`(?<![\\\\A-Za-z])(${letters})(?![A-Za-z])`, 'g')
const functionName = /(?<![\\A-Za-z])(exp|log|sin|cos|tan|sinh|cosh|tanh|max|min|det)(?![A-Za-z])/g
/** What may stand before a script: a letter or two, a Greek one, a digit, a bracket or star, a group. */
const scripted = new RegExp(`(?:^|[^A-Za-z])(?:[A-Za-z]{1,2}|eps|${letters})[_^]|[\\d)\\]}*'][_^]`)

/** A text's pieces in their order; joined they say the same. A word is mathematics where it has scripts or a command. */
export function prosePieces(text: string): readonly ProsePiece[] {
  const pieces: ProsePiece[] = []
  const add = (kind: ProsePiece['kind'], piece: string): void => {
    const last = pieces.at(-1)
    if (piece === '') return
    if (kind === 'words' && last?.kind === 'words') pieces[pieces.length - 1] = { kind, text: last.text + piece }
    else pieces.push({ kind, text: piece })
  }
  for (const word of wordsOf(text.replace(/\s+/g, ' ').trim())) {
    const [before, core, after] = bareWord(word)
    const latex = mathematicsOf(core)
    if (latex === null) add('words', word)
    else {
      add('words', before)
      add('mathematics', latex)
      add('words', after)
    }
  }
  return joined(pieces)
}

/** What may stand between two formulas that are one. */
const between = /^ (?:[-+=<>] )?$/

/** Formulas with nothing but a sign between them, as one. */
function joined(pieces: readonly ProsePiece[]): readonly ProsePiece[] {
  const result: ProsePiece[] = []
  for (const piece of pieces) {
    const [left, sign] = result.slice(-2)
    if (
      piece.kind === 'mathematics' &&
      left?.kind === 'mathematics' &&
      sign?.kind === 'words' &&
      between.test(sign.text)
    )
      result.splice(-2, 2, { kind: 'mathematics', text: `${left.text}${sign.text}${piece.text}` })
    else result.push(piece)
  }
  return result
}

/** Words and the spaces between them; what stands in braces is not torn apart. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  let word = ''
  let depth = 0
  for (const character of text) {
    if (character === '{') depth += 1
    if (character === '}') depth = Math.max(0, depth - 1)
    if (character === ' ' && depth === 0) {
      words.push(word, ' ')
      word = ''
    } else word += character
  }
  return [...words, word].filter((one) => one !== '')
}

/** A word between the sentence's quotation marks, brackets and stops: brackets that close within it, or around a part of it, stay. */
function bareWord(word: string): readonly [before: string, core: string, after: string] {
  const stops = /[.,;:!?"]*$/.exec(word)![0]
  let [from, to] = [0, word.length - stops.length]
  while (from < to) {
    if (/["']/.test(word[from]!)) from += 1
    else if (word[from] === '(') {
      const partner = closingOf(word, from)
      if (partner >= 0 && partner < to - 1) break
      from += 1
      if (partner === to - 1) to -= 1
    } else if (word[to - 1] === ')' && isSurplus(word.slice(from, to))) to -= 1
    else break
  }
  return [word.slice(0, from), word.slice(from, to), word.slice(to)]
}

/** Whether the last bracket of a text closes one that opened before the text: the only one, or after others like it. */
const isSurplus = (text: string): boolean => closingOf(`(${text}`, 0) === text.length || /^[^(]*\)\)$/.test(text)

/** Where the bracket that opens at a place closes; -1 where it does not. */
function closingOf(text: string, open: number): number {
  let depth = 0
  for (let k = open; k < text.length; k++) {
    if (text[k] === '(') depth += 1
    if (text[k] === ')' && --depth === 0) return k
  }
  return -1
}

/** Greek letters that are no English words, nor stand before `function`. */
const alone = /^(?:eps|epsilon|sigma|pi|phi|eta|theta|rho|tau|alpha|beta|lambda|mu|omega|chi|psi|kappa)$/

function mathematicsOf(word: string): string | null {
  if (!alone.test(word) && !(scripted.test(word) || /\\[A-Za-z]/.test(word))) return null
  const latex = word
    .replace(/sqrt\(([^()]*)\)/g, '\\sqrt{$1}')
    .replace(/(?<![\\A-Za-z])eps(?![A-Za-z])/g, '\\epsilon')
    .replace(named, '\\$1')
    .replace(functionName, '\\$1')
  return isPlainMathematics(latex) ? latex : null
}
