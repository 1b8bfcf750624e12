/** Figures 3.6 and 3.7: lengths and correlations of randomised asymmetric networks, without and with anti-correlated weights. */
import {
  confirm,
  type Depth,
  directCheck,
  type FeedForwardEnsemble,
  type FigureData,
  type FigureInput,
  figure,
  type Panel,
  printedNumber,
  rectifiedForm,
  type SampledCheck,
  type ShardSummary,
  type SimulationRequest,
  sampledExtrapolation,
  sampledExtrapolations,
} from 'corrigenda'
import { sampledBounds } from 'corrigenda/audit'
import { type NamedRandom, namedRandom } from 'corrigenda/network'
import {
  type ActivationPopulation,
  type AsymmetricModel,
  closureGrowth,
  criticalSeparation,
  limitLaw,
  noiseMoment,
  populationMoments,
  populationStep,
  separationFactor,
  weightVarianceAtGrowth,
} from 'corrigenda/theory'
import {
  antiCorrelated,
  colours,
  curve,
  inStream,
  lengthsAndCorrelations,
  meanOf,
  networksOf,
  paper,
  simulated,
} from './figures-networks.js'

interface Shown {
  readonly id: 'fig-3.6' | 'fig-3.7'
  readonly model: AsymmetricModel
  readonly weightVariances: readonly number[]
}

const special = { alpha: 2, beta: 1 }
const beta21 = { weight: { kind: 'beta', ...special } } as const satisfies FeedForwardEnsemble['special']
const asymmetric: Shown = {
  id: 'fig-3.6',
  model: { activation: rectifiedForm, special },
  weightVariances: [0.2, 0.36, 0.5, 0.6, 0.66, 0.72, 0.78, 0.9, 1.1, 1.4],
}
const antiCorrelatedToo: Shown = {
  id: 'fig-3.7',
  model: { activation: rectifiedForm, special, rowCorrelation: paper.rowCorrelation },
  weightVariances: [0.4, 0.6, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 1.8],
}
const correlatedRows = ({ model }: Shown): boolean => model.rowCorrelation !== undefined

/** As in the program of appendix D: the bias is one more weight, of variance sigma_w^2/N. */
const asProgrammed = (w: number, shown: Shown, changes: Partial<FeedForwardEnsemble> = {}): FeedForwardEnsemble =>
  networksOf(w, {
    biasVariance: w / paper.width,
    special: beta21,
    ...(correlatedRows(shown) ? { rows: { ...antiCorrelated, bias: 'among' } } : {}),
    ...changes,
  })

/** Weights alone, one of them special. */
const withoutBias = (w: number, shown: Shown, changes: Partial<FeedForwardEnsemble>): FeedForwardEnsemble =>
  networksOf(w, {
    biasVariance: 0,
    special: { ...beta21, among: 'weights' },
    input: { kind: 'normal', count: 2 },
    ...(correlatedRows(shown) ? { rows: antiCorrelated } : {}),
    ...changes,
  })

const remembered = new Map<string, number>()
/** A number that takes a while, computed when it is first asked for. */
function once(key: string, compute: () => number): number {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const value = compute()
  remembered.set(key, value)
  return value
}
const lengthBoundaryOf = ({ id, model }: Shown): number =>
  once(`${id} length`, () => weightVarianceAtGrowth(model).value)
const separationBoundary = (): number => once('separation', () => criticalSeparation(antiCorrelatedToo.model).value)

/** Nodes a deviation where four digits are enough. */
const coarse = 8
const varianceAt = ({ id, model }: Shown, factor: number): number =>
  once(`${id} ${factor}`, () => factor / noiseMoment(limitLaw(model, factor, coarse), model.rowCorrelation))

// ---- Growth of the length --------------------------------------------------------------------------------------------------

/** Layers over which growth is averaged, the last of so many that the law of the fields has settled. */
const [settled, averaged] = [36, 16]
const extrapolated = [256, 512, 1024]
const atEqualCost = (width: number, depth: Depth): number => Math.round(((depth === 'quick' ? 16 : 80) * 1024) / width)

const growthRequest = (w: number, shown: Shown, width: number, depth: Depth) => ({
  ensemble: withoutBias(w, shown, { widths: width, depth: settled }),
  level: 'preactivations' as const,
  observables: [{ kind: 'windowMean' as const, field: 'logGrowth' as const, last: averaged }],
  networks: atEqualCost(width, depth),
})

const growths = [0.9, 1.2]
const growth = (shown: Shown): SampledCheck =>
  sampledExtrapolations({
    name: 'growth of the length a layer, without bias',
    stream: `singh-2021-${shown.id}-growth`,
    cases: growths.map((factor) => ({
      parameters: { growth: factor },
      widths: extrapolated,
      powers: [0, 1],
      request: (width, depth) => growthRequest(varianceAt(shown, factor), shown, width, depth),
      measured: (summary) => [meanOf(summary, 0, 0)],
      predicted: () => [Math.log(factor)],
      label: () => `the logarithm of the growth at sigma_w^2 = ${varianceAt(shown, factor).toPrecision(4)}`,
    })),
  })

