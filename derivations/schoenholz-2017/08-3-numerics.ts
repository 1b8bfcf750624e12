/** Appendix 8.3: transient, means, variances and distribution of the Fourier amplitudes of the paper's own ensembles. */
import erf from '@stdlib/math-base-special-erf'
import {
  confirm,
  directCheck,
  meanEstimate,
  measuredOrder,
  modeMoments,
  type SampledCheck,
  type ShardSummary,
  sampledExpectations,
  shareEstimate,
  tableEstimates,
} from 'corrigenda'
import {
  claimedPowers,
  claimedRealVariances,
  figureVariances,
  lawAt,
  linearNetwork,
  observed,
  powerRatios,
  window,
} from './linear-networks.js'
import { biasVariance, paperDepth, paperNetworks, paperWidth, shownParameters } from './networks.js'

/** Weight variances of figure 3's abscissa. */
export const figureThreeVariances: readonly number[] = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95]
/** The weight variance of figures 7 to 9. */
export const exampleVariance = 0.9
export const waveVectors = Array.from({ length: window / 2 + 1 }, (_, m) => (2 * Math.PI * m) / window)

// ---- The transient -------------------------------------------------------------------------------------------------------

/**
 * E r_l^2 - (r^*)^2 falls as sigma_w^{2l}: E[r_{l+1}^2 | r_l] = sigma_w^2 r_l^2 + N sigma_b^2. In units of (r^*)^2, for an input
 * of squared norm N.
 */
function excess(weightVariance: number, layer: number): number {
  const stationary = biasVariance / (1 - weightVariance)
  return (weightVariance ** layer * (weightVariance + biasVariance - stationary)) / stationary
}

export const transient = directCheck('decay of the mean squared norm', 'numeric', () => {
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
export const exactMeanNorm = (layer: number): number =>
  lawAt(exampleVariance, paperWidth).window({
    layers: 1,
    start: { firstVariance: exampleVariance + biasVariance, skip: layer },
  }).mean

export const sampledTransient = sampledExpectations({
  name: 'mean norm along sampled networks',
  stream: 'linear-transient',
  finiteWidth: 'the exact law of the norm at N = 200, started from the input',
  cases: () => [
    {
      parameters: shownParameters(exampleVariance, paperWidth, paperDepth),
      request: {
        ensemble: linearNetwork(exampleVariance),
        level: 'collective',
        observables: [{ kind: 'layers', field: 'norm', layers: transientLayers }],
        networks: 1000,
      },
      measured: (summary) => tableEstimates(summary, 0),
      predicted: () => transientLayers.map(exactMeanNorm),
      label: (k) => `the mean norm of layer ${transientLayers[k]}`,
    },
  ],
})
const transientLayers: readonly number[] = [5, 20, 50, 100, 200]

export const decayed = directCheck('what is left of the input after 512 layers', 'numeric', () => {
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

export const sampledMeans = sampledExpectations({
  name: 'means of the amplitudes of sampled networks',
  stream: 'linear-means',
  finiteWidth: 'the mean at q = 0 by the exact law at N = 200',
  cases: () => [
    {
      parameters: shownParameters(exampleVariance, paperWidth, paperDepth),
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
export function amplitudeMeans(summary: ShardSummary) {
  const observable = summary.observables[0]
  if (observable?.kind !== 'modePower') throw new TypeError('the modes were not observed')
  return waveVectors.map((_, m) => {
    return meanEstimate(modeMoments(observable, m).re)
  })
}

export const falling = directCheck('standard error of the mean against the wave vector', 'property', (input) => {
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

export const shownModes: readonly number[] = [4, 16, 64, 200]
export const bins = 24
/** Half of each histogram's range: about four deviations of the amplitude at the mode. */
export const halfRanges: readonly number[] = [0.25, 0.12, 0.04, 0.02]
const histogramRequest = (width: number) => ({
  ensemble: linearNetwork(exampleVariance, width),
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
})
/** The histograms that the figure shows, at the width of the paper. */
export const histogramsInThePaper: SampledCheck['simulations'] = ({ seed }) => [
  { ...histogramRequest(paperWidth), seed, stream: 'linear-figure-8/paper' },
]
/** Wide enough that the shape is that of infinite width: at N = 200 a slow mode has an excess kurtosis of 0.06. */
const gaussianWidth = 50_000

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
export function binnedDensity(variance: number, binWidth: number, x: number): number {
  const density = (y: number) => Math.exp((-y * y) / 2 / variance) / Math.sqrt(2 * Math.PI * variance)
  return (density(x - binWidth / 2) + 4 * density(x) + density(x + binWidth / 2)) / 6
}

/** Counts of the real parts of amplitudes in bins, and their expectation from the claimed variances. */
export const gaussianAmplitudes = sampledExpectations({
  name: 'distribution of the amplitudes of sampled networks',
  stream: 'linear-figure-8',
  finiteWidth: `at width ${gaussianWidth}, where the excess kurtosis of the slowest mode is below a thousandth; variances by the exact law there`,
  cases: () => [
    {
      parameters: shownParameters(exampleVariance, gaussianWidth, paperDepth),
      request: histogramRequest(gaussianWidth),
      measured: (summary) =>
        shownModes.flatMap((_, k) => {
          const counts = histogramOf(summary, k)
          const total = counts.reduce((a, b) => a + b)
          // Shares inside half a deviation's worth of central bins, and in the tails: few numbers, all well populated.
          return grouped(counts).map((count) => shareEstimate(count, total))
        }),
      predicted: (claimed, input) => {
        const ratios = powerRatios(exampleVariance, gaussianWidth)
        const variances = claimedRealVariances(claimed, input, exampleVariance)
        return shownModes.flatMap((m, k) => grouped(gaussianBins(variances[m]! * ratios[m]!, halfRanges[k]!)))
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

export function histogramOf(summary: ShardSummary, k: number): readonly number[] {
  const observable = summary.observables[k]
  if (observable?.kind !== 'modeHistogram') throw new TypeError('the histogram was not observed')
  return observable.counts[0]!
}

export const confirmations = [
  confirm('sec-8.3.transient', transient, sampledTransient),
  confirm('sec-8.3.transient-decayed', decayed),
  confirm('sec-8.3.mean-zero', zeroMeans, sampledMeans),
]
