import type { FigureData } from '../../audit/figure.js'
import { colorsFor } from '../figure-colors.js'
import { factsLine } from '../figure-facts.js'
import type { FigureFile } from '../figure-file.js'
import { cellOpacity } from '../figure-geometry.js'
import { type LegendBlock, type LegendEntry, legendBlocks } from '../figure-legend.js'
import { figureName } from '../report.js'
import type { ReportInput } from '../report-input.js'
import { comment, documentHead, packages } from './document.js'
import { type PanelLayout, panelTex, text, widthAt } from './figure-panel.js'
import { coordinate } from './figure-paths.js'
import { figureTex } from './figure-text.js'

/** Every figure that has numbers, as a file of its own. */
export const figureFiles = ({ figures }: ReportInput): readonly (readonly [string, string])[] =>
  [...figures].flatMap(([id, figure]) =>
    figure.data === null ? [] : [[`figures/${figureName(id)}.tex`, figureFile(figure, figure.data)] as const],
  )

/**
 * A figure in the basic commands of pgf: \input where a document loads that package, or compiled by itself into a PDF of its
 * own size.
 */
function figureFile({ facts }: FigureFile, data: FigureData): string {
  const about = [
    factsLine(facts),
    'Compiles by itself with pdflatex. To \\input it into a document of your own, load amsmath and pgf there.',
  ]
  return `${comment(about)}
\\makeatletter
\\ifx\\@nodocument\\relax
  \\makeatother
  \\providecommand{\\corrigendafigure}[1]{#1}
  \\providecommand{\\corrigendaend}{}
\\else
  \\makeatother
${documentHead(packages.figures)}
  % A page of the figure's size.
  \\newsavebox{\\corrigendabox}
  \\newcommand{\\corrigendafigure}[1]{\\sbox{\\corrigendabox}{#1}%
    \\pdfpagewidth=\\wd\\corrigendabox \\pdfpageheight=\\dimexpr\\ht\\corrigendabox+\\dp\\corrigendabox\\relax
    \\pdfhorigin=0pt \\pdfvorigin=0pt \\hoffset=0pt \\voffset=0pt \\shipout\\box\\corrigendabox}
  \\newcommand{\\corrigendaend}{\\end{document}}
  \\begin{document}
\\fi
\\corrigendafigure{%
${figurePicture(data)}%
}
\\corrigendaend
`
}

/** Width that figures are drawn to, in points of TeX: that of a page's text. */
const fullWidth = 468

function layoutFor(count: number): PanelLayout & { readonly columns: number } {
  if (count <= 1) return { columns: 1, width: 330, height: 225, fontSize: 8, ticks: [8, 8] }
  if (count === 2 || count === 4) return { columns: 2, width: fullWidth / 2, height: 168, fontSize: 8, ticks: [6, 7] }
  return { columns: 3, width: fullWidth / 3, height: 150, fontSize: 7, ticks: [4, 5] }
}

const legendRow = 1.5

/** A figure as a picture: panels in rows, the legend below. */
export function figurePicture(data: FigureData): string {
  const layout = layoutFor(data.panels.length)
  const { columns, width, height, fontSize } = layout
  const rows = Math.max(1, Math.ceil(data.panels.length / columns))
  const across = width * Math.min(columns, Math.max(1, data.panels.length))
  const colors = colorsFor(data)
  const names = new Map<string, string>()
  for (const named of data.panels.flatMap((panel) => [...(panel.cells?.kinds ?? []), ...panel.series])) {
    const hex = hexOf(colors(named))
    if (!names.has(hex)) names.set(hex, `corrigenda${hex}`)
  }
  const nameOf = (color: string): string => names.get(hexOf(color)) ?? 'black'
  const legend = legendTex(legendBlocks(data, colors), nameOf, across, fontSize)
  const heading = data.title === undefined ? 0 : 2 * fontSize
  const total = rows * height + legend.height + heading
  return [
    ...[...names].map(([hex, name]) => `\\definecolor{${name}}{HTML}{${hex}}%`),
    '\\begin{pgfpicture}',
    '\\def\\cgM(#1,#2){\\pgfpathmoveto{\\pgfqpoint{#1pt}{#2pt}}}\\def\\cgL(#1,#2){\\pgfpathlineto{\\pgfqpoint{#1pt}{#2pt}}}',
    `\\pgfpathrectangle{\\pgfpointorigin}{\\pgfqpoint{${coordinate(across)}pt}{${coordinate(total)}pt}}\\pgfusepath{use as bounding box}`,
    `\\fontsize{${fontSize}}{${Math.round(1.2 * fontSize)}}\\selectfont`,
    ...(data.title === undefined
      ? []
      : [text(`\\bfseries ${figureTex(data.title)}`, across / 2, total - heading + 4, 'bottom')]),
    ...data.panels.map((panel, k) =>
      panelTex(
        panel,
        (named) => nameOf(colors(named)),
        [(k % columns) * width, total - heading - (Math.floor(k / columns) + 1) * height],
        layout,
      ),
    ),
    legend.commands,
    '\\end{pgfpicture}',
  ].join('\n')
}

