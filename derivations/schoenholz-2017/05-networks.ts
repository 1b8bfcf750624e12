/** Section 5 put to networks: the stationary norm, the variances of Fourier modes, their limit of infinite width. */
import {
  type CheckInput,
  confirm,
  gradientVanishes,
  hessianAgrees,
  infiniteWidth,
  type RingCase,
  type ShardSummary,
  sampledExpectations,
  sampledExtrapolation,
  sampledPowers,
  tableEstimates,
} from 'corrigenda'
import * as derivations from './05-linear-ring.js'
import { modes as appendixModes, saddle as appendixSaddle, gatheredInVariances } from './08-2-linear-ring.js'
import {
  claimedCovariances,
  claimedNorm,
  claimedPowers,
  covarianceRatios,
  effectiveComponents,
  figureVariances,
  lawAt,
  linearNetwork,
  meanRatio,
  modePowersOf,
  observed,
  powerRatios,
  testVariances,
  window,
} from './linear-networks.js'
import { networksAt, paperDepth, paperNetworks, paperWidth, scalars, shownParameters } from './networks.js'
import { ringQuantities } from './quantities.js'

const exactWidth = 'finite width by the exact law of the norm at N = 200'

/** Parameters at which the ring's energy is put to numbers. */
export const ringCase = ({ context }: CheckInput): RingCase => ({
  ...ringQuantities(context),
  parameters: [0.02, 0.5, 0.9].flatMap((s) => [5, 200].map((width) => scalars(s, width))),
})

const sampledNorm = sampledExpectations({
  name: 'mean norm of sampled networks',
  stream: 'linear-norm',
  finiteWidth: exactWidth,
  cases: (depth) =>
    testVariances.map((s) => ({
      parameters: shownParameters(s, paperWidth, paperDepth),
      request: {
        ensemble: linearNetwork(s),
        level: 'collective',
        observables: [observed.windowMean],
        networks: networksAt(depth, 1000),
      },
      measured: (summary) => tableEstimates(summary, 0),
      predicted: (claimed, input) => [claimedNorm(claimed, input, s) * meanRatio(s, 200)],
      label: () => `the mean norm over the last ${window} layers`,
    })),
})

export const limitOfMean = (leadingOrder: boolean) =>
  infiniteWidth({
    name: 'exact law of the norm, width to infinity',
    leadingOrder,
    cases: testVariances.map((s) => ({
      parameters: shownParameters(s, paperWidth, paperDepth),
      exact: (width) => [lawAt(s, width).mean / Math.sqrt(width)],
      predicted: (claimed, input) => [claimedNorm(claimed, input, s, 1)],
      label: () => 'the mean norm over the square root of the width',
    })),
  })

const lags: readonly number[] = [0, 1, 2, 5, 10]

const limitOfCovariances = infiniteWidth({
  name: 'exact law of the norm, width to infinity',
  cases: testVariances.map((s) => ({
    parameters: shownParameters(s, paperWidth, paperDepth),
    exact: (width) => {
      const covariances = lawAt(s, width).autocovariances(Math.max(...lags))
      return lags.map((lag) => covariances[lag]!)
    },
    predicted: (claimed, input) => claimedCovariances(claimed, input, s, lags),
    label: (k) => `the covariance of norms ${lags[k]} layers apart`,
  })),
})

const sampledCovariances = sampledExpectations({
  name: 'covariances of the norms of sampled networks',
  stream: 'linear-covariances',
  finiteWidth: exactWidth,
  cases: (depth) =>
    testVariances.map((s) => ({
      parameters: shownParameters(s, paperWidth, paperDepth),
      request: {
        ensemble: linearNetwork(s),
        level: 'collective',
        observables: [observed.autocovariance(s, 200, lags)],
        networks: networksAt(depth, 4000),
      },
      measured: (summary) => tableEstimates(summary, 0),
      predicted: (claimed, input) => {
        const ratios = covarianceRatios(s, 200, lags)
        return claimedCovariances(claimed, input, s, lags).map((value, k) => value * ratios[k]!)
      },
      label: (k) => `the covariance of norms ${lags[k]} layers apart`,
    })),
})

const extrapolatedCovariances = sampledExtrapolation({
  name: 'covariances of the norms, extrapolated in the width',
  stream: 'linear-extrapolation',
  parameters: shownParameters(0.5),
  widths: [50, 100, 200, 400, 800],
  request: (width, depth) => ({
    ensemble: linearNetwork(0.5, width),
    level: 'collective',
    observables: [observed.autocovariance(0.5, width, lags)],
    networks: networksAt(depth, 2000),
  }),
  measured: (summary) => tableEstimates(summary, 0),
  predicted: (claimed, input) => claimedCovariances(claimed, input, 0.5, lags),
  label: (k) => `the covariance of norms ${lags[k]} layers apart`,
})

/** As the paper did it: 200 networks at each weight variance of figure 4, every mode of the last 512 layers. */
export const asInThePaper = sampledPowers({
  name: 'variances of Fourier modes, as the paper measured them',
  stream: 'linear-figure-4',
  finiteWidth: exactWidth,
  cases: () =>
    figureVariances.map((s) => ({
      parameters: shownParameters(s, paperWidth, paperDepth),
      request: {
        ensemble: linearNetwork(s),
        level: 'collective',
        observables: [observed.modePower(s)],
        networks: paperNetworks,
      },
      measured: (summary) => modePowersOf(summary, 0),
      predicted: (claimed, input) => {
        const ratios = powerRatios(s, 200)
        return claimedPowers(claimed, input, s).map((power, m) => power * ratios[m]!)
      },
      label: (m) => `mode ${m} of ${window}`,
      // Near criticality the norm is not Gaussian at width 200, and the powers of slow modes fluctuate more.
      ...(s < 0.8
        ? {}
        : {
            fluctuations: {
              request: {
                ensemble: linearNetwork(s),
                level: 'collective' as const,
                observables: [observed.modePower(s)],
                networks: 4000,
              },
              components: (summary: ShardSummary) => effectiveComponents(summary, 0),
            },
          }),
    })),
})

export const confirmations = [
  confirm(derivations.saddle, gradientVanishes(ringCase), limitOfMean(false), sampledNorm),
  confirm(appendixSaddle, gradientVanishes(ringCase), sampledNorm),
  confirm(derivations.fluctuation, hessianAgrees(ringCase), limitOfCovariances, sampledCovariances),
  confirm(gatheredInVariances, hessianAgrees(ringCase), sampledCovariances),
  confirm(derivations.modes, limitOfCovariances, asInThePaper, sampledCovariances, extrapolatedCovariances),
  confirm(appendixModes, asInThePaper, sampledCovariances),
]
