/** Section 6.3, figure 6: rate functions under input perturbation and dominant trajectories. */
import { confirm, directCheck, sampledCounts } from 'corrigenda'
import { type DeviationChain, ratePoint, typicalEnd } from 'corrigenda/theory'
import {
  type Architecture,
  architectures,
  chainOf,
  latticeCounts,
  latticeOf,
  nameOf,
  pairsOf,
  paper,
  ratesAt,
  rotatedLaw,
  typicalCurvature,
} from './results-quantities.js'

/** Input overlaps that panels of figure 6 are drawn for; the text does not give the paper's. */
export const shownStarts: readonly number[] = [0.25, 0.5, 0.75, 0.875]
const started = (architecture: Architecture, startOverlap: number, layers: number = paper.layers): DeviationChain =>
  chainOf(architecture, { startOverlap, layers })
const varianceAt = (architecture: Architecture, start: number, layers: number = paper.layers): number =>
  1 / typicalCurvature(started(architecture, start, layers))

// ---- Near the typical overlap ----------------------------------------------------------------------------------------------

const similar = directCheck('spread of the curvature over input overlaps', 'numeric', () => {
  const starts = [0, ...shownStarts]
  const [sign, relu] = architectures.map((architecture) => {
    const values = starts.map((start) => varianceAt(architecture, start))
    return { values, spread: Math.max(...values) / Math.min(...values) }
  })
  return {
    holds: sign!.spread < 1.05 && relu!.spread > 1.2,
    summary: `from q^0 = ${starts.join(', ')} the variances 1/I'' lie within a factor ${sign!.spread.toPrecision(4)} in sign-DNN and ${relu!.spread.toPrecision(4)} in relu-DNN`,
    witness: { at: { L: '4' }, left: String(sign!.spread), right: String(relu!.spread) },
    numbers: { sign: sign!.values, rectifier: relu!.values },
  }
})

const smaller = directCheck("variance 1/I'' of relu-DNN against the input overlap", 'numeric', () => {
  const starts = [0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.875, 0.95]
  const values = starts.map((start) => varianceAt('relu', start))
  const rise = values.findIndex((v, k) => k > 0 && v >= values[k - 1]!)
  // Where the variance is largest: below, the assertion fails.
  const turns = [2, paper.layers].map((layers) => {
    const grid = Array.from({ length: 25 }, (_, k) => -0.2 + 0.025 * k)
    const along = grid.map((start) => varianceAt('relu', start, layers))
    const at = along.indexOf(Math.max(...along))
    return { layers, at: grid[at]!, most: along[at]!, low: varianceAt('relu', -0.75, layers) }
  })
  return {
    holds: rise < 0,
    summary: `falls from ${values[0]!.toPrecision(4)} at q^0 = ${starts[0]} to ${values.at(-1)!.toPrecision(4)} at ${starts.at(-1)}; for all input overlaps it would not hold: the variance is largest at q^0 = ${turns.map((t) => `${t.at.toFixed(3)} (L = ${t.layers}, ${t.most.toPrecision(4)}, against ${t.low.toPrecision(4)} at q^0 = -0.75)`).join(' and ')}`,
    witness: { at: { 'q^0': String(starts[rise]) }, left: String(values[rise - 1]), right: String(values[rise]) },
    numbers: { variances: values, turning: turns.map((t) => t.at) },
  }
})

