/** What the formulas show of how the members of a family of indices lie: on a ring, on a chain, or as wave vectors. */
import type { IndexFamily } from '../../expression/notation.js'

export interface GuessedGeometry {
  readonly geometry: IndexFamily['geometry']
  /** By what it is guessed, and what to look for; empty where nothing is. */
  readonly reason: string
}

const nothing: GuessedGeometry = { geometry: 'plain', reason: '' }

/** Guesses the geometry of a family from formulas as LaTeX. */
export function guessGeometry(letters: readonly string[], formulas: readonly string[]): GuessedGeometry {
  const found = letters.map((letter) => ofLetter(letter, formulas))
  return (
    (['modes', 'periodic', 'open'] as const).flatMap(
      (kind) => found.find(({ geometry }) => geometry === kind) ?? [],
    )[0] ?? nothing
  )
}

function ofLetter(letter: string, formulas: readonly string[]): GuessedGeometry {
  const name = literal(letter)
  const any = (pattern: RegExp): boolean => formulas.some((latex) => pattern.test(latex))
  if (/^[qkp]'?$/.test(letter)) {
    if (any(new RegExp(`(?:e\\s*\\^\\s*\\{[^{}]*i[^{}]*${name}|\\\\exp\\s*[({\\\\][^=]*?i\\s*${name})`)))
      return { geometry: 'modes', reason: `guessed as wave vectors: ${letter} stands in a wave e^{i ${letter} l}` }
    if (any(new RegExp(`\\\\(?:cos|sin)\\s*(?:\\^\\{?\\d\\}?\\s*)?(?:\\\\left)?[({]?\\s*(?:\\\\frac\\s*\\{)?${name}`)))
      return { geometry: 'modes', reason: `guessed as wave vectors: ${letter} stands in a cosine or sine` }
  }
  if (any(new RegExp(`\\\\sum\\s*_\\s*\\{\\s*\\\\langle[^{}]*${name}[^{}]*\\\\rangle`)))
    return {
      geometry: 'periodic',
      reason: 'guessed as a ring: a sum runs over pairs of neighbours; a chain with ends is open',
    }
  const steps = new Set(
    formulas.flatMap((latex) =>
      [...latex.matchAll(new RegExp(`${name}\\s*([+-])\\s*1(?!\\d)`, 'g'))].map(([, sign]) => sign!),
    ),
  )
  if (steps.size === 0) return nothing
  const sums = formulas.flatMap((latex) => sumsOver(name, latex))
  const wraps = sums.find(({ from, to, of }) => {
    const goes = (sign: string): boolean => new RegExp(`${name}\\s*\\${sign}\\s*1(?!\\d)`).test(of)
    return (goes('+') && /^[a-zA-Z]$/.test(to)) || (goes('-') && from === '0')
  })
  if (wraps !== undefined)
    return {
      geometry: 'periodic',
      reason: `guessed as a ring: a sum from ${wraps.from} to ${wraps.to} reaches beyond its ends to a neighbour; a chain with ends is open`,
    }
  if (sums.length > 0)
    return { geometry: 'open', reason: 'guessed as a chain with ends: no sum reaches beyond them; a ring is periodic' }
  return any(new RegExp(`\\\\sum\\s*_\\s*(?:${name}|\\{\\s*${name}\\s*\\})`))
    ? {
        geometry: 'periodic',
        reason: 'guessed as a ring: a sum over all of them has neighbours; a chain with ends is open',
      }
    : {
        geometry: 'open',
        reason: `guessed as a chain: from each to the next, and no sum closes it; a ring is periodic`,
      }
}

interface Sum {
  readonly from: string
  readonly to: string
  /** What follows it. */
  readonly of: string
}

const sumsOver = (name: string, latex: string): readonly Sum[] =>
  [
    ...latex.matchAll(
      new RegExp(`\\\\sum\\s*_\\s*\\{\\s*${name}\\s*=\\s*(\\d+)\\s*\\}\\s*\\^\\s*(?:\\{([^{}]*)\\}|(\\S))`, 'g'),
    ),
  ].map((found) => ({
    from: found[1]!,
    to: (found[2] ?? found[3] ?? '').trim(),
    of: latex.slice(found.index + found[0].length),
  }))

/** A letter as a pattern, and not the end or the beginning of a longer name. */
const literal = (letter: string): string =>
  `(?<![a-zA-Z\\\\])${letter.replace(/[\\^{}'*+?.()|[\]$]/g, '\\$&')}(?![a-zA-Z])`
