/** The uniform configuration of section 6 and appendix 8.4: where it is, where it exists, where it is a minimum; its norms and counts in networks. */
import {
  type CheckInput,
  claimedValue,
  confirm,
  derive,
  directCheck,
  expanded,
  type Formula,
  leastEigenvalue,
  ringGradient,
  saddleExists,
  sampledExpectations,
  scalarValue,
  shiftEstimate,
  tableEstimates,
  uses,
} from 'corrigenda'
import * as section6 from './06-rectified-ring.js'
import * as appendix from './08-4-rectified-ring.js'
import {
  biasVariance,
  lawOf,
  meanRatioOf,
  networksAt,
  paperDepth,
  paperWidth,
  paperWindow,
  scalars,
  shownParameters,
} from './networks.js'
import { claimedKernel, figureVariances, rectifiedNetwork } from './rectified-networks.js'
import { rectifiedQuantities } from './rectified-quantities.js'

const testVariances: readonly number[] = [0.02, 0.66, 1.3, 1.9]
const sites = 4

/** The gradient of the energy by central differences, in all three fields, where the claim puts the uniform configuration. */
const gradientVanishes = directCheck('numeric gradient of the energy in all three fields', 'numeric', (input) => {
  const { energy } = input.premises
  if (!energy) return { holds: null, summary: 'needs the premise `energy`' }
  const { fields, notation } = rectifiedQuantities(input.context)
  const side = expanded(energy, input)
  let worst = 0
  for (const s of testVariances)
    for (const width of [6, 200]) {
      const values = scalars(s, width)
      const norm = claimedValue(input.claimed, input, values)
      // As many components of either sign: a claim of its own, proved with this one.
      const count = width / 2
      if (!(norm > 0))
        return {
          holds: false,
          summary: `the claimed norm is ${norm}`,
          witness: {
            at: { '\\sigma_w^2': String(s), N: String(width) },
            left: String(norm),
            right: 'a positive number',
          },
        }
      const parameters = new Map(Object.entries(values))
      const slopes = (factor: number) =>
        ringGradient(
          side,
          {
            fields,
            values: [norm, norm, count].map((x) => Array.from({ length: sites }, () => factor * x)),
            parameters,
          },
          { notation },
        ).map((row) => row[0]!.value)
      const [here, nearby] = [slopes(1), slopes(1.01)]
      // In units in which every field's slope is that of an extensive energy.
      const units = [norm, norm, count]
      const size = Math.max(...nearby.map((x, k) => Math.abs(x * units[k]!)))
      const ratio = Math.max(...here.map((x, k) => Math.abs(x * units[k]!))) / size
      worst = Math.max(worst, ratio)
      if (!(ratio < 1e-3))
        return {
          holds: false,
          summary: `the gradient is ${here.map((x) => x.toPrecision(4)).join(', ')}`,
          witness: {
            at: { '\\sigma_w^2': String(s), '\\sigma_b^2': String(biasVariance), N: String(width) },
            left: here.map(String).join(', '),
            right: '0, 0, 0',
          },
        }
    }
  return {
    holds: true,
    summary: `vanishes to ${worst.toExponential(0)} of its size one per cent away`,
    numbers: { instances: 2 * testVariances.length },
  }
})

/** Exact mean of either norm over its limit of infinite width, both in units of the root of the width. */
const meanRatio = meanRatioOf(lawOf('relu'))

const meansRequest = (s: number, networks: number) => ({
  ensemble: rectifiedNetwork(s),
  level: 'collective' as const,
  observables: (['positiveNorm', 'negativeNorm', 'positiveCount'] as const).map((field) => ({
    kind: 'windowMean' as const,
    field,
    last: paperWindow,
  })),
  networks,
})

