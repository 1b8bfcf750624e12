import { diffArrays } from 'diff'
import { sourceOf, tokensOf, type Unit, unitSource, unitsOf } from './units.js'

/** Two formulas with what differs in them wrapped in `\htmlClass{removed}{…}` and `\htmlClass{added}{…}`. */
export interface MarkedPair {
  readonly printed: string
  readonly corrected: string
}

/** Marks what differs between two formulas: the smallest pieces that stand for themselves. */
export function markDifference(printed: string, corrected: string): MarkedPair {
  const [left, right] = markUnits(unitsOf(printed), unitsOf(corrected))
  return { printed: left, corrected: right }
}

function markUnits(before: readonly Unit[], after: readonly Unit[]): readonly [string, string] {
  let left = ''
  let right = ''
  let removed: readonly Unit[] = []
  let added: readonly Unit[] = []
  const flush = (): void => {
    const [l, r] = markChange(removed, added)
    left += l
    right += r
    removed = []
    added = []
  }
  for (const change of diffArrays([...before], [...after], { comparator: sameUnit })) {
    if (change.removed) removed = change.value
    else if (change.added) added = change.value
    else {
      flush()
      // The kept units are the second list's; white space may differ from the first's.
      left += sourceOf(change.value)
      right += sourceOf(change.value)
    }
  }
  flush()
  return [left, right]
}

const sameUnit = (a: Unit, b: Unit): boolean => normal(unitSource(a)) === normal(unitSource(b))

/** LaTeX without what nobody sees: white space that ends no command. */
const normal = (latex: string): string => latex.replace(/(\\[A-Za-z]+)\s+(?=[A-Za-z])/g, '$1\u0000').replace(/\s+/g, '')

/** A change: where both sides are made alike it is looked for inside, otherwise all of it is marked. */
function markChange(removed: readonly Unit[], added: readonly Unit[]): readonly [string, string] {
  const before = removed.filter(({ separator }) => !separator)
  const after = added.filter(({ separator }) => !separator)
  const alike =
    before.length === after.length &&
    before.every((unit, k) => {
      const other = after[k]!
      return sameUnit(unit, other) || (unit.head === other.head && unit.parts.length > 0 && shares(unit, other))
    })
  if (!alike) return [wrapped(removed, 'removed'), wrapped(added, 'added')]
  const pairs = before.map((unit, k) => markInside(unit, after[k]!))
  const spread = (units: readonly Unit[], side: 0 | 1): string => {
    let k = 0
    return units.map((unit) => (unit.separator ? unitSource(unit) : pairs[k++]![side])).join('')
  }
  return [spread(removed, 0), spread(added, 1)]
}

/** Whether two units of one head have something in common that a reader would see: marks inside are then the clearer ones. */
function shares(a: Unit, b: Unit): boolean {
  const atoms = (unit: Unit): number => tokensOf(unitSource(unit)).length
  if (/^\\left|^\\begin|^[^{}]+(?:[_^]\{\})+$/.test(a.head)) return true
  return (
    a.parts.some((part, k) =>
      part.some((unit) => !unit.separator && b.parts[k]!.some((other) => sameUnit(unit, other))),
    ) || atoms(a) < 4
  )
}

function markInside(a: Unit, b: Unit): readonly [string, string] {
  if (sameUnit(a, b)) return [unitSource(a), unitSource(b)]
  const parts = a.parts.map((part, k) => markUnits(part, b.parts[k]!))
  const spread = ({ frame }: Unit, side: 0 | 1): string =>
    frame.map((piece, k) => piece + (k < parts.length ? braced(frame, k, parts[k]![side]) : '')).join('')
  return [spread(a, 0), spread(b, 1)]
}

/** A script that is one atom takes braces when marks make it longer. */
const braced = (frame: readonly string[], k: number, marked: string): string =>
  frame[k]!.endsWith('{') || !marked.includes('\\htmlClass') || !/[_^]\s*$|^\\[a-z]+\s*$/.test(frame[k]!)
    ? marked
    : `{${marked}}`

/** Units marked run by run; separators stay outside. */
function wrapped(units: readonly Unit[], name: 'removed' | 'added'): string {
  let text = ''
  let run: Unit[] = []
  const flush = (): void => {
    if (run.length > 0) text += `\\htmlClass{${name}}{${sourceOf(run)}}`
    run = []
  }
  for (const unit of units)
    if (unit.separator && !/^\s+$/.test(unitSource(unit))) {
      flush()
      text += unitSource(unit)
    } else run.push(unit)
  flush()
  return text
}

/** One piece of two sources put side by side. */
export interface SourcePiece {
  readonly text: string
  readonly change: 'removed' | 'added' | null
}

/** The difference of two LaTeX sources, token by token, as one text with what goes and what comes. */
export function sourceDifference(printed: string, corrected: string): readonly SourcePiece[] {
  const words = (latex: string): string[] => [...tokensOf(latex.replace(/\s+/g, ' ').trim())]
  return diffArrays(words(printed), words(corrected)).map(({ value, removed, added }) => ({
    text: value.join(''),
    change: removed ? 'removed' : added ? 'added' : null,
  }))
}
