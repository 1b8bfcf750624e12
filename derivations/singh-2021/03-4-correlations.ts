/** Section 3.4.3: whether correlations vanish at high weight variances, with anti-correlated weights and with a special one too. */
import {
  confirm,
  type Depth,
  directCheck,
  findRoot,
  lengthBoundary,
  measuredOrder,
  rectifiedForm,
  type SimulationRequest,
  signalMaps,
} from 'corrigenda'
import { sampledBounds } from 'corrigenda/audit'
import { correlationAfter } from './02-1-relu.js'
import { antiCorrelatedToo } from './asymmetric-ensembles.js'
import { populations } from './asymmetric-populations.js'
import { requestsOf as asymmetricRequests, streamOf as asymmetricStream } from './figures-asymmetric.js'
import { meanOf, paper } from './figures-networks.js'
import { requestsOf as symmetricRequests } from './figures-symmetric.js'
import { correlated, streamOf as symmetricStream } from './symmetric-networks.js'

/** Below this a correlation looks like none on a scale from zero to one. */
const visible = 0.1
const last = paper.deepest - 1

/** The fixed point below one of the correlation of ReLU networks whose lengths grow, where a bias no longer counts. */
function farCorrelation(rowCorrelation: number): number {
  const maps = signalMaps({ activation: rectifiedForm, weightVariance: 1, biasVariance: 0, rowCorrelation })
  return findRoot((c) => maps.covariance(1, 1, c) / maps.length(1) - c, 0, 0.9, 1e-14).root
}

const vanishing = directCheck('correlation where the length diverges', 'numeric', () => {
  const boundary = lengthBoundary(rectifiedForm, paper.rowCorrelation)
  const variances = [3, 4, 6, 10]
  const found = variances.map((weightVariance) =>
    correlationAfter(
      {
        activation: rectifiedForm,
        weightVariance,
        biasVariance: paper.biasVariance,
        rowCorrelation: paper.rowCorrelation,
      },
      1000,
    ),
  )
  const strengths = [paper.rowCorrelation, 10 * paper.rowCorrelation, 100 * paper.rowCorrelation]
  const fixed = strengths.map(farCorrelation)
  const order = -measuredOrder(strengths.map((x, k) => ({ x, y: fixed[k]! })))
  const spread = Math.max(...found.map((c) => Math.abs(c - fixed[0]!)))
  return {
    holds: spread < 1e-6 && fixed[0]! < visible && order > 0.9,
    leadingOrder: true,
    summary: `above ${boundary.toPrecision(4)} it tends to ${fixed[0]!.toPrecision(4)} at every weight variance for k = ${paper.rowCorrelation}, and to ${fixed
      .slice(1)
      .map((c) => c.toPrecision(3))
      .join(' and ')} for k = ${strengths.slice(1).join(' and ')}: to zero as k^-${order.toFixed(2)}`,
    numbers: { order: Number(order.toFixed(3)), fixed },
    witness: { at: { k: String(paper.rowCorrelation) }, left: '0', right: fixed[0]!.toPrecision(6) },
  }
})

/** The figures' own networks, from their own streams: what is simulated for a figure is not simulated again. */
interface Networks {
  readonly stream: string
  readonly weightVariances: readonly number[]
  readonly requests: (depth: Depth) => readonly Omit<SimulationRequest, 'seed' | 'stream'>[]
}

const sampledFrom = (
  name: string,
  from: number,
  { stream, weightVariances, requests }: Networks,
  bound: { readonly least?: number; readonly most?: number },
) =>
  sampledBounds({
    name,
    stream,
    finiteWidth: "the figure's own width",
    cases: (depth) =>
      requests(depth).map((request, c) => {
        const w = weightVariances[c]!
        return {
          parameters: { '\\sigma_w^2': w, k: paper.rowCorrelation, N: paper.width, L: paper.deepest },
          request,
          measured: (summary) => (w < from ? [] : [meanOf(summary, 1, last)]),
          bounds: () => [bound],
          label: () => `the correlation at sigma_w^2 = ${w}`,
        }
      }),
  })

const sampledVanishing = sampledFrom(
  'correlations of anti-correlated networks after 32 layers, where the length diverges',
  3.3,
  {
    stream: symmetricStream(correlated),
    weightVariances: correlated.weightVariances,
    requests: (depth) => symmetricRequests(correlated, depth),
  },
  { most: visible },
)

/** Weight variances of figure 3.7 from which on lengths of RAAI diverge. */
const divergesFrom = 1.3

const sampledPersisting = sampledFrom(
  'correlations of networks with a special weight among anti-correlated ones after 32 layers, where the length diverges',
  divergesFrom,
  {
    stream: asymmetricStream(antiCorrelatedToo),
    weightVariances: antiCorrelatedToo.weightVariances,
    requests: (depth) => asymmetricRequests(antiCorrelatedToo, depth),
  },
  { least: visible },
)

const persisting = directCheck('correlation of populations where the length diverges', 'numeric', ({ seed }) => {
  const found = antiCorrelatedToo.weightVariances
    .filter((w) => w >= divergesFrom)
    .map((w) => ({ w, c: populations(antiCorrelatedToo, w, { seed }).at(-1)!.c }))
  const least = found.reduce((a, b) => (b.c < a.c ? b : a))
  return {
    holds: least.c > visible,
    summary: `after ${paper.deepest} layers at weight variances from ${divergesFrom} to ${found.at(-1)!.w} it is ${least.c.toPrecision(3)} or more`,
    numbers: { least: Number(least.c.toPrecision(6)) },
    witness: { at: { '\\sigma_w^2': String(least.w) }, left: `> ${visible}`, right: least.c.toPrecision(6) },
  }
})

export const confirmations = [
  confirm('sec-3.4.3.aci-vanishing', vanishing, sampledVanishing),
  confirm('sec-3.4.3.raai-persisting', persisting, sampledPersisting),
]
