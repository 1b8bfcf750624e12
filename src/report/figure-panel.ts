import * as Plot from '@observablehq/plot'
import type { parseHTML } from 'linkedom'
import type { Axis, Cells, Panel, Series } from '../audit/figure.js'
import type { AxisScale } from './figure-axis.js'
import { cellOpacity, cellRuns, type DrawnPoint, halfBar, panelScale, pointsOf, within } from './figure-geometry.js'
import { fontFamily, fontSize, textMarkup, textWidth } from './figure-text.js'

export const panelWidth = 460
export const panelHeight = 340

const titleHeight = 26
const labelHeight = 20
const tickLength = 6
const ticks = { stroke: '#444', tickPadding: 3, label: null } as const

export type Dom = ReturnType<typeof parseHTML>['document']

/** What is drawn in a colour: a series, or a kind of cell. */
export type Named = Pick<Series, 'name' | 'color'>

/** One panel as a nested SVG at a place: title above the frame, labels beside as much room as the ticks' labels take. */
export function drawPanel(
  panel: Panel,
  colorOf: (series: Named) => string,
  document: Dom,
  at: { readonly x: number; readonly y: number },
): string {
  const scales = { x: panelScale(panel, 'x'), y: panelScale(panel, 'y') }
  const widest = Math.max(0, ...scales.y.major.map((value) => textWidth(scales.y.label(value))))
  const frame = {
    marginTop: panel.title === undefined ? 12 : titleHeight,
    marginRight: 18,
    marginBottom: 24 + labelHeight,
    marginLeft: Math.ceil(labelHeight + widest + tickLength + 8),
  }
  const plot = Plot.plot({
    document,
    width: panelWidth,
    height: panelHeight,
    ...frame,
    style: { fontFamily, fontSize: `${fontSize}px`, color: '#222' },
    x: { ...scaleOptions(panel.x, scales.x), range: [frame.marginLeft, panelWidth - frame.marginRight] },
    y: { ...scaleOptions(panel.y, scales.y), range: [panelHeight - frame.marginBottom, frame.marginTop] },
    marks: [
      ...(panel.cells === undefined ? [] : [cellMarks(panel.cells, colorOf, scales, document)]),
      Plot.gridY(scales.y.major, { strokeOpacity: 0.12 }),
      Plot.axisX(scales.x.major, { ...ticks, tickSize: tickLength, tickFormat: scales.x.label }),
      Plot.axisY(scales.y.major, { ...ticks, tickSize: tickLength, tickFormat: scales.y.label }),
      ...(scales.x.minor.length > 0 ? [Plot.axisX(scales.x.minor, minorTicks)] : []),
      ...(scales.y.minor.length > 0 ? [Plot.axisY(scales.y.minor, minorTicks)] : []),
      Plot.frame({ stroke: '#999' }),
      ...panel.series.flatMap((series) => marksFor(series, panel, colorOf(series), scales.y.domain)),
    ],
  })
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  plot.setAttribute('x', String(at.x))
  plot.setAttribute('y', String(at.y))
  const across = at.x + (frame.marginLeft + panelWidth - frame.marginRight) / 2
  const down = at.y + (frame.marginTop + panelHeight - frame.marginBottom) / 2
  const title =
    panel.title === undefined
      ? ''
      : `<text x="${across}" y="${at.y + 17}" text-anchor="middle" font-weight="bold">${textMarkup(panel.title)}</text>`
  const labelX = `<text x="${across}" y="${at.y + panelHeight - 7}" text-anchor="middle">${textMarkup(panel.x.label)}</text>`
  const labelY = `<text transform="translate(${at.x + 14} ${down}) rotate(-90)" text-anchor="middle">${textMarkup(panel.y.label)}</text>`
  return shortened(plot.outerHTML) + title + labelX + labelY
}

/** Coordinates to a hundredth of a pixel: what is finer nobody sees, and machines may differ in it. */
const shortened = (markup: string): string =>
  markup.replace(/="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{3,}/g, (number) => String(Math.round(100 * Number(number)) / 100)),
  )

interface Scales {
  readonly x: AxisScale
  readonly y: AxisScale
}

const minorTicks = { ...ticks, tickSize: 3, tickFormat: () => '' } as const

const scaleOptions = (axis: Axis, { domain }: AxisScale): Plot.ScaleOptions => ({
  type: axis.log ? 'log' : 'linear',
  domain: [...domain],
  axis: null,
})

/** The cells of each kind as one path, which has no seams where its rectangles join. */
function cellMarks(
  cells: Cells,
  colorOf: (kind: Named) => string,
  { x, y }: Scales,
  document: Dom,
): Plot.RenderFunction {
  const runs = cellRuns(cells)
  return (_, scales) => {
    const across = (value: number): number => scales.x!(within(x, value))
    const up = (value: number): number => scales.y!(within(y, value))
    const group = document.createElementNS('http://www.w3.org/2000/svg', 'g')
    group.setAttribute('aria-label', 'cells')
    group.setAttribute('fill-opacity', String(cellOpacity))
    cells.kinds.forEach((kind, index) => {
      const corners = runs.flatMap((run) =>
        run.kind === index
          ? [`M${across(run.x1)} ${up(run.y1)}H${across(run.x2)}V${up(run.y2)}H${across(run.x1)}Z`]
          : [],
      )
      if (corners.length === 0) return
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
      path.setAttribute('fill', colorOf(kind))
      path.setAttribute('d', corners.join(''))
      group.append(path)
    })
    return group
  }
}

function marksFor(series: Series, panel: Panel, color: string, [lowest]: AxisScale['domain']): readonly Plot.Markish[] {
  const points = pointsOf(series, panel, lowest)
  if (series.kind === 'line')
    return [
      Plot.line(points, {
        x: 'x',
        y: 'y',
        stroke: color,
        strokeWidth: series.dashed ? 1.6 : 1.2,
        ...(series.dashed ? { strokeDasharray: '5 4' } : {}),
      }),
    ]
  if (series.kind === 'histogram') {
    const half = halfBar(series.x)
    return [
      Plot.rectY(points, {
        x1: (d: DrawnPoint) => d.x - half,
        x2: (d: DrawnPoint) => d.x + half,
        y1: panel.y.log ? lowest : 0,
        y2: 'y',
        fill: color,
        fillOpacity: 0.45,
      }),
    ]
  }
  const bars = series.error === undefined ? [] : [Plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', stroke: color })]
  return [...bars, Plot.dot(points, { x: 'x', y: 'y', fill: color, r: points.length > 100 ? 1.2 : 2.2 })]
}
