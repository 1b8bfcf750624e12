/** The figures of section 5 and appendix 8.3, drawn again with theory, exact law and simulation together. */
import {
  confirm,
  type FigureData,
  type FigureMaterial,
  figure,
  onPremise,
  type SampledCheck,
  type Series,
  type ShardSummary,
  sampledExpectations,
  tableEstimates,
  uses,
} from 'corrigenda'
import { asInThePaper } from './05-networks.js'
import {
  amplitudeMeans,
  binnedDensity,
  bins,
  exactMeanNorm,
  exampleVariance,
  falling,
  figureThreeVariances,
  gaussianAmplitudes,
  halfRanges,
  histogramOf,
  histogramsInThePaper,
  sampledMeans,
  sampledTransient,
  shownModes,
  waveVectors,
} from './08-3-numerics.js'
import {
  claimedNorm,
  claimedPowers,
  claimedRealVariances,
  figureVariances,
  lawAt,
  linearNetwork,
  meanRatio,
  modePowersOf,
  observed,
  powerRatios,
  window,
  windowPowers,
} from './linear-networks.js'
import { colours, paperDepth, paperNetworks, paperWidth, shownParameters } from './networks.js'

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
      parameters: shownParameters(s, paperWidth, paperDepth),
      request: normRequest(s),
      measured: (summary) => tableEstimates(summary, 0),
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
export const exact = (name: string, x: readonly number[], y: readonly number[], legend?: string): Series => ({
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
  const means = summaries.map((summary) => tableEstimates(summary, 0)[0]!)
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
  const atInfinity = claimedRealVariances(input.premises['modes']!, input, exampleVariance)
  const ratios = powerRatios(exampleVariance, paperWidth)
  const series = shownModes.flatMap((m, k): readonly Series[] => {
    const halfRange = halfRanges[k]!
    const binWidth = (2 * halfRange) / bins
    const counts = histogramOf(summaries[0]!, k)
    const total = counts.reduce((a, b) => a + b)
    const q = waveVectors[m]!.toFixed(2)
    const centres = Array.from({ length: bins }, (_, b) => -halfRange + binWidth * (b + 0.5))
    const inside = counts.slice(1, -1)
    const fine = Array.from({ length: 8 * bins + 1 }, (_, j) => -halfRange + (binWidth * j) / 8)
    // Lines end where a bin would hold one network of 100 000.
    const gaussian = (variance: number) =>
      fine.map((x) => ({ x, y: binnedDensity(variance, binWidth, x) })).filter(({ y }) => y * binWidth > 1e-5)
    const [limit, finite] = [gaussian(atInfinity[m]!), gaussian(ratios[m]! * atInfinity[m]!)]
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
  figure('fig-8', histogramsInThePaper, drawFigureEight),
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
  confirm(uncertainty, falling),
  confirm(figureThree, onPremise('saddle', figureThreeNorms)),
  confirm(figureFour, onPremise('modes', asInThePaper)),
  confirm(figureSeven, sampledTransient),
  confirm(figureEight, onPremise('modes', gaussianAmplitudes)),
  confirm(figureNine, sampledMeans, falling),
]
