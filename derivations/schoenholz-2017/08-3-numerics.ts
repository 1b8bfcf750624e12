/** Appendix 8.3 and the figures of section 5: the paper's own ensembles, drawn again with theory and simulation together. */
import erf from '@stdlib/math-base-special-erf'
import {
  confirm,
  directCheck,
  type FigureData,
  type FigureMaterial,
  figure,
  measuredOrder,
  modeMoments,
  onPremise,
  type SampledCheck,
  type Series,
  type ShardSummary,
  sampledExpectations,
  uses,
} from 'corrigenda'
import { asInThePaper } from './05-networks.js'
import {
  biasVariance,
  claimedNorm,
  claimedPowers,
  estimatesOf,
  figureVariances,
  lawAt,
  linearNetwork,
  meanRatio,
  modePowersOf,
  observed,
  paperDepth,
  paperNetworks,
  paperWidth,
  powerRatios,
  shownParameters,
  window,
  windowPowers,
} from './linear-networks.js'

/** Weight variances of figure 3's abscissa. */
const figureThreeVariances: readonly number[] = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95]
/** The weight variance of figures 7 to 9. */
const exampleVariance = 0.9
const waveVectors = Array.from({ length: window / 2 + 1 }, (_, m) => (2 * Math.PI * m) / window)
const colours = ['#2166ac', '#4393c3', '#92c5de', '#969696', '#f4a582', '#d6604d', '#b2182b']

// ---- The transient -------------------------------------------------------------------------------------------------------

/**
 * E r_l^2 - (r^*)^2 falls as sigma_w^{2l}: E[r_{l+1}^2 | r_l] = sigma_w^2 r_l^2 + N sigma_b^2. In units of (r^*)^2, for an input
 * of squared norm N.
 */
function excess(weightVariance: number, layer: number): number {
  const stationary = biasVariance / (1 - weightVariance)
  return (weightVariance ** layer * (weightVariance + biasVariance - stationary)) / stationary
}

const transient = directCheck('decay of the mean squared norm', 'numeric', () => {
  const firstBelow = (level: number) => {
    let layer = 0
    while (Math.abs(excess(exampleVariance, layer)) > level) layer += 1
    return layer
  }
  const layers = [1e-1, 1e-2, 1e-3, 1e-4].map(firstBelow)
  // "Around 100 layers" is met if 100 lies between the layers at which a hundredth and a ten-thousandth is left.
  const holds = layers[1]! <= 100 && 100 <= layers[3]!
  return {
    holds,
    summary: `a tenth, a hundredth, a thousandth and a ten-thousandth of (r^*)^2 is left after ${layers.join(', ')} layers`,
    witness: { at: { '\\sigma_w^2': String(exampleVariance) }, left: '100', right: layers.join(', ') },
    numbers: { layers },
  }
})

/** Exact mean norm of a layer of the example's networks, started from the input. */
const exactMeanNorm = (layer: number): number =>
  lawAt(exampleVariance, paperWidth).window({
    layers: 1,
    start: { firstVariance: exampleVariance + biasVariance, skip: layer },
  }).mean

const sampledTransient = sampledExpectations({
  name: 'mean norm along sampled networks',
  stream: 'linear-transient',
  finiteWidth: 'the exact law of the norm at N = 200, started from the input',
  cases: () => [
    {
      parameters: shownParameters(exampleVariance),
      request: {
        ensemble: linearNetwork(exampleVariance),
        level: 'collective',
        observables: [{ kind: 'layers', field: 'norm', layers: transientLayers }],
        networks: 1000,
      },
      measured: (summary) => estimatesOf(summary, 0),
      predicted: () => transientLayers.map(exactMeanNorm),
      label: (k) => `the mean norm of layer ${transientLayers[k]}`,
    },
  ],
})
const transientLayers: readonly number[] = [5, 20, 50, 100, 200]

