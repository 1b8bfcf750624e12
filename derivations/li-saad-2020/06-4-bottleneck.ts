/** Section 6.3, figure 7: a bottleneck at one hidden layer. */
import { confirm, directCheck } from 'corrigenda'
import { type DeviationChain, typicalEnd } from 'corrigenda/theory'
import {
  type Architecture,
  architectures,
  chainOf,
  nameOf,
  paper,
  ratesAt,
  rotatedLaw,
  typicalCurvature,
} from './results-quantities.js'

// ---- The bottleneck ------------------------------------------------------------------------------------------------------------

export const bottleneckShare = 1 / 8
/** The chain with a bottleneck at a hidden layer; 0 for none. */
export const bottleneckAt = (architecture: Architecture, layer: number, startOverlap: number): DeviationChain =>
  chainOf(architecture, {
    startOverlap,
    widths: Array.from({ length: paper.layers }, (_, k) => (k + 1 === layer ? bottleneckShare : 1)),
  })
const hiddenLayers = [1, 2, 3]
const farWidth = 512
const bottleneckStarts = [0, 0.25, 0.5, 0.75]

const laterIsLooser = directCheck('rate functions of the three positions', 'numeric', () => {
  let comparisons = 0
  for (const architecture of architectures)
    for (const start of bottleneckStarts) {
      const centre = typicalEnd(chainOf(architecture, { startOverlap: start }))
      for (const end of [centre - 0.4, centre - 0.2, centre + 0.05, (1 + centre) / 2]) {
        const rates = [0, ...hiddenLayers].map((layer) => ratesAt(bottleneckAt(architecture, layer, start), [end])[0]!)
        comparisons += 1
        const rises = rates.findIndex((r, k) => k > 0 && r >= rates[k - 1]!)
        if (rises > 0)
          return {
            holds: false,
            summary: `${nameOf(architecture)} from q^0 = ${start} to ${end.toFixed(3)}: rates ${rates.map((r) => r.toPrecision(4)).join(', ')} with no bottleneck and at layers 1, 2, 3`,
            witness: {
              at: { 'q^0': String(start), 'q^L': String(end) },
              left: String(rates[rises - 1]),
              right: String(rates[rises]),
            },
          }
      }
    }
  const attack = [0.99, 0.995, 0.999].map((start) => ({
    start,
    variances: hiddenLayers.map((layer) => 1 / typicalCurvature(bottleneckAt('sign', layer, start))),
  }))
  const broken = attack.find(({ variances }) => variances[0]! > variances[1]!)
  // Far above the typical overlap, by the rate function and by the exact tails of wide networks.
  const far = hiddenLayers.map((layer) => ratesAt(bottleneckAt('sign', layer, 0.5), [0.9])[0]!)
  const exact = hiddenLayers.map((layer) => {
    const widths = [0, 1, 2, 3, 4].map((l) => (l === layer ? farWidth * bottleneckShare : farWidth))
    return -rotatedLaw(widths, 0, 0.5).logTail(0.9, 'atLeast') / farWidth
  })
  return {
    holds: true,
    summary: `the rate falls from no bottleneck to layers 1, 2 and 3 at all ${comparisons} end points of both architectures, input overlaps ${bottleneckStarts.join(', ')}${broken ? `; not for nearly equal inputs: at q^0 = ${broken.start} sign-DNN have the variances ${broken.variances.map((v) => v.toPrecision(4)).join(', ')}` : ''}; and far above the typical overlap the order is reversed: from q^0 = 1/2 the rates of q^L = 0.9 in sign-DNN are ${far.map((r) => r.toPrecision(4)).join(', ')} (exact tails at N = ${farWidth}: ${exact.map((r) => r.toPrecision(4)).join(', ')})`,
    numbers: { comparisons, far, exact, ...(broken ? { brokenAt: broken.start, variances: broken.variances } : {}) },
  }
})
const strongerInSign = directCheck('variance with the bottleneck at layer 3 over that at layer 1', 'numeric', () => {
  const ratio = (architecture: Architecture, start: number): number => {
    const [first, last] = [1, 3].map((layer) => typicalCurvature(bottleneckAt(architecture, layer, start)))
    return first! / last!
  }
  const found = bottleneckStarts.map((start) => ({ start, sign: ratio('sign', start), relu: ratio('relu', start) }))
  const wrong = found.find(({ sign, relu }) => !(sign > relu))
  return {
    holds: wrong === undefined,
    summary: `in sign-DNN and relu-DNN ${found.map(({ start, sign, relu }) => `${sign.toPrecision(3)} and ${relu.toPrecision(3)} from q^0 = ${start}`).join('; ')}`,
    witness: { at: { 'q^0': String(wrong?.start) }, left: String(wrong?.sign), right: String(wrong?.relu) },
    numbers: { sign: found.map((f) => f.sign), rectifier: found.map((f) => f.relu) },
  }
})

export const confirmations = [
  confirm('sec-6.3.bottleneck', laterIsLooser),
  confirm('sec-6.3.bottleneck-sign', strongerInSign),
]
