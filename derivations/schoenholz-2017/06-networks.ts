/** Section 6 put to networks: every entry of the covariance matrix of the Fourier modes, at every weight variance of figure 6. */
import {
  type Combination,
  combinations,
  combinedVariance,
  confirm,
  infiniteWidth,
  type ModePowers,
  modeMoments,
  type ShardSummary,
  sampledExtrapolations,
  sampledPowers,
} from 'corrigenda'
import * as section6 from './06-rectified-ring.js'
import * as appendix from './08-4-rectified-ring.js'
import { modesOf, networksAt, paperDepth, paperNetworks, paperWidth, paperWindow, shownParameters } from './networks.js'
import {
  claimedEntries,
  covarianceObservable,
  entryLabel,
  fieldNames,
  figureVariances,
  measuredEntries,
  rectifiedNetwork,
} from './rectified-networks.js'
import {
  claimedAtPaperWidth,
  claimedMatrices,
  exactMatrices,
  figureModes,
  limitWidths,
  measuredMatrix,
} from './rectified-windows.js'

/** Widths from which the limit is extrapolated: the wider, the nearer the ensemble is to criticality. */
const widthsAt = (weightVariance: number): readonly number[] => {
  const factor = weightVariance < 1.5 ? 1 : weightVariance < 1.8 ? 4 : 40
  return [400, 1600, 6400].map((width) => factor * width)
}
/** Layers until the input is forgotten, and the window. */
const depthAt = (weightVariance: number): number => (weightVariance < 1.5 ? 128 : weightVariance < 1.8 ? 192 : 640)

export const sampledCovariances = sampledExtrapolations({
  name: 'covariance matrix of the modes of sampled networks',
  stream: 'rectified-covariances',
  cases: figureVariances.map((s) => ({
    parameters: shownParameters(s),
    widths: widthsAt(s),
    powers: [0, 1],
    request: (width, depth) => ({
      ensemble: rectifiedNetwork(s, width, depthAt(s)),
      level: 'collective',
      observables: [covarianceObservable(s, width)],
      networks: networksAt(depth, 3000),
    }),
    measured: (summary, width) => measuredEntries(summary, s, width),
    predicted: (claimed, input) => claimedEntries(claimed, input, s),
    label: entryLabel,
  })),
})

const combined = combinations(fieldNames.length)
const powers = figureModes.flatMap((mode, k) => combined.map((combination) => ({ mode, k, combination })))
const powerLabel = (n: number): string => {
  const { mode, combination } = powers[n]!
  const [a, b] = [fieldNames[combination.a], fieldNames[combination.b]]
  const at = `at q = 2 pi ${mode}/${paperWindow}`
  if (combination.part === 'alone') return `${a} ${at}`
  return `${a}/d_1 + ${combination.part === 'real' ? '' : 'i '}${b}/d_2 ${at}, with the standard deviations d_1 and d_2`
}
/** What the fields' modes are divided by in a sum: their standard deviations by the exact law. */
const deviations = (s: number, k: number, { part }: Combination): readonly number[] =>
  exactMatrices(s, paperWidth)[k]!.map((row, a) => (part === 'alone' ? 1 : Math.sqrt(row[a]!.re)))

const request = (s: number, networks: number) => ({
  ensemble: rectifiedNetwork(s),
  level: 'collective' as const,
  observables: [covarianceObservable(s, paperWidth, paperWindow)],
  networks,
})

function measuredPowers(summary: ShardSummary, s: number): readonly ModePowers[] {
  const modes = modesOf(summary)
  const matrices = figureModes.map((mode) => measuredMatrix(modes, mode, s))
  return powers.map(({ k, combination }) => ({
    mean: combinedVariance(matrices[k]!, combination, deviations(s, k, combination)),
    count: summary.networks,
    components: 2,
  }))
}

/** Effective components of the powers of sums: at least those of the field that has fewer. */
function effectiveComponents(summary: ShardSummary): readonly number[] {
  const modes = modesOf(summary)
  return powers.map(({ mode, combination: { a, b } }) =>
    Math.min(
      ...[a, b].map((field) => {
        const { power } = modeMoments(modes, mode, field)
        return (2 * power.mean ** 2) / (power.m2 / (power.count - 1))
      }),
    ),
  )
}

/**
 * Figure 6 as the paper made it: 200 networks of width 200 at each weight variance, the last 512 of 1024 layers transformed.
 * The three variances and the three complex covariances of every mode that is shown, as variances of nine sums.
 */
export const asInThePaper = sampledPowers({
  name: 'covariances of Fourier modes, as the paper measured them',
  stream: 'rectified-figure-6',
  finiteWidth: 'finite width by the exact law of the three fields at N = 200',
  cases: () =>
    figureVariances.map((s) => ({
      parameters: shownParameters(s, paperWidth, paperDepth),
      request: request(s, paperNetworks),
      measured: (summary) => measuredPowers(summary, s),
      predicted: (claimed, input) => {
        const matrices = claimedAtPaperWidth(claimed, input, s)
        return powers.map(({ k, combination }) =>
          combinedVariance(matrices[k]!, combination, deviations(s, k, combination)),
        )
      },
      label: powerLabel,
      // Near criticality amplitudes are not Gaussian at width 200, and the powers of slow modes fluctuate more.
      ...(s < 1.5 ? {} : { fluctuations: { request: request(s, 1000), components: effectiveComponents } }),
    })),
})

/** The exact law of the three fields as the width grows: no networks, and far more digits. */
const limitOfLaw = infiniteWidth({
  name: 'exact law of the three fields, width to infinity',
  widths: limitWidths,
  cases: [0.34, 0.98, 1.62].map((s) => ({
    parameters: shownParameters(s),
    exact: (width) => exactMatrices(s, width).flatMap(parts),
    predicted: (claimed, input) => claimedMatrices(claimed, input, s).flatMap(parts),
    label: (n) =>
      `${['Re', 'Im'][n % 2]} of the covariance of ${fieldNames[Math.floor(n / 6) % 3]} and ${fieldNames[Math.floor(n / 2) % 3]} at q = 2 pi ${figureModes[Math.floor(n / 18)]}/${paperWindow}`,
  })),
})
const parts = (m: readonly (readonly { readonly re: number; readonly im: number }[])[]): readonly number[] =>
  m.flatMap((row) => row.flatMap(({ re, im }) => [re, im]))

export const confirmations = [
  confirm(section6.fluctuation, sampledCovariances),
  confirm(section6.inverse, limitOfLaw, asInThePaper, sampledCovariances),
  confirm(appendix.normalWeight, sampledCovariances),
  confirm(appendix.inNormalised, sampledCovariances),
  confirm(appendix.modes, sampledCovariances),
  confirm(appendix.inverse, sampledCovariances),
  confirm(appendix.inverseAgain, sampledCovariances),
]