/** A claimed number may be rounded: what within its last digit comes nearest to a value. */
const nearestWithin = (claimed: number, halfUnit: number, value: number): number =>
  Math.max(claimed - halfUnit, Math.min(claimed + halfUnit, value))

interface Critical {
  readonly name: string
  readonly stream: string
  /** The exact critical weight variance, where networks are sampled. */
  readonly at: () => number
  /** Of the logarithm of the factor a layer against that of the weight variance, there. */
  readonly slope: () => number
  readonly halfUnit: number
  readonly request: (width: number, depth: Depth) => Omit<SimulationRequest, 'seed' | 'stream'>
}

/** The critical weight variance as sampled networks have it: where the factor a layer, measured near it, would be one. */
const sampledCritical = ({ name, stream, at, slope, halfUnit, request }: Critical): SampledCheck =>
  sampledExtrapolation({
    name,
    stream,
    parameters: {},
    widths: extrapolated,
    powers: [0, 1],
    request,
    measured: (summary) => {
      const { value, standardError, count } = meanOf(summary, 0, 0)
      return [{ value: at() * (1 - value / slope()), standardError: (at() * standardError) / Math.abs(slope()), count }]
    },
    predicted: (claimed) => [nearestWithin(numberOf(claimed), halfUnit, at())],
    label: () => 'the critical weight variance',
  })

/** The number that a claim states as its last side. */
function numberOf({ sides }: { readonly sides: readonly unknown[] }): number {
  const side = sides.at(-1) as { readonly kind?: string; readonly numerator?: bigint; readonly denominator?: bigint }
  return side.kind === 'number' ? Number(side.numerator) / Number(side.denominator) : Number.NaN
}

const lengthCritical = (shown: Shown, halfUnit: number): SampledCheck =>
  sampledCritical({
    name: 'the weight variance at which sampled lengths neither grow nor shrink',
    stream: `singh-2021-${shown.id}-critical`,
    at: () => lengthBoundaryOf(shown),
    slope: () => Math.log(1.03 / 0.97) / Math.log(varianceAt(shown, 1.03) / varianceAt(shown, 0.97)),
    halfUnit,
    request: (width, depth) => growthRequest(lengthBoundaryOf(shown), shown, width, depth),
  })

/** With a bias of order one lengths settle, and two nearly equal inputs draw apart or together at a rate that is chi. */
const separationCritical = sampledCritical({
  name: 'the weight variance at which nearly equal inputs neither draw apart nor together',
  stream: 'singh-2021-fig-3.7-separation',
  at: separationBoundary,
  slope: () =>
    once('separation slope', () => {
      const law = limitLaw(antiCorrelatedToo.model, 1, coarse)
      const [below, above] = [0.98, 1.02].map((x) => separationFactor(law, x * separationBoundary()))
      return Math.log(above! / below!) / Math.log(1.02 / 0.98)
    }),
  halfUnit: 0.05,
  request: (width, depth) => ({
    ensemble: networksOf(separationBoundary(), {
      widths: width,
      depth: 60,
      special: beta21,
      rows: antiCorrelated,
      input: { kind: 'normal', count: 2, correlation: 1 - 1e-8 },
    }),
    level: 'preactivations',
    observables: [{ kind: 'windowMean', field: 'logSeparation', last: 24 }],
    networks: atEqualCost(width, depth),
  }),
})

/** Without a bias nearly equal inputs draw apart where their differences grow faster than lengths do. */
const withoutBiasSeparation = (shown: Shown, apart: boolean) =>
  directCheck('growth of differences over growth of lengths, without bias', 'numeric', () => {
    const found = [0.85, 1, 1.5, 2.5].map((factor) => {
      const w = varianceAt(shown, factor)
      return { w, ratio: separationFactor(limitLaw(shown.model, factor, coarse), w) / factor }
    })
    const told = found.map(({ w, ratio }) => `${ratio.toPrecision(4)} at sigma_w^2 = ${w.toPrecision(3)}`).join(', ')
    const wrong = found.find(({ ratio }) => ratio > 1 !== apart)
    return {
      holds: wrong === undefined,
      summary: `${told}: ${apart ? 'above one throughout, so that the limit of infinite width has no ordered phase' : 'below one throughout, so that there is no chaotic phase'}`,
      witness: { at: { 'sigma_w^2': String(wrong?.w) }, left: '1', right: String(wrong?.ratio) },
      numbers: { ratios: found.map(({ ratio }) => ratio) },
    }
  })

