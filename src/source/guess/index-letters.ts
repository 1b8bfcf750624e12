/** Which letters of a paper are indices, and which of them belong to one family. */
import type { Token } from '../../expression/tokens.js'
import { type FormulaNames, isIndexLike, type Occurrence } from './occurrences.js'

export interface GuessedFamily {
  readonly name: string
  readonly letters: readonly string[]
  /** Whether `l-1` or `l+1` occurs. */
  readonly neighbours: boolean
}

export interface IndexLetters {
  readonly families: readonly GuessedFamily[]
  readonly familyOf: ReadonlyMap<string, GuessedFamily>
}

/** Letters that physicists use for indices more than for anything else. */
const customary = new Set(['i', 'j', 'k', 'l', 'm', 'n', '\\alpha', '\\beta', '\\mu', '\\nu', '\\ell'])

/** A script as a list of indices: letters with the offset of each; null where it is something else. */
export function indicesIn(
  tokens: readonly Token[],
): readonly { readonly letter: string | null; readonly offset: boolean }[] | null {
  if (!isIndexLike(tokens)) return null
  const list: { letter: string | null; offset: boolean }[] = []
  const enclosed = tokens[0]?.text === '(' && tokens.at(-1)?.text === ')'
  const inner = enclosed ? tokens.slice(1, -1) : tokens
  for (let k = 0; k < inner.length; k++) {
    const { kind, text } = inner[k]!
    if (kind === 'name') list.push({ letter: text, offset: false })
    else if (kind === 'number') list.push({ letter: null, offset: false })
    else if ((text === '+' || text === '-') && inner[k + 1]?.kind === 'number' && list.length > 0) {
      list.at(-1)!.offset = true
      k += 1
    } else if (text === "'" && list.length > 0 && list.at(-1)!.letter !== null) list.at(-1)!.letter += "'"
    else if (text !== ',' && text !== ';' && text !== '-') return null
  }
  return list.length === 0 ? null : list
}

/** Gathers index letters from what sums run over, from neighbours (`l-1`), and from custom. */
export function guessIndexLetters(formulas: readonly FormulaNames[]): IndexLetters {
  const occurrences = formulas.flatMap((formula) => formula.occurrences)
  const onBaseLine = new Set(occurrences.map(({ nucleus }) => nucleus))
  const summed = new Set(formulas.flatMap(({ bound }) => [...bound.keys()]))
  const mustHaveFamily = new Set(
    formulas.flatMap(({ bound }) => [...bound].filter(([, bounded]) => !bounded).map(([letter]) => letter)),
  )
  const inScripts = new Set<string>()
  const withNeighbours = new Set<string>()
  for (const { subscript, superscript } of occurrences)
    for (const script of [subscript, superscript])
      for (const { letter, offset } of indicesIn(script) ?? [])
        if (letter !== null) {
          if (script === subscript || offset || summed.has(letter)) inScripts.add(letter)
          if (offset) withNeighbours.add(letter)
        }
  const isIndex = (letter: string): boolean =>
    summed.has(letter) || withNeighbours.has(letter) || (customary.has(letter) && !onBaseLine.has(letter))
  const letters = [...new Set([...inScripts, ...mustHaveFamily])].filter(isIndex)
  const families = joined(letters, occurrences).map((members, k): GuessedFamily => {
    const neighbours = members.some((letter) => withNeighbours.has(letter))
    return { name: familyName(members, neighbours, k), letters: members, neighbours }
  })
  const named = withDistinctNames(families)
  return {
    families: named,
    familyOf: new Map(named.flatMap((family) => family.letters.map((letter) => [letter, family] as const))),
  }
}

/** Letters that stand in one place of one name are of one family. */
function joined(letters: readonly string[], occurrences: readonly Occurrence[]): readonly (readonly string[])[] {
  const parent = new Map(letters.map((letter) => [letter, letter]))
  const root = (letter: string): string => {
    const above = parent.get(letter)!
    return above === letter ? letter : root(above)
  }
  const first = new Map<string, string>()
  for (const { nucleus, subscript, superscript } of occurrences)
    for (const [where, script] of [
      ['_', subscript],
      ['^', superscript],
    ] as const)
      (indicesIn(script) ?? []).forEach(({ letter }, position, all) => {
        if (letter === null || !parent.has(letter)) return
        const place = `${nucleus}${where}${all.length}.${position}`
        const earlier = first.get(place)
        if (earlier === undefined) first.set(place, letter)
        else parent.set(root(letter), root(earlier))
      })
  const groups = new Map<string, string[]>()
  for (const letter of letters) groups.set(root(letter), [...(groups.get(root(letter)) ?? []), letter])
  return [...groups.values()]
}

function familyName(letters: readonly string[], neighbours: boolean, position: number): string {
  if (letters.some((letter) => letter === 't' || letter === '\\tau')) return 'step'
  if (neighbours) return 'site'
  if (letters.some((letter) => /^[qkp]'?$/.test(letter))) return 'mode'
  return position === 0 ? 'index' : `index${position + 1}`
}

function withDistinctNames(families: readonly GuessedFamily[]): readonly GuessedFamily[] {
  const taken = new Set<string>()
  return families.map((family) => {
    let name = family.name
    for (let k = 2; taken.has(name); k++) name = `${family.name}${k}`
    taken.add(name)
    return { ...family, name }
  })
}
