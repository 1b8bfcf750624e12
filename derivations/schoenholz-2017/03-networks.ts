/** What the printed laws of section 3 and appendix 8.1 say of small networks, put to sampled ones. */
import {
  type CheckInput,
  confirm,
  type Expression,
  type Formula,
  sampledExpectations,
  scalarValue,
  substitute,
  symbol,
  tableEstimates,
  zero,
} from 'corrigenda'
import * as correspondence from './03-exact-correspondence.js'
import { networksAt } from './networks.js'
import { withCovariance, writtenExponent } from './small-networks.js'

// ---- What the printed exponents say of small networks ------------------------------------------------------------------

/** A network small and short enough that its law's moments are integrals over two norms. */
export const small = { width: 10, weightVariance: 0.5, biasVariance: 0.5 } as const
export const size = { lastLayer: 1, neurons: 1, inputs: 1 } as const

/**
 * Mean norms of layers 0 and 1 under the weight that a formula claims, for a linear activation and one input of squared
 * norm N: with r^l for every pre-activation's vector, the weight times the volume elements (r^l)^{N-1} dr^l, by the trapezoid
 * rule in log r^l.
 */
function meanNorms(claimed: Formula, covariance: Formula | undefined, input: CheckInput): readonly number[] {
  const { context } = input
  const written = writtenExponent(claimed, size, context)
  const explicit = covariance ? withCovariance(written, covariance, size, context) : written
  const inNorms = substitute(explicit, (node) => {
    if (node.kind === 'transpose') return inNormsOf(node.of)
    return inNormsOf(node)
  })
  const { width, weightVariance, biasVariance } = small
  const exponent = (r: readonly number[]): number =>
    scalarValue(inNorms, {
      r0: r[0]!,
      r1: r[1]!,
      width,
      x: Math.sqrt(width),
      lossStrength: 0,
      weightStandardDeviation: Math.sqrt(weightVariance),
      biasStandardDeviation: Math.sqrt(biasVariance),
    }) +
    width * (Math.log(r[0]!) + Math.log(r[1]!))
  const points = Array.from({ length: 161 }, (_, k) => Math.exp(-1.5 + (6.5 * k) / 160))
  const table = points.map((a) => points.map((b) => exponent([a, b])))
  const largest = Math.max(...table.flat())
  const sums = [0, 0, 0]
  table.forEach((row, i) => {
    row.forEach((value, j) => {
      const p = Math.exp(value - largest)
      sums[0]! += p
      sums[1]! += p * points[i]!
      sums[2]! += p * points[j]!
    })
  })
  return [sums[1]! / sums[0]!, sums[2]! / sums[0]!]
}

/** Vectors by their norms, a linear activation, no loss. */
function inNormsOf(node: Expression): Expression | undefined {
  if (node.kind === 'apply' && node.name === 'activation') {
    const [z] = node.arguments
    return z && (inNormsOf(z) ?? z)
  }
  if (node.kind === 'apply' && node.name === 'sampleLoss') return zero
  if (node.kind !== 'indexed') return undefined
  const layer = node.indices.find((s) => s.slot === 'site')?.index.offset
  if (node.name === 'preActivation') return symbol(`r${layer}`)
  if (node.name === 'layerWidth') return symbol('width')
  return node.name === 'input' ? symbol('x') : undefined
}

const normsOfSmallNetworks = sampledExpectations({
  name: 'norms of sampled networks of two layers',
  stream: 'small-linear',
  finiteWidth: 'both sides at width 10, without approximation',
  cases: (depth) => [
    {
      parameters: { N: small.width, L: 1, '\\sigma_w^2': small.weightVariance, '\\sigma_b^2': small.biasVariance },
      request: {
        ensemble: {
          kind: 'feed-forward',
          activation: 'linear',
          widths: small.width,
          depth: 2,
          weightVariance: small.weightVariance,
          biasVariance: small.biasVariance,
          input: { kind: 'normalised', squaredNorm: small.width },
        },
        // The honest network: every weight and bias drawn.
        level: 'weights',
        observables: [{ kind: 'layers', field: 'norm' }],
        networks: networksAt(depth, 40_000),
      },
      measured: (summary) => tableEstimates(summary, 0),
      predicted: (claimed, input) => meanNorms(claimed, input.premises['covariance'], input),
      label: (k) => `the mean norm of layer ${k}`,
    },
  ],
})

export const confirmations = [
  confirm(correspondence.multipliersIntegrated, normsOfSmallNetworks),
  confirm(correspondence.mainResultAgain, normsOfSmallNetworks),
  confirm(correspondence.mainResultInText, normsOfSmallNetworks),
  confirm(correspondence.singleInput, normsOfSmallNetworks),
  confirm(correspondence.singleInputInText, normsOfSmallNetworks),
]