// ---- What the figures show -------------------------------------------------------------------------------------------------

const requestsOf = (shown: Shown, depth: Depth) =>
  shown.weightVariances.map((w) => {
    const request = lengthsAndCorrelations(asProgrammed(w, shown), depth === 'quick' ? 6 : paper.networks)
    const exponent = { kind: 'windowMean', field: 'logGrowth', last: averaged } as const
    return { ...request, observables: [...request.observables, exponent] }
  })
const streamOf = ({ id }: Shown): string => `singh-2021-${id}`
const last = paper.deepest - 1

/** Bounds on the correlation after the figure's layers, from the figure's own networks. */
const bounded = (
  shown: Shown,
  name: string,
  finiteWidth: string,
  boundOf: (w: number) => { least?: number; most?: number } | null,
) =>
  sampledBounds({
    name,
    stream: streamOf(shown),
    finiteWidth,
    cases: (depth) =>
      requestsOf(shown, depth).map((request, c) => {
        const w = shown.weightVariances[c]!
        return {
          parameters: { '\\sigma_w^2': w, N: paper.width, L: paper.deepest },
          request,
          measured: (summary) => (boundOf(w) === null ? [] : [meanOf(summary, 1, last)]),
          bounds: () => [boundOf(w) ?? {}],
          label: () => `the correlation at sigma_w^2 = ${w}`,
        }
      }),
  })

// ---- Figures ---------------------------------------------------------------------------------------------------------------

const shownLayers = [3, 7, 15, 31]
const members = 24_000

/**
 * Random numbers for {@link populationStep} with less noise than independent ones. Of a member's two uniforms the first, which
 * chooses its special input, goes through the members in turn, so that each is chosen once. Normals come in pairs, each pair
 * four times with all its signs: a population's pairs are free of mean and correlation.
 */
function balanced({ normal, uniform }: NamedRandom): NamedRandom {
  const sizes = [0, 0]
  let drawn = 0
  let asked = 0
  return {
    uniform: () => (asked++ % 2 === 0 ? (((asked >> 1) % members) + 0.5) / members : uniform()),
    normal: () => {
      const [which, turn] = [drawn % 2, (drawn >> 1) % 4]
      drawn++
      if (turn === 0) sizes[which] = normal()
      const turned = which === 0 ? turn % 2 === 1 : turn >= 2
      return turned ? -sizes[which]! : sizes[which]!
    },
  }
}

/** Lengths and correlations of the infinitely wide network without bias, by population dynamics, as the figure's inputs have them. */
function populations(shown: Shown, w: number, { seed }: Pick<FigureInput, 'seed'>) {
  // The same numbers for every weight variance: the curves are smooth.
  const random = balanced(namedRandom({ seed, name: `${streamOf(shown)}-population`, shard: 0 }))
  // The first layer weighs the inputs themselves.
  let population: ActivationPopulation = { first: new Float64Array(members), second: new Float64Array(members) }
  for (let k = 0; k < members; k++) {
    population.first[k] = random.normal()
    population.second[k] = random.normal()
  }
  return Array.from({ length: paper.deepest }, () => {
    const { first, second, cross, meanFirst, meanSecond } = populationMoments(population)
    const share = (shown.model.rowCorrelation ?? 0) / (1 + (shown.model.rowCorrelation ?? 0))
    // The fields' own moments: normal part, and E U^2 = 1/2 of the special activation.
    const q = (w + 1 / 2) * ((first + second) / 2) - (share * w * (meanFirst ** 2 + meanSecond ** 2)) / 2
    const c = ((w + 1 / 2) * cross - share * w * meanFirst * meanSecond) / q
    population = populationStep(shown.model, { weightVariance: w, biasVariance: 0 }, population, random)
    return { q, c }
  })
}

const boundaryLine = (name: string, at: number, from: number, to: number) =>
  curve(`${name} ${at.toPrecision(6)}`, [at, at], [from, to], '#777777', true)

function growthPanel(shown: Shown, summaries: readonly ShardSummary[]): Panel {
  const { model, weightVariances } = shown
  const factors = [0.9, 1, 1.1, 1.25, 1.5]
  const means = summaries.map((summary) => meanOf(summary, 2, 0))
  return {
    title: '(c) growth of the length a layer',
    x: { label: 'σ_w^2' },
    y: { label: 'log growth a layer' },
    series: [
      curve(
        'exact limit without bias',
        factors.map((factor) => varianceAt(shown, factor)),
        factors.map(Math.log),
        '#111111',
      ),
      ...(['rms', 'mean'] as const).map((replacement, k) =>
        curve(
          replacement === 'rms' ? 'closure by the root mean square' : 'closure by the mean',
          weightVariances,
          weightVariances.map((w) => Math.log(closureGrowth({ ...model, replacement }, w).length)),
          colours[k]!,
          true,
        ),
      ),
      {
        name: `simulation, layers ${paper.deepest - averaged + 1} to ${paper.deepest}`,
        kind: 'points',
        x: weightVariances,
        y: means.map(({ value }) => value),
        error: means.map(({ standardError }) => standardError),
        color: '#b2182b',
      },
    ],
  }
}