const decayed = directCheck('what is left of the input after 512 layers', 'numeric', () => {
  const left = figureVariances.map((s) => ({ s, value: Math.abs(excess(s, paperDepth - window)) }))
  const worst = left.reduce((a, b) => (b.value > a.value ? b : a))
  // Compared with the standard error of the paper's own mean over 200 networks.
  const law = lawAt(worst.s, paperWidth)
  const shift = (worst.value * law.fixedPoint) / 2
  const error = Math.sqrt(law.window({ layers: window }).varianceOfMean / paperNetworks)
  return {
    holds: shift < error,
    summary: `at most ${worst.value.toExponential(1)} of (r^*)^2, at weight variance ${worst.s}: ${(shift / error).toPrecision(2)} standard errors of the paper's mean`,
    witness: {
      at: { '\\sigma_w^2': String(worst.s) },
      left: String(error),
      right: String(shift),
      note: 'standard error of the mean norm, and what the input adds to it',
    },
    numbers: { largest: worst.value, standardErrors: shift / error },
  }
})

// ---- Means and variances of the modes -----------------------------------------------------------------------------------

const zeroMeans = directCheck('means of the amplitudes from the exact law', 'numeric', () => {
  // Away from q = 0 the mean of a stationary sequence's amplitude is exactly zero; at q = 0 it is E r - r^*.
  const points = [200, 800, 3200, 12_800].map((width) => {
    const law = lawAt(exampleVariance, width)
    const offset = law.mean - law.fixedPoint
    return { x: width, y: offset / Math.sqrt(law.window({ layers: window }).varianceOfMean), offset }
  })
  const order = measuredOrder(points)
  const here = points[0]!
  return {
    holds: Math.abs(order + 0.5) < 0.05,
    summary: `zero for q other than 0; at q = 0 the mean is E r - r^* = ${here.offset.toPrecision(3)} at N = 200 (${(Math.abs(here.y) * Math.sqrt(paperNetworks)).toPrecision(2)} standard errors of the paper's 200 networks), and vanishes against the amplitude's fluctuation as N^${order.toFixed(2)}`,
    witness: {
      at: { N: '200, 12800', q: '0' },
      left: '-1/2',
      right: order.toFixed(3),
      note: 'power of N with which mean over fluctuation vanishes',
    },
    numbers: { order: Number(order.toFixed(3)), offset: here.offset },
    leadingOrder: true,
  }
})

const sampledMeans = sampledExpectations({
  name: 'means of the amplitudes of sampled networks',
  stream: 'linear-means',
  finiteWidth: 'the mean at q = 0 by the exact law at N = 200',
  cases: () => [
    {
      parameters: shownParameters(exampleVariance),
      request: {
        ensemble: linearNetwork(exampleVariance),
        level: 'collective',
        observables: [observed.modePower(exampleVariance)],
        networks: 2000,
      },
      measured: (summary) => amplitudeMeans(summary).slice(0, 20),
      predicted: () => {
        const law = lawAt(exampleVariance, paperWidth)
        return [law.mean - law.fixedPoint, ...Array.from({ length: 19 }, () => 0)]
      },
      label: (m) => `the mean of Re epsilon_q of mode ${m}`,
    },
  ],
})

/** Means of the real parts, with standard errors. */
function amplitudeMeans(summary: ShardSummary) {
  const observable = summary.observables[0]
  if (observable?.kind !== 'modePower') throw new TypeError('the modes were not observed')
  return waveVectors.map((_, m) => {
    const { re } = modeMoments(observable, m)
    return { value: re.mean, standardError: Math.sqrt(re.m2 / (re.count - 1) / re.count), count: re.count }
  })
}

const falling = directCheck('standard error of the mean against the wave vector', 'property', (input) => {
  const { modes } = input.premises
  if (!modes) return { holds: null, summary: 'needs the premise `modes`' }
  for (const s of figureVariances) {
    const powers = claimedPowers(modes, input, s)
    const rise = powers.findIndex((power, m) => m > 0 && power > powers[m - 1]! * (1 + 1e-9))
    if (rise > 0)
      return {
        holds: false,
        summary: `the variance rises from mode ${rise - 1} to mode ${rise} at weight variance ${s}`,
        witness: {
          at: { '\\sigma_w^2': String(s), mode: String(rise) },
          left: String(powers[rise - 1]),
          right: String(powers[rise]),
        },
      }
  }
  return {
    holds: true,
    summary: `the variance of a mode, and with it the uncertainty of its mean, falls with the wave vector at all ${figureVariances.length} weight variances of figure 4`,
  }
})

