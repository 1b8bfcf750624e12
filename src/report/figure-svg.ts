import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import type { Axis, FigureData, Panel, Series } from '../audit/figure.js'

const palette = ['#1b6ca8', '#c0392b', '#2e8b57', '#8e5ea2', '#d98200', '#3b8686', '#b03a76', '#5d6d7e'] as const
const panelWidth = 460
const panelHeight = 340
const titleHeight = 28

/** A figure as SVG: theory and simulation on the same axes, panels side by side. Pure: no browser, no clock. */
export function figureSvg(figure: FigureData): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const colors = colorsFor(figure)
  const title = figure.title === undefined ? 0 : titleHeight
  const panels = figure.panels.map((panel, position) => {
    const svg = drawPanel(panel, colors, document)
    svg.setAttribute('x', String(position * panelWidth))
    svg.setAttribute('y', String(title))
    return svg.outerHTML
  })
  const width = panelWidth * Math.max(1, panels.length)
  const names = [...colors].filter(([name]) => name !== '')
  const legendRows = Math.ceil(names.length / 4)
  const height = title + panelHeight + legendRows * 18 + 8
  const heading =
    figure.title === undefined
      ? ''
      : `<text x="${width / 2}" y="18" text-anchor="middle" font-weight="bold">${escaped(figure.title)}</text>`
  const legend = names.map(([name, color], k) => {
    const x = 40 + (k % 4) * ((width - 60) / 4)
    const y = title + panelHeight + Math.floor(k / 4) * 18 + 12
    return `<rect x="${x}" y="${y - 8}" width="10" height="10" fill="${escaped(color)}"/><text x="${x + 16}" y="${y + 1}">${escaped(name)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>${heading}${panels.join('')}${legend.join('')}</svg>\n`
}

/** One colour for each name, in the order of appearance, whatever the panel: theory and simulation of one name agree. */
function colorsFor(figure: FigureData): ReadonlyMap<string, string> {
  const colors = new Map<string, string>()
  for (const series of figure.panels.flatMap((panel) => panel.series))
    if (!colors.has(series.name)) colors.set(series.name, series.color ?? palette[colors.size % palette.length]!)
  return colors
}

type Dom = ReturnType<typeof parseHTML>['document']

/** What is used of an element: no browser's types are needed. */
interface SvgElement {
  setAttribute(name: string, value: string): void
  readonly outerHTML: string
}

interface Point {
  readonly x: number
  readonly y: number
  readonly low: number
  readonly high: number
}

function drawPanel(panel: Panel, colors: ReadonlyMap<string, string>, document: Dom): SvgElement {
  const marks = panel.series.flatMap((series) =>
    marksFor(series, panel, series.color ?? colors.get(series.name) ?? 'black'),
  )
  const svg = Plot.plot({
    document,
    width: panelWidth,
    height: panelHeight,
    marginLeft: 60,
    marginBottom: 40,
    style: { fontFamily: 'system-ui, sans-serif', fontSize: '11px' },
    ...(panel.title === undefined ? {} : { insetTop: 14 }),
    x: scale(panel.x),
    y: { ...scale(panel.y), grid: true },
    marks: [Plot.frame({ stroke: '#bbb' }), ...marks, ...titleMark(panel)],
  })
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  return svg
}

const scale = (axis: Axis): Plot.ScaleOptions => ({
  label: axis.label,
  labelAnchor: 'center',
  labelArrow: 'none',
  type: axis.log ? 'log' : 'linear',
})

const titleMark = (panel: Panel): readonly Plot.Markish[] =>
  panel.title === undefined ? [] : [Plot.text([panel.title], { frameAnchor: 'top', dy: 2, fontWeight: 'bold' })]

function marksFor(series: Series, panel: Panel, color: string): readonly Plot.Markish[] {
  const points = pointsOf(series, panel)
  if (series.kind === 'line')
    return [
      Plot.line(points, {
        x: 'x',
        y: 'y',
        stroke: color,
        strokeWidth: 1.6,
        ...(series.dashed ? { strokeDasharray: '5 4' } : {}),
      }),
    ]
  if (series.kind === 'histogram') {
    const half = points.length > 1 ? Math.abs(points[1]!.x - points[0]!.x) / 2 : 0.5
    return [
      Plot.rectY(points, {
        x1: (d: Point) => d.x - half,
        x2: (d: Point) => d.x + half,
        y: 'y',
        fill: color,
        fillOpacity: 0.45,
      }),
    ]
  }
  const bars = series.error === undefined ? [] : [Plot.ruleX(points, { x: 'x', y1: 'low', y2: 'high', stroke: color })]
  return [...bars, Plot.dot(points, { x: 'x', y: 'y', fill: color, r: points.length > 100 ? 1.2 : 2.4 })]
}

/** The points that can be drawn: finite, and positive on a logarithmic axis. */
function pointsOf(series: Series, panel: Panel): readonly Point[] {
  const drawable = (value: number, axis: Axis): boolean => Number.isFinite(value) && (!axis.log || value > 0)
  return series.x.flatMap((x, k) => {
    const y = series.y[k]
    if (y === undefined || !drawable(x, panel.x) || !drawable(y, panel.y)) return []
    const error = series.error?.[k] ?? 0
    const low = panel.y.log ? Math.max(y - error, y / 1e3) : y - error
    return [{ x, y, low, high: y + error }]
  })
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