const deeper = 64
const biased = { weightVariances: [0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2], networks: 10 }
/** With a bias of order one, where the limit has its transition: figure 3.7 beyond the thesis' own setting. */
const biasedRequests = (depth: Depth) =>
  biased.weightVariances.map((w) =>
    lengthsAndCorrelations(
      networksOf(w, { depth: deeper, special: beta21, rows: antiCorrelated }),
      depth === 'quick' ? 3 : biased.networks,
    ),
  )

function biasedPanel(summaries: readonly ShardSummary[]): Panel {
  return {
    title: `(d) with σ_b^2 = ${paper.biasVariance}`,
    x: { label: 'σ_w^2' },
    y: { label: 'correlation c_h' },
    series: [
      boundaryLine('exact boundary', separationBoundary(), 0, 1),
      ...[15, 31, 63].map((layer, k) => simulated(layer, biased.weightVariances, summaries, 1, colours[k + 2]!)),
    ],
  }
}

const draw =
  (shown: Shown) =>
  (summaries: readonly ShardSummary[], input: FigureInput): FigureData => {
    const { weightVariances: x } = shown
    const own = summaries.slice(0, x.length)
    const limits = x.map((w) => populations(shown, w, input))
    const panel = (what: 'q' | 'c', position: number): readonly Panel['series'][number][] =>
      shownLayers.flatMap((layer, k) => [
        curve(
          `limit of infinite width without bias, layer = ${layer + 1}`,
          x,
          limits.map((l) => l[layer]![what]),
          colours[k]!,
          true,
        ),
        simulated(layer, x, own, position, colours[k]!),
      ])
    const boundary = lengthBoundaryOf(shown)
    return {
      panels: [
        {
          title: '(a) length',
          x: { label: 'σ_w^2' },
          y: { label: 'length q_h', log: true },
          series: [boundaryLine('exact boundary', boundary, 1e-3, 1e3), ...panel('q', 0)],
        },
        {
          title: '(b) correlation coefficient',
          x: { label: 'σ_w^2' },
          y: { label: 'correlation c_h' },
          series: panel('c', 1),
        },
        growthPanel(shown, own),
        ...(correlatedRows(shown) ? [biasedPanel(summaries.slice(x.length))] : []),
      ],
    }
  }

export const figures = [asymmetric, antiCorrelatedToo].map((shown) =>
  figure(
    shown.id,
    ({ seed, depth }) => [
      ...inStream(requestsOf(shown, depth), streamOf(shown), seed),
      ...(correlatedRows(shown) ? inStream(biasedRequests(depth), `${streamOf(shown)}-biased`, seed) : []),
    ],
    draw(shown),
  ),
)

const exactLength = (shown: Shown) => ({
  name: 'the exact limit of infinite width',
  value: () => lengthBoundaryOf(shown),
})

export const confirmations = [
  confirm(
    'fig-3.6',
    growth(asymmetric),
    withoutBiasSeparation(asymmetric, false),
    bounded(asymmetric, 'correlations after 32 layers', "the figure's own width", () => ({ least: 0.99 })),
  ),
  confirm(
    'sec-3.3.1.length-simulated',
    printedNumber({ name: 'critical weight variance of the length, RAI', readings: [exactLength(asymmetric)] }),
    lengthCritical(asymmetric, 0.005),
  ),
  confirm(
    'fig-3.7',
    growth(antiCorrelatedToo),
    withoutBiasSeparation(antiCorrelatedToo, true),
    bounded(
      antiCorrelatedToo,
      'correlations after 32 layers',
      "the figure's own width; in wider networks correlations of the left side fall at this depth",
      (w) => (w <= 0.4 ? { least: 0.95 } : w >= 1.2 ? { most: 0.6 } : null),
    ),
  ),
  confirm(
    'sec-3.3.2.length-simulated',
    printedNumber({ name: 'critical weight variance of the length, RAAI', readings: [exactLength(antiCorrelatedToo)] }),
    lengthCritical(antiCorrelatedToo, 0.05),
  ),
  confirm(
    'sec-3.3.2.correlation-simulated',
    printedNumber({
      name: 'critical weight variance of the correlation, RAAI',
      readings: [
        {
          name: 'the exact limit of infinite width, lengths at a fixed point',
          value: separationBoundary,
        },
      ],
    }),
    separationCritical,
  ),
]