// ---- The distribution of the amplitudes ---------------------------------------------------------------------------------

const shownModes: readonly number[] = [4, 16, 64, 200]
const bins = 24
/** Half of each histogram's range: about four deviations of the amplitude at the mode. */
const halfRanges: readonly number[] = [0.25, 0.12, 0.04, 0.02]
const histogramRequest = {
  ensemble: linearNetwork(exampleVariance),
  level: 'collective' as const,
  observables: shownModes.map((mode, k) => ({
    kind: 'modeHistogram' as const,
    field: 'norm' as const,
    reference: 0,
    last: window,
    modes: [mode],
    halfRange: halfRanges[k]!,
    bins,
  })),
  networks: 2000,
}

/** Chance that a centred Gaussian of the given variance lies in each bin, and outside on either side. */
function gaussianBins(variance: number, halfRange: number): readonly number[] {
  const deviation = Math.sqrt(variance)
  const edges = Array.from({ length: bins + 1 }, (_, k) => -halfRange + (2 * halfRange * k) / bins)
  const below = (x: number) => 0.5 * (1 + erf(x / deviation / Math.SQRT2))
  return [
    below(edges[0]!),
    ...edges.slice(1).map((edge, k) => below(edge) - below(edges[k]!)),
    1 - below(edges.at(-1)!),
  ]
}

/** Density of a centred Gaussian, averaged over a bin about x by Simpson's rule: no difference of nearly equal numbers. */
function binnedDensity(variance: number, binWidth: number, x: number): number {
  const density = (y: number) => Math.exp((-y * y) / 2 / variance) / Math.sqrt(2 * Math.PI * variance)
  return (density(x - binWidth / 2) + 4 * density(x) + density(x + binWidth / 2)) / 6
}

/** Counts of the amplitudes in bins, and their expectation from the claimed variances at the width of the simulation. */
const gaussianAmplitudes = sampledExpectations({
  name: 'distribution of the amplitudes of sampled networks',
  stream: 'linear-figure-8',
  finiteWidth: 'variances by the exact law at N = 200; the shape is that of infinite width',
  cases: () => [
    {
      parameters: shownParameters(exampleVariance),
      request: histogramRequest,
      measured: (summary) =>
        shownModes.flatMap((_, k) => {
          const counts = histogramOf(summary, k)
          const total = counts.reduce((a, b) => a + b)
          // Shares inside half a deviation's worth of central bins, and in the tails: few numbers, all well populated.
          return grouped(counts).map((count) => ({
            value: count / total,
            standardError: Math.sqrt(((count / total) * (1 - count / total)) / total),
            count: total,
          }))
        }),
      predicted: (claimed, input) => {
        const ratios = powerRatios(exampleVariance, paperWidth)
        const powers = claimedPowers(claimed, input, exampleVariance).map((power, m) => power * ratios[m]!)
        return shownModes.flatMap((m, k) => grouped(gaussianBins(powers[m]! / 2, halfRanges[k]!)))
      },
      label: (k) => `the share of group ${k % groups} of mode ${shownModes[Math.floor(k / groups)]}`,
    },
  ],
})

const groups = 3
/** Bins (with the two outside) in three groups: left, middle, right. */
function grouped(counts: readonly number[]): readonly number[] {
  const middle = [11, 14]
  const sums = [0, 0, 0]
  counts.forEach((count, k) => {
    const group = k < middle[0]! ? 0 : k > middle[1]! ? 2 : 1
    sums[group] = sums[group]! + count
  })
  return sums
}

function histogramOf(summary: ShardSummary, k: number): readonly number[] {
  const observable = summary.observables[k]
  if (observable?.kind !== 'modeHistogram') throw new TypeError('the histogram was not observed')
  return observable.counts[0]!
}

// ---- Figures ------------------------------------------------------------------------------------------------------------

