import type { FigureData } from '../../../audit/figure.js'
import { factsLine } from '../../figure-facts.js'
import type { FigureFile } from '../../figure-file.js'
import { shortId } from '../addresses.js'
import { withScripts } from '../formula/set-formula.js'
import { html, type Markup } from '../markup.js'
import { capital } from '../words/verdicts.js'

/** Width and height of a drawing, from its own first tag, so that the page keeps its place before it is loaded. */
export function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const match = /<svg[^>]*\swidth="(\d+)"[^>]*\sheight="(\d+)"/.exec(svg)
  return { width: Number(match?.[1] ?? 640), height: Number(match?.[2] ?? 400) }
}

/** What is drawn, for who cannot see it: kinds of cells, then series. */
function contents({ panels }: FigureData): string {
  const names = (named: readonly { readonly name: string }[]): string =>
    [...new Set(named.map(({ name }) => name))].join(', ')
  const kinds = panels.flatMap((panel) => panel.cells?.kinds ?? [])
  const series = panels.flatMap((panel) => panel.series)
  const regions = kinds.length === 0 ? '' : `Regions: ${names(kinds)}. `
  return `${regions}${series.length === 0 && kinds.length > 0 ? '' : `${series.length} series: ${names(series)}.`}`.trim()
}

/** A figure drawn again, with what it was made of and its numbers to download; where there are none, why. */
export function figureBlock({ facts, axes, error, data }: FigureFile, svg: string | null): Markup {
  if (data === null || svg === null)
    return html`<p class="missing">The figure could not be drawn again: ${error ?? 'its numbers are missing'}.</p>`
  const { width, height } = sizeOf(svg)
  const name = shortId(facts.statement)
  const hasBars = data.panels.some((panel) => panel.series.some((one) => one.error !== undefined))
  return html`<figure class="plot">
<div class="sheet"><a href="${name}.svg"><img src="${name}.svg" width="${width}" height="${height}" alt="${facts.label}: ${facts.about}. ${contents(data)}"></a></div>
<figcaption>
<p>${capital(facts.label)} drawn again.${hasBars && ' Error bars are one standard error each way.'}${axes !== null && html` On the paper’s axes: ${axes.x} across, ${axes.y} up.`}</p>
<p class="facts">${withScripts(factsLine(facts))}.</p>
<p class="downloads"><a href="${name}.csv" download>Numbers as CSV</a> <a href="${name}.svg" download>Drawing as SVG</a></p>
</figcaption>
</figure>`
}