/** Both norms, as figure 5 shows them. */
export const sampledNorms = sampledExpectations({
  name: 'mean norms of the positive and of the negative components',
  stream: 'rectified-means',
  finiteWidth:
    'finite width by the exact law of the positive norm at N = 200, which is that of the negative norm as well',
  cases: (depth) =>
    figureVariances.map((s) => ({
      parameters: shownParameters(s, paperWidth, paperDepth),
      request: meansRequest(s, networksAt(depth, 1000)),
      measured: (summary) => [tableEstimates(summary, 0)[0]!, tableEstimates(summary, 1)[0]!],
      predicted: (claimed, input) => {
        const value = claimedValue(claimed, input, scalars(s)) * meanRatio(s, paperWidth)
        return [value, value]
      },
      label: (k) => `the mean norm of the ${['positive', 'negative'][k]} components`,
    })),
})

export const sampledCounts = sampledExpectations({
  name: 'mean number of positive and of negative components',
  stream: 'rectified-means',
  finiteWidth: 'none is needed: the mean is the same at every width',
  cases: (depth) =>
    figureVariances.map((s) => ({
      parameters: shownParameters(s, paperWidth, paperDepth),
      request: meansRequest(s, networksAt(depth, 1000)),
      measured: (summary) => {
        const positive = tableEstimates(summary, 2)[0]!
        return [positive, shiftEstimate(positive, paperWidth, -1)]
      },
      predicted: (claimed, input) => {
        const value = claimedValue(claimed, input, scalars(s))
        return [value, value]
      },
      label: (k) => `the mean number of ${['positive', 'negative'][k]} components`,
    })),
})

// ---- Where there is a minimum -------------------------------------------------------------------------------------------

export const existence = derive(
  'sec-8.4.existence',
  { energy: 'eq-85' },
  'weight variances at which the energy has a uniform stationary point',
  ({ energy }, context) => saddleExists(energy, rectifiedQuantities(context)),
)
export const minimum = uses(
  'sec-8.4.minimum',
  { saddle: 'eq-84', fluctuation: 'eq-90' },
  'where the uniform configuration is real and every mode costs energy',
)
/** Below the claimed bound the configuration exists and the kernel is positive at every wave vector; above it does not. */
const minimumRegion = directCheck(
  'existence of the configuration and least eigenvalue of the kernel',
  'numeric',
  (input) => {
    const { saddle, fluctuation } = input.premises
    if (!saddle || !fluctuation) return { holds: null, summary: 'needs the premises `saddle` and `fluctuation`' }
    const [left, right] = input.claimed.sides.map((side) => expanded({ sides: [side], relations: [] }, input))
    if (!left || !right) return { holds: null, summary: 'the claim is no inequality' }
    const variances = [0.02, 0.5, 1, 1.5, 1.9, 1.99, 2.01, 2.1, 3, 4.5]
    for (const s of variances) {
      const norm = claimedRoot(saddle, input, s)
      const isMinimum = norm > 0 && leastEigenvalue(claimedKernel(fluctuation, input, s)).value > 0
      const isClaimed = scalarValue(left, scalars(s)) < scalarValue(right, scalars(s))
      if (isMinimum !== isClaimed)
        return {
          holds: false,
          summary: `at weight variance ${s} there is ${isMinimum ? 'a' : 'no'} minimum`,
          witness: { at: { '\\sigma_w^2': String(s) }, left: String(isClaimed), right: String(isMinimum) },
        }
    }
    return {
      holds: true,
      summary: `as claimed at ${variances.length} weight variances on both sides of the bound`,
      numbers: { instances: variances.length },
    }
  },
)
/** The stationary norm; not a number where its square is negative. */
function claimedRoot(saddle: Formula, input: CheckInput, s: number): number {
  try {
    return claimedValue(saddle, input, scalars(s))
  } catch {
    return Number.NaN
  }
}

export const confirmations = [
  confirm(appendix.saddleNorm, gradientVanishes, sampledNorms),
  confirm(appendix.saddleCount, sampledCounts),
  confirm(section6.saddle, sampledNorms),
  confirm(section6.saddleCount, sampledCounts),
  confirm(minimum, minimumRegion),
]