export const figureThree = uses(
  'fig-3',
  { saddle: 'eq-13' },
  "the stationary norm (13) at the figure's weight variances",
)
const normRequest = (s: number) => ({
  ensemble: linearNetwork(s),
  level: 'collective' as const,
  observables: [observed.windowMean],
  networks: paperNetworks,
})
const figureThreeNorms = sampledExpectations({
  name: 'mean norms, as the paper measured them',
  stream: 'linear-figure-3',
  finiteWidth: 'finite width by the exact law of the norm at N = 200',
  cases: () =>
    figureThreeVariances.map((s) => ({
      parameters: shownParameters(s),
      request: normRequest(s),
      measured: (summary) => estimatesOf(summary, 0),
      predicted: (claimed, input) => [claimedNorm(claimed, input, s) * meanRatio(s, paperWidth)],
      label: () => 'the mean norm',
    })),
})

export const figureFour = uses(
  'fig-4',
  { modes: 'eq-15' },
  "the variances of modes that (15) implies at the figure's weight variances",
)
export const figureSeven = uses(
  'fig-7',
  { saddle: 'eq-13', modes: 'eq-15' },
  'the stationary norm (13) and the variances of modes that (15) implies at weight variance 0.9',
)
export const figureEight = uses('fig-8', { modes: 'eq-15' }, 'Gaussians of the variances that (15) implies')
export const figureNine = uses('fig-9', { modes: 'eq-15' }, 'mean zero and the variances that (15) implies')
export const uncertainty = uses('sec-8.3.mean-uncertainty', { modes: 'eq-15' }, 'the variances that (15) implies')

/** The simulations of a sampled check, for a figure that shows what it judges. */
const simulationsOf = (check: SampledCheck): SampledCheck['simulations'] => check.simulations

/** What the paper's formula says, at infinite width: dashed. */
const theory = (name: string, x: readonly number[], y: readonly number[], legend?: string | null): Series => ({
  name,
  kind: 'line',
  x,
  y,
  color: '#111',
  dashed: true,
  ...(legend === undefined ? {} : { legend }),
})

/** What the exact law says at the width of the simulation: a thin line. */
const exact = (name: string, x: readonly number[], y: readonly number[], legend?: string): Series => ({
  name,
  kind: 'line',
  x,
  y,
  color: '#1a9850',
  ...(legend === undefined ? {} : { legend }),
})

const exactLegend = 'exact law, N = 200'
const theoryLegend = 'theory: (15), N → ∞'

/** Powers of the modes by the formula of the figure's premise `modes`. */
const theoryPowers = ({ premises, context }: FigureMaterial, s: number): readonly number[] =>
  claimedPowers(premises['modes']!, { premises, context }, s)

/** The stationary norm by the formula of the figure's premise `saddle`. */
const theoryNorm = ({ premises, context }: FigureMaterial, s: number): number =>
  claimedNorm(premises['saddle']!, { premises, context }, s)

const keptModes = waveVectors.map((_, m) => m).filter((m) => m < 16 || m % 5 === 1)

/** Mode variances of a simulation with their standard errors, thinned to at most 64 wave vectors. */
function measuredPowers(summary: ShardSummary, name: string, color: string): Series {
  const powers = modePowersOf(summary, 0)
  return {
    name,
    kind: 'points',
    x: keptModes.map((m) => waveVectors[m]!),
    y: keptModes.map((m) => powers[m]!.mean),
    error: keptModes.map((m) => powers[m]!.mean * Math.sqrt(2 / powers[m]!.components / powers[m]!.count)),
    color,
  }
}

const drawFigureThree = (summaries: readonly ShardSummary[], input: FigureMaterial): FigureData => {
  const fine = Array.from({ length: 96 }, (_, k) => 0.01 * (k + 1))
  const means = summaries.map((summary) => estimatesOf(summary, 0)[0]!)
  return {
    panels: [
      {
        x: { label: 'weight variance σ_w²' },
        y: { label: 'r*' },
        series: [
          exact(
            'exact mean norm, N = 200',
            fine,
            fine.map((s) => lawAt(s, paperWidth).mean),
          ),
          theory(
            'theory: (13), leading order in 1/N',
            fine,
            fine.map((s) => theoryNorm(input, s)),
          ),
          {
            name: 'simulation, 200 networks',
            kind: 'points',
            x: figureThreeVariances,
            y: means.map(({ value }) => value),
            error: means.map(({ standardError }) => standardError),
            color: '#b2182b',
          },
        ],
      },
    ],
  }
}

