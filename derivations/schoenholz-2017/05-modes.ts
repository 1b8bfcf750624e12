/** Section 5 on the joint law of the modes, put to sampled networks. */
import { confirm, type Estimate, sampledExpectations, uses } from 'corrigenda'
import { linearNetwork, modePowersOf, observed, window } from './linear-networks.js'
import { networksAt, paperDepth, paperWidth, shownParameters } from './networks.js'

// ---- What networks say of the modes -------------------------------------------------------------------------------------

export const factorial = uses(
  'sec-5.factorial-approximation',
  { modes: 'eq-15' },
  'the spectrum of independent layers, which is flat',
)
const spectrumNotFlat = {
  ...sampledExpectations({
    name: 'ratio of the variances of a slow and a fast mode on sampled networks',
    stream: 'linear-flatness',
    finiteWidth: 'at the width of the paper, where the claim is made',
    cases: (depth) => [
      {
        parameters: shownParameters(0.5, paperWidth, paperDepth),
        request: {
          ensemble: linearNetwork(0.5),
          level: 'collective',
          observables: [observed.modePower(0.5)],
          networks: networksAt(depth, 400),
        },
        measured: (summary) => {
          const powers = modePowersOf(summary, 0)
          const [slow, fast] = [powers[1]!, powers[window / 2 - 1]!]
          const value = slow.mean / fast.mean
          return [{ value, standardError: value * Math.sqrt(2 / slow.count), count: slow.count }]
        },
        // The factorial approximation's prediction: it is to be refuted.
        predicted: () => [1],
        label: () => 'the variance of mode 1 over that of mode 255',
      },
    ],
  }),
}
const flatIsRefuted = {
  ...spectrumNotFlat,
  judge: (...args: Parameters<typeof spectrumNotFlat.judge>) => {
    const evidence = spectrumNotFlat.judge(...args)
    const wanted = evidence.outcome === 'refuted'
    return {
      ...evidence,
      outcome: wanted ? ('holds' as const) : ('undecided' as const),
      summary: wanted ? `the flat spectrum of independent layers is refuted: ${evidence.summary}` : evidence.summary,
      witness: null,
    }
  },
}

export const independence = uses(
  'sec-5.independent-modes',
  { modes: 'eq-15' },
  'fourth moments of the amplitudes, and the variance of their summed power',
)
/** A mean of observations whose deviation and skewness are known beforehand. */
const known = (value: number, deviation: number, skewness: number, count: number): Estimate => ({
  value,
  standardError: deviation / Math.sqrt(count),
  count,
  skewness: skewness / Math.sqrt(count),
  degreesOfFreedom: Number.POSITIVE_INFINITY,
})
/** Wide enough that what is not Gaussian about the norm cannot be seen. */
const gaussianWidth = 50_000
const independentModes = sampledExpectations({
  name: 'moments of the modes of sampled networks',
  stream: 'linear-independence',
  finiteWidth: `at width ${gaussianWidth}, where the exact law's deviation from a Gaussian is a hundredth of the statistical error`,
  cases: (depth) => [
    {
      parameters: shownParameters(0.3, gaussianWidth, paperDepth),
      request: {
        ensemble: linearNetwork(0.3, gaussianWidth),
        level: 'collective',
        observables: [observed.modePower(0.3, gaussianWidth), observed.autocovariance(0.3, gaussianWidth, [0])],
        networks: Math.max(16_000, networksAt(depth, 16_000)),
      },
      measured: (summary) => {
        const [modes, covariance] = summary.observables
        if (modes?.kind !== 'modePower' || covariance?.kind !== 'autocovariance')
          throw new TypeError('the modes were not observed')
        const powers = modePowersOf(summary, 0)
        const chosen = [1, 16, 64, 128, 200]
        const kurtosis = chosen.map((m) => {
          const column = 3 * m + 2
          const [mean, m2] = [modes.table.mean[column]!, modes.table.m2[column]!]
          const count = modes.table.count
          // <|e|^4>/<|e|^2>^2 is 2 for a complex Gaussian; to first order a mean of x^2 - 4x + 2 over exponential x, which
          // has variance 4 and third moment 80.
          return known(1 + m2 / count / mean ** 2, 2, 10, count)
        })
        // The variance of the summed power: 2 sum_m (variance of a mode)^2 over all q if modes are independent.
        const count = covariance.table.count
        const spread = covariance.table.m2[0]! / (count - 1)
        const independent = powers.reduce(
          (sum, { mean, components }) => sum + (components === 1 ? 2 : 4) * mean ** 2,
          0,
        )
        // A variance of Gaussian numbers, over its expectation: chi-square.
        return [...kurtosis, known(spread / independent, Math.SQRT2, Math.sqrt(8), count)]
      },
      predicted: () => [2, 2, 2, 2, 2, 1],
      label: (k) =>
        k < 5
          ? `<|e|^4>/<|e|^2>^2 of mode ${[1, 16, 64, 128, 200][k]}`
          : 'the variance of the summed power over its value for independent modes',
    },
  ],
})

export const confirmations = [confirm(factorial, flatIsRefuted), confirm(independence, independentModes)]
