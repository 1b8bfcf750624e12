/** What the text says of a display: a few words for a statement's `about`, to be put better by whoever audits. */

/** The most characters that are kept. */
const maximumLength = 110

/** The end of a text that leads to a display, from the last full stop on; null where it says nothing. */
export function leadingSentence(text: string): string | null {
  const last = sentences(text).at(-1)
  return last === undefined
    ? null
    : told(
        last.replace(
          /(?:[\s:,;.]|\b(?:by|as|is|are|that|reads|read|have|has|obtain|find|get|where|and|with|of|yields|gives))+$/i,
          '',
        ),
        'end',
      )
}

/** The beginning of a text that follows a display, where it is a sentence of its own and no `where …`. */
export function followingSentence(text: string): string | null {
  const first = sentences(text)[0]
  return first === undefined || !/^[A-Z]/.test(first) || /^Where\b/.test(first)
    ? null
    : told(first.replace(/[\s:,;.]+$/, ''), 'start')
}

/** Cut behind full stops; not behind those of `e.g.`, `Eq.`, `1.5` or initials. */
const sentences = (text: string): readonly string[] =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[^A-Z](?<!\b(?:e\.g|i\.e|cf|Eq|Eqs|Fig|Figs|Ref|Refs|Sec|resp|vs|et al))[.!?]) (?=[A-Z])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')

function told(sentence: string, keep: 'start' | 'end'): string | null {
  const words = sentence.split(' ')
  if (words.filter((word) => /^[A-Za-z]{2,}/.test(word)).length < 2) return null
  if (sentence.length <= maximumLength) return sentence
  const kept: string[] = []
  const order = keep === 'end' ? [...words].reverse() : words
  for (const word of order) {
    if (kept.join(' ').length + word.length > maximumLength) break
    kept.push(word)
  }
  return keep === 'end' ? `… ${kept.reverse().join(' ')}` : `${kept.join(' ')} …`
}
