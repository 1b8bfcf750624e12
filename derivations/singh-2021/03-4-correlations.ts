/** Section 3.4.3: whether correlations vanish at high weight variances, with anti-correlated weights and with a special one too. */
import { confirm, directCheck, findRoot, lengthBoundary, measuredOrder, rectifiedForm, signalMaps } from 'corrigenda'
import { sampledBounds } from 'corrigenda/audit'
import { correlationAfter } from './02-1-phases.js'
import { antiCorrelatedToo, asProgrammed } from './asymmetric-ensembles.js'
import { antiCorrelated, lengthsAndCorrelations, meanOf, networksOf, paper } from './figures-networks.js'

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

const sampledAt = (
  name: string,
  stream: string,
  variances: readonly number[],
  ensembleOf: (w: number) => ReturnType<typeof networksOf>,
  bound: { readonly least?: number; readonly most?: number },
) =>
  sampledBounds({
    name,
    stream,
    finiteWidth: "the figure's own width",
    cases: (depth) =>
      variances.map((w) => ({
        parameters: { '\\sigma_w^2': w, k: paper.rowCorrelation, N: paper.width, L: paper.deepest },
        request: lengthsAndCorrelations(ensembleOf(w), depth === 'quick' ? 6 : paper.networks),
        measured: (summary) => [meanOf(summary, 1, last)],
        bounds: () => [bound],
        label: () => `the correlation at sigma_w^2 = ${w}`,
      })),
  })

const sampledVanishing = sampledAt(
  'correlations of anti-correlated networks after 32 layers, where the length diverges',
  'singh-2021-3.4.3-aci',
  [3.2, 4],
  (w) => networksOf(w, { rows: antiCorrelated }),
  { most: visible },
)

/** From the boundary of the length to twice as far: beyond what the figure shows. */
const sampledPersisting = sampledAt(
  'correlations of networks with a special weight among anti-correlated ones after 32 layers, where the length diverges',
  'singh-2021-3.4.3-raai',
  [1.3, 1.8, 2.4],
  (w) => asProgrammed(w, antiCorrelatedToo),
  { least: visible },
)

export const confirmations = [
  confirm('sec-3.4.3.aci-vanishing', vanishing, sampledVanishing),
  confirm('sec-3.4.3.raai-persisting', sampledPersisting),
]
