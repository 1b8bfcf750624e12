import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import type { FigureData, Series } from '../../../src/audit/figure.js'
import type { PairEnsemble, SimulationRequest } from '../../../src/network/index.js'
import { figureCsv } from '../../../src/report/figure-csv.js'
import { type FigureFacts, simulationSizes } from '../../../src/report/figure-facts.js'
import { figureSvg } from '../../../src/report/figure-svg.js'
import { textWidth } from '../../../src/report/figure-text.js'

const facts: FigureFacts = {
  statement: 'p/fig-1', label: 'figure 1', about: 'a < b & c', paper: 'A. Author: T\nU (2017, x:1)', version: '0.1.0', seed: 7,
  depth: 'quick', sizes: ['200 linear networks'],
} // biome-ignore format: one object

const figure: FigureData = {
  title: 'T < 1',
  panels: [
    { title: 'a, b', x: { label: 'q' }, y: { label: '⟨|ε_q|²⟩', log: true }, series: [{ name: 'theory', kind: 'line', x: [1, 2], y: [1, 0], dashed: true }, { name: 'nets', kind: 'points', x: [1], y: [2], error: [0.5] }] },
    { x: { label: 'z' }, y: { label: 'n' }, series: [{ name: 'h', kind: 'histogram', x: [1, 2], y: [3, Number.NaN] }] },
  ],
} // biome-ignore format: data

const parse = (svg: string) => parseHTML(`<!doctype html><html><body>${svg}</body></html>`).document
const drawn = (data: FigureData) => parse(figureSvg(data, facts))
/** Texts of the legend with where they begin. */
const legendOf = (data: FigureData) =>
  [...drawn(data).querySelectorAll('body > svg > g:last-child > text')].map((text) => ({
    text: text.textContent ?? '',
    x: Number(text.getAttribute('x')),
    y: Number(text.getAttribute('y')),
  }))
const oneAxis = (series: readonly Series[], log = false): FigureData => ({
  panels: [{ x: { label: 'x' }, y: { label: 'y', log }, series }],
})
const line = (name: string, more: Partial<Series> = {}): Series => ({
  name,
  kind: 'line',
  x: [0, 1],
  y: [1, 2],
  ...more,
})