const drawFigureFour = (summaries: readonly ShardSummary[], input: FigureMaterial): FigureData => ({
  panels: [
    {
      x: { label: 'wave vector q' },
      y: { label: '⟨|ε_q|²⟩', log: true },
      series: [
        ...figureVariances.map((s) =>
          exact(`exact, σ_w² = ${s}`, waveVectors, windowPowers(s, paperWidth), exactLegend),
        ),
        ...figureVariances.map((s, k) => measuredPowers(summaries[k]!, `simulation, σ_w² = ${s}`, colours[k]!)),
        ...figureVariances.map((s) => theory(`theory, σ_w² = ${s}`, waveVectors, theoryPowers(input, s), theoryLegend)),
      ],
    },
  ],
})

const drawFigureSeven = (summaries: readonly ShardSummary[], input: FigureMaterial): FigureData => {
  const samples = summaries[0]?.observables[0]
  const trajectories = samples?.kind === 'samples' ? samples.trajectories : []
  const layers = Array.from({ length: paperDepth }, (_, l) => l)
  const norm = theoryNorm(input, exampleVariance)
  const sampled = (t: number, x: readonly number[], y: readonly number[]): Series => ({
    name: `network ${t + 1}`,
    kind: 'line',
    x,
    y,
    color: networkColours[t]!,
  })
  return {
    panels: [
      {
        title: '(a) norm of the pre-activations',
        x: { label: 'layer l' },
        y: { label: '|z^l|' },
        series: [
          ...trajectories.map((y, t) => sampled(t, layers, y)),
          exact(
            'exact mean',
            drawnLayers,
            drawnLayers.map(exactMeanNorm),
            'exact law, N = 200: (a) mean, (b) root of the variance',
          ),
          theory(
            'r*',
            [0, paperDepth - 1],
            [norm, norm],
            'theory: (a) r* of (13), (b) root of the variance of (15), N → ∞',
          ),
        ],
      },
      {
        title: '(b) its Fourier transform over the last 512 layers',
        x: { label: 'wave vector q' },
        y: { label: '|ε_q|', log: true },
        series: [
          ...trajectories.map((y, t) => sampled(t, waveVectors.slice(1), moduli(y).slice(1))),
          exact(
            'exact root of the variance',
            waveVectors,
            windowPowers(exampleVariance, paperWidth).map(Math.sqrt),
            'exact law, N = 200: (a) mean, (b) root of the variance',
          ),
          theory('root of the variance', waveVectors, theoryPowers(input, exampleVariance).map(Math.sqrt), null),
        ],
      },
    ],
  }
}

/** Where the exact mean norm is drawn: from the input on, and at a few layers where the transient has decayed. */
const drawnLayers: readonly number[] = [...Array.from({ length: 31 }, (_, k) => 4 * k), 160, 256, 512, paperDepth - 1]

const networkColours = ['#2166ac', '#d98200', '#d6604d']

const amplitudeColours = ['#2166ac', '#d98200', '#d6604d', '#984ea3']

const drawFigureEight = (summaries: readonly ShardSummary[], input: FigureMaterial): FigureData => {
  const atInfinity = theoryPowers(input, exampleVariance)
  const here = windowPowers(exampleVariance, paperWidth)
  const series = shownModes.flatMap((m, k): readonly Series[] => {
    const halfRange = halfRanges[k]!
    const binWidth = (2 * halfRange) / bins
    const counts = histogramOf(summaries[0]!, k)
    const total = counts.reduce((a, b) => a + b)
    const q = waveVectors[m]!.toFixed(2)
    const centres = Array.from({ length: bins }, (_, b) => -halfRange + binWidth * (b + 0.5))
    const inside = counts.slice(1, -1)
    const fine = Array.from({ length: 8 * bins + 1 }, (_, j) => -halfRange + (binWidth * j) / 8)
    // Both components of an amplitude have half of its power. Lines end where a bin would hold one network of 100 000.
    const gaussian = (power: number) =>
      fine.map((x) => ({ x, y: binnedDensity(power / 2, binWidth, x) })).filter(({ y }) => y * binWidth > 1e-5)
    const [limit, finite] = [gaussian(atInfinity[m]!), gaussian(here[m]!)]
    return [
      exact(
        `Gaussian of the exact variance, q = ${q}`,
        finite.map(({ x }) => x),
        finite.map(({ y }) => y),
        'Gaussian of the exact variance at N = 200',
      ),
      {
        name: `simulation, q = ${q}`,
        legend: `simulation (2000 networks), q = ${q}`,
        kind: 'points',
        x: centres,
        y: inside.map((count) => count / total / binWidth),
        error: inside.map((count) => Math.sqrt(count) / total / binWidth),
        color: amplitudeColours[k]!,
      },
      theory(
        `Gaussian, q = ${q}`,
        limit.map(({ x }) => x),
        limit.map(({ y }) => y),
        'theory: Gaussian of the variance of (15), N → ∞',
      ),
    ]
  })
  return { panels: [{ x: { label: 'Re ε_q' }, y: { label: 'probability density', log: true }, series }] }
}

