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
    const [, before, core, after] = /^(["'(]*)(.*?)([.,;:!?"]*)$/s.exec(word) as unknown as [
      string,
      string,
      string,
      string,
    ]
    const open = before.replace(/[^(]/g, '').length
    // Brackets that open before a word and close after it are the sentence's.
    const closing = surplusClosing(core, open)
    const inner = core.slice(0, core.length - closing)
    const latex = mathematicsOf(inner)
    if (latex === null) add('words', word)
    else {
      add('words', before)
      add('mathematics', latex)
      add('words', core.slice(core.length - closing) + after)
    }
  }
  return pieces
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

/** How many of the last closing brackets have no opening one in a word, at most as many as were opened before it. */
function surplusClosing(word: string, openBefore: number): number {
  const count = (bracket: string): number => word.split(bracket).length - 1
  const surplus = Math.min(openBefore, count(')') - count('('))
  const trailing = /\)*$/.exec(word)![0].length
  return Math.max(0, Math.min(surplus, trailing))
}

function mathematicsOf(word: string): string | null {
  if (!(scripted.test(word) || /\\[A-Za-z]/.test(word))) return null
  const latex = word
    .replace(/sqrt\(([^()]*)\)/g, '\\sqrt{$1}')
    .replace(/(?<![\\A-Za-z])eps(?![A-Za-z])/g, '\\epsilon')
    .replace(named, '\\$1')
    .replace(functionName, '\\$1')
  return isPlainMathematics(latex) ? latex : null
}
