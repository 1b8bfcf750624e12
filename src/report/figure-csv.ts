import type { FigureData, Panel } from '../audit/figure.js'
import { type FigureFacts, factsLine } from './figure-facts.js'

const field = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const number = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? '' : String(value)

/** One line for each cell: its kind's name as the series, its centre. */
const cellLines = ({ title, cells }: Panel, position: number): readonly string[] =>
  cells === undefined
    ? []
    : cells.cells.flatMap((row, r) =>
        row.flatMap((kind, c) => {
          const name = cells.kinds[kind]?.name
          if (name === undefined) return []
          return [
            [
              field(title ?? String(position + 1)),
              field(name),
              'cell',
              number(cells.x[c]),
              number(cells.y[r]),
              '',
            ].join(','),
          ]
        }),
      )

/**
 * A figure's numbers as CSV: a comment (`#`) on how they came about, the columns' names, then one line for each point, with
 * its panel and series; `error` is one standard error.
 */
export function figureCsv(figure: FigureData, facts: FigureFacts): string {
  const lines = figure.panels.flatMap((panel, position) => [
    ...cellLines(panel, position),
    ...panel.series.flatMap((series) =>
      series.x.map((x, k) =>
        [
          field(panel.title ?? String(position + 1)),
          field(series.name),
          series.kind,
          number(x),
          number(series.y[k]),
          number(series.error?.[k]),
        ].join(','),
      ),
    ),
  ])
  const comment = `# ${factsLine(facts)}; error: one standard error`
  return `${[comment, 'panel,series,kind,x,y,error', ...lines].join('\n')}\n`
}
