import type { FigureData, Series } from '../audit/figure.js'
import { cellOpacity } from './figure-geometry.js'
import type { Named } from './figure-panel.js'
import { escaped, textMarkup, textWidth } from './figure-text.js'

/** One entry of a legend: how series are drawn, and what that means. */
export interface LegendEntry {
  readonly text: string
  readonly kind: Series['kind'] | 'cell'
  readonly color: string
  readonly dashed: boolean
}

/** Entries that stand together; with a heading, which is the common beginning of their texts. */
export interface LegendBlock {
  readonly heading: string
  readonly entries: readonly LegendEntry[]
}

export interface Legend {
  readonly height: number
  readonly markup: string
}

const rowHeight = 18
const markWidth = (kind: LegendEntry['kind']): number => (kind === 'line' ? 24 : 10)
const gapAfterMark = 5
const gapAfterEntry = 12
const gapAfterHeading = 8

/** The legend of a figure within a width: a block to a row, or to several; each text takes the room that it needs. */
export function drawLegend(figure: FigureData, colorOf: (named: Named) => string, left: number, width: number): Legend {
  const drawn: string[] = []
  let rows = 0
  for (const { heading, entries } of legendBlocks(figure, colorOf)) {
    const start = heading === '' ? left : left + textWidth(heading) + gapAfterHeading
    const y = (): number => (rows + 0.5) * rowHeight
    if (heading !== '') drawn.push(textAt(heading, left, y()))
    let x = start
    for (const entry of entries) {
      const needed = markWidth(entry.kind) + gapAfterMark + textWidth(entry.text)
      if (x > start && x + needed > left + width) {
        rows += 1
        x = start
      }
      drawn.push(drawMark(entry, rounded(x), y()), textAt(entry.text, x + needed - textWidth(entry.text), y()))
      x += needed + gapAfterEntry
    }
    rows += 1
  }
  return { height: rows * rowHeight, markup: drawn.join('') }
}

/** What a figure's legend says: series that are drawn alike once, blocks of texts with a common beginning together. */
export const legendBlocks = (figure: FigureData, colorOf: (named: Named) => string): readonly LegendBlock[] =>
  blocksOf(entriesOf(figure, colorOf))

function entriesOf(figure: FigureData, colorOf: (named: Named) => string): readonly LegendEntry[] {
  const entries = new Map<string, LegendEntry>()
  const add = (entry: LegendEntry): void => {
    const key = JSON.stringify(entry)
    if (entry.text !== '' && !entries.has(key)) entries.set(key, entry)
  }
  for (const kind of figure.panels.flatMap((panel) => panel.cells?.kinds ?? []))
    add({ text: kind.name, kind: 'cell', color: colorOf(kind), dashed: false })
  for (const series of figure.panels.flatMap((panel) => panel.series)) {
    if (series.legend === null) continue
    const text = series.legend ?? series.name
    add({ text, kind: series.kind, color: colorOf(series), dashed: series.dashed ?? false })
  }
  return [...entries.values()]
}

/** Least number of entries whose common beginning is written once. */
const leastGroup = 3

function blocksOf(entries: readonly LegendEntry[]): readonly LegendBlock[] {
  const groups = new Map<string, LegendEntry[]>()
  for (const entry of entries) {
    const key = JSON.stringify([beginningOf(entry.text), entry.kind, entry.dashed])
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  const blocks: LegendBlock[] = []
  const single: LegendEntry[] = []
  for (const group of groups.values()) {
    const beginning = beginningOf(group[0]!.text)
    if (beginning === '' || group.length < leastGroup) single.push(...group)
    else {
      const short = group.map((entry) => ({ ...entry, text: entry.text.slice(beginning.length).trim() }))
      blocks.push({ heading: beginning.trim(), entries: short })
    }
  }
  return single.length === 0 ? blocks : [...blocks, { heading: '', entries: single }]
}

/** A text up to its last `= `. */
const beginningOf = (text: string): string => {
  const equals = text.lastIndexOf('= ')
  return equals < 0 ? '' : text.slice(0, equals + 2)
}

const textAt = (text: string, x: number, y: number): string =>
  `<text x="${rounded(x)}" y="${y + 4}">${textMarkup(text)}</text>`

function drawMark({ kind, color, dashed }: LegendEntry, x: number, y: number): string {
  const paint = escaped(color)
  if (kind === 'points') return `<circle cx="${x + 5}" cy="${y}" r="3" fill="${paint}"/>`
  if (kind === 'histogram' || kind === 'cell')
    return `<rect x="${x}" y="${y - 5}" width="10" height="10" fill="${paint}" fill-opacity="${kind === 'cell' ? cellOpacity : 0.45}"/>`
  const dash = dashed ? ' stroke-dasharray="5 4"' : ''
  return `<line x1="${x}" y1="${y}" x2="${x + markWidth(kind)}" y2="${y}" stroke="${paint}" stroke-width="${dashed ? 1.6 : 1.2}"${dash}/>`
}

const rounded = (value: number): number => Math.round(10 * value) / 10
