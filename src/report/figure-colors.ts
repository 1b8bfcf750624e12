import type { FigureData, Series } from '../audit/figure.js'

const palette = ['#1b6ca8', '#c0392b', '#2e8b57', '#8e5ea2', '#d98200', '#3b8686', '#b03a76', '#5d6d7e'] as const

/** A series' own colour, or one for each name in the order of appearance: theory and simulation of one name agree. */
export function colorsFor(figure: FigureData): (named: Pick<Series, 'name' | 'color'>) => string {
  const colors = new Map<string, string>()
  for (const { name, color } of figure.panels.flatMap((panel): readonly Pick<Series, 'name' | 'color'>[] => [
    ...(panel.cells?.kinds ?? []),
    ...panel.series,
  ]))
    if (!colors.has(name)) colors.set(name, color ?? palette[colors.size % palette.length]!)
  return ({ name, color }) => color ?? colors.get(name)!
}