interface LegendTex {
  readonly height: number
  readonly commands: string
}

/** Blocks of a legend from the top down, within a width; each text takes the room that it needs. */
function legendTex(
  blocks: readonly LegendBlock[],
  nameOf: (color: string) => string,
  width: number,
  fontSize: number,
): LegendTex {
  const row = legendRow * fontSize
  const drawn: ((height: number) => string)[] = []
  let rows = 0
  for (const { heading, entries } of blocks) {
    const start = heading === '' ? 6 : 6 + widthAt(heading, fontSize) + fontSize
    const at = (line: number, height: number): number => height - (line + 0.5) * row
    const line = rows
    if (heading !== '') drawn.push((height) => text(figureTex(heading), 6, at(line, height), 'left'))
    let x = start
    for (const entry of entries) {
      const needed = markWidth(entry) + 3 + widthAt(entry.text, fontSize)
      if (x > start && x + needed > width) {
        rows += 1
        x = start
      }
      const [place, current] = [x, rows]
      drawn.push(
        (height) =>
          `${mark(entry, nameOf(entry.color), place, at(current, height))}${text(figureTex(entry.text), place + markWidth(entry) + 3, at(current, height), 'left')}`,
      )
      x += needed + 1.8 * fontSize
    }
    rows += 1
  }
  const height = rows * row
  return { height: height + 2, commands: drawn.map((draw) => draw(height)).join('\n') }
}

const markWidth = ({ kind }: LegendEntry): number => (kind === 'line' ? 16 : 6)

function mark({ kind, dashed }: LegendEntry, color: string, x: number, y: number): string {
  const [from, to, middle] = [coordinate(x), coordinate(x + 16), coordinate(x + 3)]
  const at = coordinate(y)
  const inner =
    kind === 'line'
      ? `\\pgfsetlinewidth{0.9pt}${dashed ? '\\pgfsetdash{{3pt}{2pt}}{0pt}' : ''}\\cgM(${from},${at})\\cgL(${to},${at})\\pgfusepath{stroke}`
      : kind === 'points'
        ? `\\pgfsetlinewidth{2.4pt}\\pgfsetroundcap\\cgM(${middle},${at})\\cgL(${middle},${at})\\pgfusepath{stroke}`
        : `\\pgfsetfillopacity{${kind === 'cell' ? cellOpacity : 0.45}}\\pgfpathrectangle{\\pgfqpoint{${from}pt}{${coordinate(y - 3)}pt}}{\\pgfqpoint{6pt}{6pt}}\\pgfusepath{fill}`
  return `\\begin{pgfscope}\\pgfsetcolor{${color}}${inner}\\end{pgfscope}`
}

const namedColors: Readonly<Record<string, string>> = {
  black: '000000', white: 'FFFFFF', gray: '808080', grey: '808080', red: 'FF0000', green: '008000', blue: '0000FF',
  orange: 'FFA500', purple: '800080', brown: 'A52A2A', teal: '008080', navy: '000080', silver: 'C0C0C0',
} // biome-ignore format: a list reads best as a list

/** A CSS colour as six digits, those that figures use: `#abc`, `#aabbcc`, `rgb(…)`, usual names; anything else is black. */
export function hexOf(color: string): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1]
  if (hex !== undefined) return hex.toUpperCase()
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color)
  if (short !== null)
    return [1, 2, 3]
      .map((k) => short[k]!.repeat(2))
      .join('')
      .toUpperCase()
  const parts = /^rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(color)
  if (parts !== null)
    return [1, 2, 3]
      .map((k) => Math.min(255, Number(parts[k])).toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()
  return namedColors[color.toLowerCase()] ?? '000000'
}
