import type { Change, Comparison, Direction } from './change.js'

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const titles: Readonly<Record<Direction, string>> = { worse: 'worse', better: 'better', other: 'changed' }

/** A comparison in lines for a terminal or a log: what got worse first, then what got better, then the rest. */
export function comparisonText({ changes, notes, worse, better }: Comparison): string {
  const groups = (['worse', 'better', 'other'] as const).flatMap((direction) => {
    const found = changes.filter((change) => change.direction === direction)
    return found.length === 0 ? [] : [`${titles[direction]}:`, ...found.map((change) => `  ${changeLine(change)}`)]
  })
  const others = changes.length - worse - better
  const counts =
    changes.length === 0 ? 'nothing changed' : `${worse} worse, ${better} better, ${others} otherwise changed`
  return [...notes, ...groups, counts].join('\n')
}

function changeLine({ id, what, check, before, after }: Change): string {
  switch (what) {
    case 'appeared':
      return `${id}: appeared, ${after}`
    case 'vanished':
      return `${id}: vanished, was ${before}`
    case 'evidence':
      return `${id}: ${check}: ${before ?? 'not there'}, now ${after ?? 'gone'}`
    case 'digits':
    case 'power':
      return `${id}: ${check}: ${before}, now ${after ?? 'not stated'}`
    default:
      return `${id}: ${what} ${oneLine(before ?? 'none')}, now ${oneLine(after ?? 'none')}`
  }
}