const distances = [0.02, 0.05, 0.1, 0.2]
const asymmetryOf = (architecture: Architecture, start: number): readonly number[] => {
  const chain = started(architecture, start)
  const centre = typicalEnd(chain)
  return distances.map((d) => {
    const [below, above] = ratesAt(chain, [centre - d, centre + d])
    return above! / below!
  })
}
const asymmetric = directCheck('rate above over rate below the typical overlap', 'numeric', () => {
  const found = shownStarts.map((start) => ({
    start,
    sign: asymmetryOf('sign', start),
    relu: asymmetryOf('relu', start),
  }))
  const wrong = found.find(({ sign, relu }) =>
    relu.some((r, k) => !(r > 1 && Math.abs(r - 1) > Math.abs(sign[k]! - 1))),
  )
  const last = found.map(
    ({ start, sign, relu }) => `${start}: ${sign.at(-1)!.toFixed(3)} and ${relu.at(-1)!.toFixed(3)}`,
  )
  return {
    holds: wrong === undefined,
    summary: `at a distance of ${distances.at(-1)}, in sign-DNN and relu-DNN from q^0 = ${last.join('; ')}; larger in relu-DNN at all distances ${distances.join(', ')}`,
    witness: { at: { 'q^0': String(wrong?.start) }, left: String(wrong?.sign), right: String(wrong?.relu) },
    numbers: { sign: found.map((f) => f.sign.at(-1)!), rectifier: found.map((f) => f.relu.at(-1)!) },
  }
})
/** Networks on either side: a fair coin would fall as often below as above at equal distance. */
export const countedSides = sampledCounts({
  name: 'large deviations of sampled sign networks on either side',
  stream: 'li-saad-2020-sides',
  finiteWidth: 'the exact law at N = 64',
  cases: (depth) =>
    [0.5].map((start) => {
      const centre = typicalEnd(started('sign', start))
      const law = rotatedLaw([64, 64, 64, 64, 64], 0, start)
      const sides = [0.2, 0.3, 0.4]
      return {
        parameters: { N: 64, 'q^0': start },
        request: {
          ensemble: pairsOf('sign', { input: { flips: { kind: 'overlap', overlap: start } } }),
          level: 'collective' as const,
          observables: [{ kind: 'lattice' as const, field: 'pairOverlap' as const }],
          networks: depth === 'quick' ? 20_000 : paper.networks,
        },
        counts: (summary) => {
          const counts = latticeCounts(summary, 0)
          const beyond = (holds: (q: number) => boolean): number =>
            counts.reduce((sum, n, k) => sum + (holds(latticeOf(64)[k]!) ? n : 0), 0)
          return sides.flatMap((d) => [beyond((q) => q < centre - d), beyond((q) => q > centre + d)])
        },
        probabilities: () =>
          sides.flatMap((d) => [
            Math.exp(law.logTail(centre - d, 'below')),
            Math.exp(law.logTail(centre + d, 'above')),
          ]),
        label: (k) => `an overlap more than ${sides[k >> 1]} ${k % 2 ? 'above' : 'below'} the typical one`,
      }
    }),
})

// ---- Dominant trajectories ---------------------------------------------------------------------------------------------------

const laterLayers = directCheck(
  'deviation of the correlation coefficient along dominant trajectories',
  'numeric',
  () => {
    let trajectories = 0
    for (const architecture of architectures)
      for (const start of shownStarts) {
        const chain = started(architecture, start)
        const centre = typicalEnd(chain)
        const typical = ratePoint(chain, centre + 1e-7).layers.map(({ correlation }) => correlation)
        for (const end of [centre - 0.4, centre - 0.2, centre - 0.05, centre + 0.05, (1 + centre) / 2]) {
          const along = ratePoint(chain, end).layers.map(({ correlation }, l) => Math.abs(correlation - typical[l]!))
          trajectories += 1
          const falls = along.findIndex((x, l) => l > 0 && x < along[l - 1]!)
          if (falls > 0)
            return {
              holds: false,
              summary: `${nameOf(architecture)} from q^0 = ${start} to q^L = ${end.toFixed(3)} deviates by ${along.map((x) => x.toPrecision(3)).join(', ')}`,
              witness: {
                at: { 'q^0': String(start), 'q^L': String(end) },
                left: String(along[falls - 1]),
                right: String(along[falls]),
                note: 'deviations of neighbouring layers',
              },
            }
        }
      }
    const merging = ratePoint(started('sign', 0.5), 1)
    const overlaps = merging.layers.map(({ overlap }) => overlap)
    return {
      holds: true,
      summary: `grows from layer to layer along ${trajectories} trajectories of both architectures; not so at the end of the range: from q^0 = 1/2 to q^L = 1 the overlaps of sign-DNN are ${overlaps.map((q) => q.toPrecision(3)).join(', ')}`,
      numbers: { trajectories, merging: overlaps },
    }
  },
)

export const confirmations = [
  confirm('sec-6.3.similar-trends', similar),
  confirm('sec-6.3.variance', smaller),
  confirm('sec-6.3.asymmetry', asymmetric, countedSides),
  confirm('sec-6.3.later-layers', laterLayers),
]
