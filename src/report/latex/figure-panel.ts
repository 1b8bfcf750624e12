import type { Cells, Panel, Series } from '../../audit/figure.js'
import type { AxisScale } from '../figure-axis.js'
import { cellOpacity, cellRuns, halfBar, panelScale, pointsOf, within } from '../figure-geometry.js'
import type { Named } from '../figure-panel.js'
import { textWidth } from '../figure-text.js'
import { coordinate, distinct, type PagePoint, pathThrough, simplified, strokes, wrapped } from './figure-paths.js'
import { figureTex } from './figure-text.js'

/** How a panel is set: its outer size and that of its text, in points of TeX. */
export interface PanelLayout {
  readonly width: number
  readonly height: number
  readonly fontSize: number
  /** Most ticks with labels on either axis. */
  readonly ticks: readonly [number, number]
}

/** The size of the text that `textWidth` measures. */
const measuredSize = 11

/** Width of a text at a size. TeX's letters are narrower than what is allowed there, less so the small ones. */
export const widthAt = (text: string, fontSize: number): number =>
  (textWidth(text) * fontSize * (fontSize < 8 ? 1.03 : 0.94)) / measuredSize

interface Frame {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

/** One panel at a place (its lower left corner), in the basic commands of pgf. */
export function panelTex(
  panel: Panel,
  colorName: (named: Named) => string,
  [left, bottom]: PagePoint,
  layout: PanelLayout,
): string {
  const { width, height, fontSize } = layout
  const scales = { x: panelScale(panel, 'x', layout.ticks[0]), y: panelScale(panel, 'y', layout.ticks[1]) }
  const widest = Math.max(0, ...scales.y.major.map((value) => widthAt(scales.y.label(value), fontSize)))
  const line = 1.2 * fontSize
  const title = panel.title === undefined ? [] : broken(panel.title, width - 12, fontSize)
  const labelX = broken(panel.x.label, width - 30, fontSize)
  const labelY = broken(panel.y.label, height - (1 + title.length) * line - 2 * fontSize, fontSize)
  const frame: Frame = {
    // Raised digits take more room than the measured font gives them.
    left: left + labelY.length * line + widest + (panel.y.log ? 12 : 9),
    bottom: bottom + labelX.length * line + 1.6 * fontSize + 2,
    right: left + width - 8,
    top: bottom + height - 4 - title.length * line,
  }
  const x = mapping(scales.x, panel.x.log ?? false, frame.left, frame.right)
  const y = mapping(scales.y, panel.y.log ?? false, frame.bottom, frame.top)
  const middle = [(frame.left + frame.right) / 2, (frame.bottom + frame.top) / 2] as const
  return [
    grid(scales.y, y, frame),
    ticks(scales, x, y, frame, fontSize),
    '\\begin{pgfscope}',
    `\\pgfpathrectangle{\\pgfqpoint{${coordinate(frame.left)}pt}{${coordinate(frame.bottom)}pt}}{\\pgfqpoint{${coordinate(frame.right - frame.left)}pt}{${coordinate(frame.top - frame.bottom)}pt}}\\pgfusepath{clip}`,
    ...(panel.cells === undefined
      ? []
      : cellsTex(
          panel.cells,
          colorName,
          (value) => x(within(scales.x, value)),
          (value) => y(within(scales.y, value)),
        )),
    ...panel.series.map((series) => seriesTex(series, panel, colorName(series), scales.y, x, y)),
    '\\end{pgfscope}',
    `\\begin{pgfscope}\\pgfsetlinewidth{0.5pt}\\pgfsetstrokecolor{black!55}${pathThrough(corners(frame))}\\pgfpathclose\\pgfusepath{stroke}\\end{pgfscope}`,
    text(stacked(labelX), middle[0], bottom + 1, 'bottom'),
    text(stacked(labelY), left + 1, middle[1], 'top,rotate=90'),
    ...(title.length === 0 ? [] : [text(stacked(title), middle[0], frame.top + 1, 'bottom')]),
  ].join('\n')
}

/** A text in lines no wider than given, where its words allow it. */
function broken(text: string, width: number, fontSize: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && widthAt(`${last} ${word}`, fontSize) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Lines below each other, centred. */
const stacked = (lines: readonly string[]): string =>
  lines.length === 1
    ? figureTex(lines[0]!)
    : `\\begin{tabular}{@{}c@{}}${lines.map(figureTex).join('\\\\')}\\end{tabular}`

const corners = ({ left, bottom, right, top }: Frame): readonly PagePoint[] => [
  [left, bottom],
  [right, bottom],
  [right, top],
  [left, top],
]

/** Text at a place; `anchor` says which side of it is there. */
export const text = (latex: string, x: number, y: number, anchor: string): string =>
  `\\pgftext[x=${coordinate(x)}pt,y=${coordinate(y)}pt,${anchor}]{\\strut ${latex}}`

type Mapping = (value: number) => number

function mapping({ domain: [low, high] }: AxisScale, log: boolean, from: number, to: number): Mapping {
  const place = log ? Math.log10 : (value: number): number => value
  // A logarithmic axis that only what is left out of the drawing would be on.
  const [first, last] = [place(low), place(high)]
  return (value) => from + ((place(value) - first) / (last - first)) * (to - from)
}

const grid = ({ major }: AxisScale, y: Mapping, { left, right }: Frame): string =>
  `\\begin{pgfscope}\\pgfsetlinewidth{0.3pt}\\pgfsetstrokecolor{black!12}${strokes(
    major.map((value) => [
      [left, y(value)],
      [right, y(value)],
    ]),
  )}\\pgfusepath{stroke}\\end{pgfscope}`

function ticks(
  scales: { readonly x: AxisScale; readonly y: AxisScale },
  x: Mapping,
  y: Mapping,
  { left, bottom }: Frame,
  fontSize: number,
): string {
  const ends = (length: number, values: { readonly x: readonly number[]; readonly y: readonly number[] }) => [
    ...values.x.map(
      (value) =>
        [
          [x(value), bottom],
          [x(value), bottom - length],
        ] as const,
    ),
    ...values.y.map(
      (value) =>
        [
          [left, y(value)],
          [left - length, y(value)],
        ] as const,
    ),
  ]
  const all = [
    ...ends(3, { x: scales.x.major, y: scales.y.major }),
    ...ends(1.5, { x: scales.x.minor, y: scales.y.minor }),
  ]
  return [
    `\\begin{pgfscope}\\pgfsetlinewidth{0.4pt}\\pgfsetstrokecolor{black!70}${strokes(all)}\\pgfusepath{stroke}\\end{pgfscope}`,
    ...scales.x.major.map((value) => text(figureTex(scales.x.label(value)), x(value), bottom - 3, 'top')),
    ...scales.y.major.map((value) =>
      text(figureTex(scales.y.label(value)), left - 4.5, y(value) - 0.05 * fontSize, 'right'),
    ),
  ].join('\n')
}

/** The cells of each kind as one path: its rectangles join without a seam. */
function cellsTex(cells: Cells, colorName: (named: Named) => string, x: Mapping, y: Mapping): readonly string[] {
  const runs = cellRuns(cells)
  return cells.kinds.flatMap((kind, index) => {
    const rectangles = runs
      .filter((run) => run.kind === index)
      .map(({ x1, x2, y1, y2 }): readonly PagePoint[] => [
        [x(x1), y(y1)],
        [x(x2), y(y1)],
        [x(x2), y(y2)],
        [x(x1), y(y2)],
      ])
    if (rectangles.length === 0) return []
    const path = rectangles.map((corner) => `${pathThrough(corner)}\\pgfpathclose`).join('')
    return [
      wrapped(
        `\\begin{pgfscope}\\pgfsetcolor{${colorName(kind)}}\\pgfsetfillopacity{${cellOpacity}}${path}\\pgfusepath{fill}\\end{pgfscope}`,
      ),
    ]
  })
}

function seriesTex(series: Series, panel: Panel, color: string, scaleY: AxisScale, x: Mapping, y: Mapping): string {
  const points = pointsOf(series, panel, scaleY.domain[0])
  const scope = (commands: string): string =>
    commands === '' ? '' : `\\begin{pgfscope}\\pgfsetcolor{${color}}${commands}\\end{pgfscope}`
  if (points.length === 0) return ''
  const places = points.map((point): PagePoint => [x(point.x), y(point.y)])
  if (series.kind === 'line') {
    const dash = series.dashed ? '\\pgfsetdash{{3pt}{2pt}}{0pt}' : ''
    return wrapped(
      scope(
        `\\pgfsetlinewidth{${series.dashed ? 0.9 : 0.7}pt}\\pgfsetroundjoin${dash}${pathThrough(simplified(places))}\\pgfusepath{stroke}`,
      ),
    )
  }
  if (series.kind === 'histogram') {
    const half = halfBar(series.x)
    const base = y(panel.y.log ? scaleY.domain[0] : 0)
    const bars = points.map((point): readonly PagePoint[] => [
      [x(point.x - half), base],
      [x(point.x - half), y(point.y)],
      [x(point.x + half), y(point.y)],
      [x(point.x + half), base],
    ])
    return wrapped(
      scope(
        `\\pgfsetfillopacity{0.45}${bars.map((bar) => `${pathThrough(bar)}\\pgfpathclose`).join('')}\\pgfusepath{fill}`,
      ),
    )
  }
  const bars =
    series.error === undefined
      ? ''
      : `\\pgfsetlinewidth{0.4pt}${strokes(
          points.map((point, k) => [
            [places[k]![0], y(point.low)],
            [places[k]![0], y(point.high)],
          ]),
        )}\\pgfusepath{stroke}`
  // A dot is a line of no length with round ends: thousands of them are one path.
  const dots = distinct(places).map((place) => [place, place] as const)
  return wrapped(
    scope(
      `${bars}\\pgfsetlinewidth{${points.length > 100 ? 1.1 : 2.2}pt}\\pgfsetroundcap${strokes(dots)}\\pgfusepath{stroke}`,
    ),
  )
}
