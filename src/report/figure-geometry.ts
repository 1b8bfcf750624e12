import type { Axis, Panel, Series } from '../audit/figure.js'
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

/** Half of the distance between the centres of cells. */
export const halfCell = (centres: readonly number[]): number =>
  centres.length > 1 ? (centres.at(-1)! - centres[0]!) / (centres.length - 1) / 2 : 0.5

const cellEnds = (centres: readonly number[]): readonly number[] =>
  centres.length === 0 ? [] : [centres[0]! - halfCell(centres), centres.at(-1)! + halfCell(centres)]
