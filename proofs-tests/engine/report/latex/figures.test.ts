import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FigureData } from '../../../../src/audit/figure.js'
import { coordinate, distinct, type PagePoint, simplified } from '../../../../src/report/latex/figure-paths.js'
import { figureTex } from '../../../../src/report/latex/figure-text.js'
import { figurePicture, hexOf } from '../../../../src/report/latex/figures.js'
import { texText } from '../../../../src/report/tex-text.js'

const distance = ([x, y]: PagePoint, [x0, y0]: PagePoint, [x1, y1]: PagePoint): number => {
  const squared = (x1 - x0) ** 2 + (y1 - y0) ** 2
  const along = squared === 0 ? 0 : ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / squared
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - x0 - t * (x1 - x0), y - y0 - t * (y1 - y0))
}

describe('a drawn line', () => {
  const points = fc.array(
    fc.tuple(fc.double({ min: 0, max: 300, noNaN: true }), fc.double({ min: 0, max: 200, noNaN: true })),
    { minLength: 1, maxLength: 60 },
  )
  it('has its ends, no point that was not there, and passes every one within a twentieth of a point (law)', () => {
    fc.assert(
      fc.property(points, (all) => {
        const kept = simplified(all)
        expect([kept[0], kept.at(-1)]).toEqual([all[0], all.at(-1)])
        let at = 0
        for (const point of all) {
          if (at + 1 < kept.length && point === kept[at + 1]) at += 1
          const [from, to] = [kept[Math.max(0, point === kept[at] ? at - 1 : at)]!, kept[Math.min(kept.length - 1, at + 1)]!]
          const off = Math.min(distance(point, from, to), distance(point, kept[at]!, to), distance(point, from, kept[at]!))
          expect(off).toBeLessThanOrEqual(0.05 + 1e-9)
        }
      }),
    )
  }) // biome-ignore format: the law reads best whole

  it('is one piece where its points are in line', () => {
    const line = Array.from({ length: 1000 }, (_, k): PagePoint => [k / 10, k / 20])
    expect(simplified(line)).toEqual([line[0], line.at(-1)])
  })

  it('has coordinates to a hundredth of a point', () => {
    expect([0, -0.001, 1.005, 12.3, -4, 100].map(coordinate)).toEqual(['0', '0', '1', '12.3', '-4', '100'])
  })

  it('of dots draws none over another', () => {
    expect(distinct([[1, 1], [1.01, 1.02], [1.2, 1]])).toEqual([[1, 1], [1.2, 1]]) // biome-ignore format: short
  })
})

describe('a figure’s text in LaTeX', () => {
  it.each([
    ['weight variance σ_w²', 'weight variance $\\sigma_{w}^{2}$'],
    ['⟨|ε_q|²⟩', '$\\langle|\\epsilon_{q}|^{2}\\rangle$'],
    ['output overlap q^L', 'output overlap $q^{L}$'],
    ['η^{*l} of each layer', '$\\eta^{*l}$ of each layer'],
    ['density_{max}', 'density$_{\\mathrm{max}}$'],
    ['10⁻²', '10$^{-2}$'],
    ['theory, N → ∞', 'theory, $N$ $\\to$ $\\infty$'],
    ['r*', '$r^*$'],
    ['(a) sign-DNN', '(a) sign-DNN'],
    ['(d) a mean', '(d) a mean'],
    ['100 % of $x', '100 \\% of \\$$x$'],
    ['x_{$^}', '$x_{\\text{\\$\\textasciicircum{}}}$'],
    ['$σ', '\\$$\\sigma$'],
  ])('%s', (text, latex) => {
    expect(figureTex(text)).toBe(latex)
  })

  it('and any other text have as many dollar signs and braces that open as that close (law)', () => {
    for (const set of [figureTex, texText])
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme' }), (text) => {
          const latex = set(text).replace(/\\[${}]/g, '')
          expect(latex.split('$').length % 2).toBe(1)
          expect(latex.split('{').length).toBe(latex.split('}').length)
          expect(latex).not.toMatch(/(?<!\\)[%#&]/)
        }),
      )
  })
})

describe('a picture', () => {
  const data: FigureData = {
    panels: [
      { x: { label: 'x' }, y: { label: 'y', log: true }, series: [{ name: 'a', kind: 'points', x: [1, 2, 3], y: [1, -1, 100], error: [5, 1, 1], color: '#abc' }] },
    ],
  } // biome-ignore format: one panel

  it('leaves out what cannot be drawn, ends error bars with the axis, and stays in its box', () => {
    const picture = figurePicture(data)
    const [, right, top] = /use as bounding box/.test(picture)
      ? /\\pgfqpoint\{([\d.]+)pt\}\{([\d.]+)pt\}\}\\pgfusepath\{use as/.exec(picture)!
      : ['', '0', '0']
    for (const [, x, y] of picture.matchAll(/\\cg[ML]\(([-\d.]+),([-\d.]+)\)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0)
      expect(Number(x)).toBeLessThanOrEqual(Number(right))
      expect(Number(y)).toBeGreaterThanOrEqual(0)
      expect(Number(y)).toBeLessThanOrEqual(Number(top))
    }
    expect(picture).not.toMatch(/NaN|Infinity|undefined/)
    expect(picture).toContain('\\definecolor{corrigendaAABBCC}{HTML}{AABBCC}')
  })

  it('has a plane of cells behind its lines, a path and a mark in the legend for each kind, within the axes', () => {
    const plane = (log: boolean): FigureData => ({
      panels: [
        {
          x: { label: 'x', log },
          y: { label: 'y' },
          cells: { x: [0.5, 1.5, 2.5], y: [1, 2], kinds: [{ name: 'low', color: '#123456' }, { name: 'high' }], cells: [[0, 0, 1], [0, 7, 1]] },
          series: [{ name: 'edge', kind: 'line', x: [1, 2], y: [1, 2], color: '#000' }],
        },
      ],
    }) // biome-ignore format: one panel
    const picture = figurePicture(plane(false)).replaceAll('%\n', '')
    const filled = [
      ...picture.matchAll(
        /\\pgfsetcolor\{corrigenda(\w+)\}\\pgfsetfillopacity\{0\.35\}((?:\\cg|\\pgfpathclose).*?)\\pgfusepath/g,
      ),
    ]
    expect(filled.map(([, color, path]) => [color, path!.split('pgfpathclose').length - 1])).toEqual([
      ['123456', 2],
      [expect.stringMatching(/^[0-9A-F]{6}$/), 2],
    ])
    expect(filled[0]!.index).toBeLessThan(picture.indexOf('\\pgfsetcolor{corrigenda000000}'))
    const wide = [...filled[0]![2]!.matchAll(/cg[ML]\(([\d.]+),/g)].map((match) => Number(match[1]))
    expect((wide[1]! - wide[0]!) / (wide[5]! - wide[4]!)).toBeCloseTo(2, 1)
    for (const name of ['low', 'high', 'edge']) expect(picture).toContain(`\\strut ${name}}`)
    expect(figurePicture(plane(true))).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('is the same for the same numbers', () => {
    expect(figurePicture(structuredClone(data))).toBe(figurePicture(data))
  })

  it('knows the colours that figures use, and takes any other for black', () => {
    expect(['#1a9850', '#ABC', 'rgb(1, 2, 300)', 'Red', 'url(x)'].map(hexOf)).toEqual([
      '1A9850',
      'AABBCC',
      '0102FF',
      'FF0000',
      '000000',
    ])
  })
})