describe('cells', () => {
  const plane: FigureData = {
    panels: [
      {
        title: 'plane',
        x: { label: 'x' },
        y: { label: 'y' },
        cells: {
          x: [0.5, 1.5, 2.5],
          y: [0.5, 1.5],
          kinds: [{ name: 'low', color: '#123456' }, { name: 'high' }],
          cells: [
            [0, 0, 1],
            [0, 7, 1],
          ],
        },
        series: [line('boundary')],
      },
    ],
  }

  it('are drawn behind the lines, one path for each kind, cells side by side as one rectangle, blank where of no kind', () => {
    const root = drawn(plane)
    const marks = root.querySelector('svg svg')!
    const [cells, line] = ['[aria-label="cells"]', '[aria-label="line"]'].map((one) => marks.querySelector(one)!)
    const order = [...marks.children]
    expect(order.indexOf(cells!)).toBeLessThan(order.indexOf(line!))
    const paths = [...cells!.querySelectorAll('path')]
    expect(paths.map((path) => path.getAttribute('fill'))).toEqual(['#123456', expect.stringMatching(/^#/)])
    const widths = (path: (typeof paths)[number] | undefined): readonly number[] =>
      [...path!.getAttribute('d')!.matchAll(/M([\d.]+) [\d.]+H([\d.]+)/g)].map(
        ([, from, to]) => Number(to) - Number(from),
      )
    const [wide, narrow] = widths(paths[0])
    expect(widths(paths[0])).toHaveLength(2)
    expect(wide! / narrow!).toBeCloseTo(2, 1)
    expect(widths(paths[1])).toHaveLength(2)
  })

  it('end with a logarithmic axis where they reach zero', () => {
    const [panel] = plane.panels
    const svg = figureSvg({ panels: [{ ...panel!, x: { label: 'x', log: true } }] }, facts)
    expect(svg).toContain('aria-label="cells"')
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('stand in the legend before the series, and in the CSV with their centres', () => {
    expect(legendOf(plane).map(({ text }) => text)).toEqual(['low', 'high', 'boundary'])
    expect(
      figureCsv(plane, facts)
        .split('\n')
        .filter((row) => row.includes(',cell,')),
    ).toEqual([
      'plane,low,cell,0.5,0.5,',
      'plane,low,cell,1.5,0.5,',
      'plane,high,cell,2.5,0.5,',
      'plane,low,cell,0.5,1.5,',
      'plane,high,cell,2.5,1.5,',
    ])
  })
})

describe('CSV', () => {
  it('puts more than three panels in rows of three, four in rows of two', () => {
    const [panel] = figure.panels
    const sizeOf = (panels: number) => {
      const svg = drawn({ panels: Array.from({ length: panels }, () => panel!) }).querySelector('svg')!
      return ['width', 'height'].map((name) => Number(svg.getAttribute(name)))
    }
    const [one, three, four, seven] = [1, 3, 4, 7].map(sizeOf)
    expect(three![0]).toBe(3 * one![0]!)
    expect(four).toEqual([2 * one![0]!, three![1]! + 340])
    expect(seven![0]).toBe(three![0])
    expect(seven![1]! - three![1]!).toBe(2 * 340)
  })

  it('has the facts in one comment, then all numbers, what is no number left empty', () => {
    expect(figureCsv(figure, facts).split('\n')).toEqual([
      '# p/fig-1: figure 1 of A. Author: T U (2017, x:1); corrigenda 0.1.0, seed 7, depth quick; simulated: 200 linear networks; error: one standard error',
      'panel,series,kind,x,y,error',
      '"a, b",theory,line,1,1,',
      '"a, b",theory,line,2,0,',
      '"a, b",nets,points,1,2,0.5',
      '2,h,histogram,1,3,',
      '2,h,histogram,2,,',
      '',
    ])
  })
})

describe('SVG', () => {
  const svg = figureSvg(figure, facts)

  it('is drawn without a browser, theory and simulation together, the same twice', () => {
    expect(svg).toMatch(/^<svg /)
    expect(svg).toContain('T &lt; 1')
    expect(svg).toContain('<circle')
    expect(svg).not.toContain('NaN')
    expect(figureSvg(figure, facts)).toBe(svg)
  })

  it('says what it is to who cannot see it', () => {
    const root = parse(svg).querySelector('svg')!
    expect(root.getAttribute('role')).toBe('img')
    const [title, description] = root
      .getAttribute('aria-labelledby')!
      .split(' ')
      .map((id: string) => root.querySelector(`[id="${id}"]`))
    expect(title?.textContent).toBe('figure 1: a < b & c')
    for (const fact of ['p/fig-1', 'corrigenda 0.1.0', 'seed 7', '200 linear networks'])
      expect(description?.textContent).toContain(fact)
  })

  it("puts a panel's title above its frame", () => {
    const title = [...parse(svg).querySelectorAll('text')].find((text) => text.textContent === 'a, b')!
    const plot = parse(svg).querySelector('svg svg')!
    const frame = plot.querySelector('rect[aria-label="frame"]')!
    expect(Number(title.getAttribute('y'))).toBeLessThan(
      Number(plot.getAttribute('y')) + Number(frame.getAttribute('y')),
    )
  })

  it('leaves the labels of the ticks beside the label of the axis, however wide they are', () => {
    const wide = drawn(oneAxis([line('a', { y: [-123_456.5, 123_456.5] })]))
    const frame = wide.querySelector('svg svg rect[aria-label="frame"]')!
    const ticks = [...wide.querySelectorAll('svg svg [aria-label="y-axis tick label"] text')].map(
      (t) => t.textContent ?? '',
    )
    expect(ticks).toContain('−100000')
    const left = Number(frame.getAttribute('x')) - 9 - Math.max(...ticks.map(textWidth))
    // The axis' label is centred about 14, and not wider than a line is high.
    expect(left).toBeGreaterThan(14 + 5)
  })

  it('draws an error bar to the end of a logarithmic axis where it reaches zero', () => {
    const bars = drawn(oneAxis([{ name: 'n', kind: 'points', x: [1, 2], y: [1, 10], error: [2, 1] }], true))
    const frame = bars.querySelector('rect[aria-label="frame"]')!
    const bottom = Number(frame.getAttribute('y')) + Number(frame.getAttribute('height'))
    const [reaching] = [...bars.querySelectorAll('[aria-label="rule"] line')]
    expect(Math.max(Number(reaching!.getAttribute('y1')), Number(reaching!.getAttribute('y2')))).toBeCloseTo(bottom, 1)
  })

  it('draws panels without a single point', () => {
    for (const log of [false, true])
      expect(figureSvg(oneAxis([line('a', { x: [], y: [] })], log), facts)).not.toContain('NaN')
  })
})

describe('legend', () => {
  it('has one entry for each text, colour and stroke, and none for null', () => {
    const same = { legend: 'theory', dashed: true, color: '#111' }
    const entries = legendOf(
      oneAxis([line('a', same), line('b', same), line('c', { legend: null }), line('theory', { color: '#111' })]),
    )
    expect(entries.map(({ text }) => text)).toEqual(['theory', 'theory'])
  })

  it('shows lines dashed as they are drawn, and points as dots', () => {
    const legend = drawn(
      oneAxis([line('a', { dashed: true }), line('b'), line('c', { kind: 'points' })]),
    ).querySelector('body > svg > g:last-child')!
    expect([...legend.querySelectorAll('line')].map((mark) => mark.getAttribute('stroke-dasharray'))).toEqual([
      '5 4',
      null,
    ])
    expect(legend.querySelectorAll('circle').length).toBe(1)
  })

  it('writes what three texts have in common once', () => {
    const series = [0.1, 0.2, 0.3].map((s) => line(`nets, σ_w² = ${s}`, { kind: 'points' }))
    expect(legendOf(oneAxis([...series, line('law, N = 2')])).map(({ text }) => text)).toEqual([
      'nets, σw² =',
      '0.1',
      '0.2',
      '0.3',
      'law, N = 2',
    ])
  })

  it('never lets two texts overlap, nor one leave the figure', () => {
    const names = Array.from({ length: 40 }, (_, k) => 'wide W'.repeat(1 + (k % 5)) + k)
    const entries = legendOf(oneAxis(names.map((name) => line(name))))
    expect(entries.length).toBe(40)
    entries.forEach(({ text, x, y }, k) => {
      expect(x + textWidth(text)).toBeLessThanOrEqual(460)
      const next = entries[k + 1]
      if (next?.y === y) expect(next.x).toBeGreaterThan(x + textWidth(text))
    })
  })
})

describe('sizes of simulations', () => {
  const request = (weightVariance: number, networks: number): SimulationRequest => ({
    ensemble: { kind: 'feed-forward', activation: 'tanh', widths: 50, depth: 3, weightVariance, biasVariance: 0.1, input: { kind: 'normalised', squaredNorm: 50 } },
    level: 'preactivations', observables: [], networks, stream: 's', seed: 1,
  }) // biome-ignore format: one object

  it('are told once for simulations that differ in the weight variance alone', () => {
    expect(simulationSizes([request(0.5, 10), request(0.9, 10), request(0.9, 20)])).toEqual([
      '2 × 10 tanh networks (level preactivations), N = 50, 3 layers, σ_b² = 0.1, σ_w² = 0.5, 0.9',
      '20 tanh networks (level preactivations), N = 50, 3 layers, σ_b² = 0.1, σ_w² = 0.9',
    ])
  })

  it('say of pairs of networks what is done to their weights', () => {
    const pairs = (perturbation: PairEnsemble['perturbation']): SimulationRequest => ({
      ensemble: { kind: 'pair', activation: 'sign', widths: 64, depth: 2, weights: { kind: 'gaussian' }, weightVariance: 1, perturbation },
      level: 'collective', observables: [], networks: 7, stream: 's', seed: 1,
    }) // biome-ignore format: one object
    expect(
      simulationSizes([pairs({ kind: 'dilution', p: 0.5 }), pairs([{ kind: 'none' }, { kind: 'binarisation' }])]),
    ).toEqual([
      '7 pairs of sign networks under dilution (level collective), N = 64, 2 layers, σ_b² = 0, σ_w² = 1, p = 0.5',
      '7 pairs of sign networks under no perturbation, binarisation (level collective), N = 64, 2 layers, σ_b² = 0, σ_w² = 1',
    ])
  })

  it('say what rows, special weights, inputs and a bias of a weight are like', () => {
    const request = (weightVariance: number): SimulationRequest => ({
      ensemble: {
        kind: 'feed-forward',
        activation: 'relu',
        widths: 100,
        depth: 2,
        weightVariance,
        biasVariance: weightVariance / 100,
        input: { kind: 'normal', count: 4 },
        rows: { covariance: { kind: 'correlated', rowCorrelation: 5 }, bias: 'among' },
        special: { weight: { kind: 'beta', alpha: 2, beta: 1 } },
      },
      level: 'preactivations',
      observables: [],
      networks: 7,
      stream: 's',
      seed: 1,
    })
    expect(simulationSizes([request(1), request(0.9)])).toEqual([
      '2 × 7 relu networks with rows of k = 5, the bias among them, a Beta(2, 1) weight a neuron, 4 normal inputs (level preactivations), N = 100, 2 layers, σ_b² = σ_w²/N, σ_w² = 1, 0.9',
    ])
  })
})
