import type { Axis, Cells, Panel, Series } from '../audit/figure.js'
import { type AxisScale, axisScale } from './figure-axis.js'

/** A point as drawn: with the ends of its error bar. */
export interface DrawnPoint {
  readonly x: number
  readonly y: number
  readonly low: number
  readonly high: number
}

/** One axis of a panel: everything that is drawn on it fits, error bars and bars included; at most `most` ticks with a label. */
export function panelScale(panel: Panel, name: 'x' | 'y', most?: number): AxisScale {
  const log = panel[name].log ?? false
  const values = panel.series.flatMap((series) => {
    if (name === 'x') return [...series.x, ...(series.kind === 'histogram' ? histogramEnds(series) : [])]
    const ends = series.error?.flatMap((error, k) => [series.y[k]! - error, series.y[k]! + error]) ?? []
    return [...series.y, ...ends, ...(series.kind === 'histogram' ? [0] : [])]
  })
  return axisScale([...values, ...cellEnds(panel.cells?.[name] ?? [])], log, name === 'y', most)
}

/** Half the width of a histogram's bars. */
export const halfBar = (x: readonly number[]): number => (x.length > 1 ? Math.abs(x[1]! - x[0]!) / 2 : 0.5)
const histogramEnds = ({ x }: Series): readonly number[] =>
  x.flatMap((centre) => [centre - halfBar(x), centre + halfBar(x)])

/** The points that can be drawn: finite, and positive on a logarithmic axis, where an error bar ends with the axis. */
export function pointsOf(series: Series, panel: Panel, lowest: number): readonly DrawnPoint[] {
  const drawable = (value: number, axis: Axis): boolean => Number.isFinite(value) && (!axis.log || value > 0)
  return series.x.flatMap((x, k) => {
    const y = series.y[k]
    if (y === undefined || !drawable(x, panel.x) || !drawable(y, panel.y)) return []
    const error = series.error?.[k] ?? 0
    return [{ x, y, low: panel.y.log ? Math.max(y - error, lowest) : y - error, high: y + error }]
  })
}

/** Cells of one kind that lie side by side in a row, as one rectangle in the axes' numbers. */
export interface CellRun {
  readonly x1: number
  readonly x2: number
  readonly y1: number
  readonly y2: number
  /** Index of the kind. */
  readonly kind: number
}

/** A value no farther out than its axis' ends: a cell may reach zero, which a logarithmic axis has no place for. */
export const within = ({ domain: [low, high] }: AxisScale, value: number): number =>
  Math.min(high, Math.max(low, value))

/** How strongly cells are filled: lines and points upon them stay visible. */
export const cellOpacity = 0.35

/** All cells that are of some kind, those of one kind side by side in a row together. */
export function cellRuns({ x, y, kinds, cells }: Cells): readonly CellRun[] {
  const [across, up] = [halfCell(x), halfCell(y)]
  return cells.flatMap((row, r) => {
    const starts = row.flatMap((kind, c) => (c === 0 || kind !== row[c - 1] ? [c] : []))
    return starts.flatMap((start, k): readonly CellRun[] => {
      const kind = row[start]!
      if (kinds[kind] === undefined) return []
      const last = (starts[k + 1] ?? row.length) - 1
      return [{ x1: x[start]! - across, x2: x[last]! + across, y1: y[r]! - up, y2: y[r]! + up, kind }]
    })
  })
}

/** Half of the distance between the centres of cells. */
const halfCell = (centres: readonly number[]): number =>
  centres.length > 1 ? (centres.at(-1)! - centres[0]!) / (centres.length - 1) / 2 : 0.5

const cellEnds = (centres: readonly number[]): readonly number[] =>
  centres.length === 0 ? [] : [centres[0]! - halfCell(centres), centres.at(-1)! + halfCell(centres)]
