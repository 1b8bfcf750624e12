/** Section 6 put to networks: every entry of the covariance matrix of the Fourier modes, at every weight variance of figure 6. */
import { confirm, sampledExtrapolations } from 'corrigenda'
import * as section6 from './06-rectified-ring.js'
import * as appendix from './08-4-rectified-ring.js'
import { networksAt } from './linear-networks.js'
import {
  claimedEntries,
  covarianceObservable,
  entryLabel,
  figureVariances,
  measuredEntries,
  rectifiedNetwork,
  shownParameters,
} from './rectified-networks.js'

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

export const confirmations = [
  confirm(section6.fluctuation, sampledCovariances),
  confirm(section6.inverse, sampledCovariances),
  confirm(appendix.normalWeight, sampledCovariances),
  confirm(appendix.inNormalised, sampledCovariances),
  confirm(appendix.modes, sampledCovariances),
  confirm(appendix.inverse, sampledCovariances),
  confirm(appendix.inverseAgain, sampledCovariances),
]
