import { parseHTML } from 'linkedom'
import type { FigureData } from '../audit/figure.js'
import { colorsFor } from './figure-colors.js'
import { type FigureFacts, factsLine } from './figure-facts.js'
import { drawLegend } from './figure-legend.js'
import { drawPanel, panelHeight, panelWidth } from './figure-panel.js'
import { escaped, fontFamily, fontSize, textMarkup } from './figure-text.js'

const headingHeight = 26
const legendMargin = 12
const mostInRow = 3
/** Four panels are two rows of two. */
const panelsInRow = (count: number): number => (count === 4 ? 2 : Math.min(mostInRow, Math.max(1, count)))

/**
 * A figure as SVG: theory and simulation on the same axes, panels side by side in rows of three (four in rows of two), the
 * legend below; for who cannot see it, a title and a description with the facts. Pure: no browser, no clock; equal numbers give equal text.
 */
export function figureSvg(figure: FigureData, facts: FigureFacts): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const colorOf = colorsFor(figure)
  const top = figure.title === undefined ? 0 : headingHeight
  const columns = panelsInRow(figure.panels.length)
  const panels = figure.panels.map((panel, position) =>
    drawPanel(panel, colorOf, document, {
      x: (position % columns) * panelWidth,
      y: top + Math.floor(position / columns) * panelHeight,
    }),
  )
  const rows = Math.max(1, Math.ceil(panels.length / columns))
  const width = panelWidth * columns
  const legend = drawLegend(figure, colorOf, legendMargin, width - 2 * legendMargin)
  const legendTop = top + rows * panelHeight + 6
  const height = legendTop + legend.height + 10
  const heading =
    figure.title === undefined
      ? ''
      : `<text x="${width / 2}" y="18" text-anchor="middle" font-weight="bold">${textMarkup(figure.title)}</text>`
  // Ids of this figure alone: a page may hold several.
  const id = facts.statement.replace(/[^A-Za-z0-9-]/g, '-')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc" font-family="${escaped(fontFamily)}" font-size="${fontSize}" fill="#222">`,
    `<title id="${id}-title">${escaped(`${facts.label}: ${facts.about}`)}</title>`,
    `<desc id="${id}-desc">${escaped(factsLine(facts))}</desc>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...(heading === '' ? [] : [heading]),
    ...panels,
    `<g transform="translate(0 ${legendTop})">${legend.markup}</g>`,
    '</svg>\n',
  ].join('\n')
}