const drawFigureNine = (summaries: readonly ShardSummary[], input: FigureMaterial): FigureData => {
  const means = amplitudeMeans(summaries[0]!)
  const law = lawAt(exampleVariance, paperWidth)
  return {
    panels: [
      {
        title: '(a) mean',
        x: { label: 'wave vector q' },
        y: { label: '⟨Re ε_q⟩' },
        series: [
          exact(
            'exact mean',
            waveVectors,
            waveVectors.map((_, m) => (m === 0 ? law.mean - law.fixedPoint : 0)),
            exactLegend,
          ),
          {
            name: 'simulation, 2000 networks',
            kind: 'points',
            x: keptModes.map((m) => waveVectors[m]!),
            y: keptModes.map((m) => means[m]!.value),
            error: keptModes.map((m) => means[m]!.standardError),
            color: '#b2182b',
          },
          theory('zero', [0, Math.PI], [0, 0], 'theory: (a) zero, (b) (15), N → ∞'),
        ],
      },
      {
        title: '(b) variance',
        x: { label: 'wave vector q' },
        y: { label: '⟨|ε_q|²⟩', log: true },
        series: [
          exact('exact variance', waveVectors, windowPowers(exampleVariance, paperWidth), exactLegend),
          measuredPowers(summaries[0]!, 'simulation, 2000 networks', '#b2182b'),
          theory('(15)', waveVectors, theoryPowers(input, exampleVariance), null),
        ],
      },
    ],
  }
}

export const figures = [
  figure('fig-3', simulationsOf(figureThreeNorms), drawFigureThree),
  // Not the larger simulations by which the check judges how the powers fluctuate.
  figure(
    'fig-4',
    (input) => asInThePaper.simulations(input).filter(({ networks }) => networks === paperNetworks),
    drawFigureFour,
  ),
  figure(
    'fig-7',
    ({ seed }) => [
      {
        ensemble: linearNetwork(exampleVariance),
        level: 'collective',
        observables: [{ kind: 'samples', field: 'norm', count: 3 }],
        networks: 3,
        stream: 'figure-7',
        seed,
      },
    ],
    drawFigureSeven,
  ),
  figure('fig-8', simulationsOf(gaussianAmplitudes), drawFigureEight),
  figure('fig-9', simulationsOf(sampledMeans), drawFigureNine),
]

/** Moduli of the Fourier amplitudes of the last 512 layers of one trajectory, about the stationary norm. */
function moduli(trajectory: readonly number[]): readonly number[] {
  const data = trajectory.slice(-window)
  const mean = lawAt(exampleVariance, paperWidth).fixedPoint
  return waveVectors.map((q) => {
    let [re, im] = [0, 0]
    data.forEach((r, j) => {
      re += (r - mean) * Math.cos(q * j)
      im += (r - mean) * Math.sin(q * j)
    })
    return Math.hypot(re, im) / window
  })
}

export const confirmations = [
  confirm('sec-8.3.transient', transient, sampledTransient),
  confirm('sec-8.3.transient-decayed', decayed),
  confirm('sec-8.3.mean-zero', zeroMeans, sampledMeans),
  confirm(uncertainty, falling),
  confirm(figureThree, onPremise('saddle', figureThreeNorms)),
  confirm(figureFour, onPremise('modes', asInThePaper)),
  confirm(figureSeven, sampledTransient),
  confirm(figureEight, onPremise('modes', gaussianAmplitudes)),
  confirm(figureNine, sampledMeans, falling),
]
