/**
 * The rate function of pairs of diluted networks on 200 end points for L = 4 (sign by shooting, ReLU by descent), and
 * importance sampling of ReLU networks down to 1e-38.
 */
import { sampleTilted, tiltedEstimates } from '../src/network/index.js'
import { pairChain, rateCurve, ratePoint, tiltSchedule } from '../src/theory/index.js'

const ends = Array.from({ length: 200 }, (_, k) => -1 + (2 * k) / 199)
const perturbation = { kind: 'dilution', probability: 0.5 } as const
const width = 100

/** What was measured, a line each; decides nothing. */
export function* deviationLines(): Generator<string> {
  for (const [activation, target] of [
    ['sign', 1],
    ['relu', 5],
  ] as const) {
    const chain = pairChain({ layers: 4, activation, perturbation })
    const start = performance.now()
    const points = rateCurve(chain, ends)
    const seconds = (performance.now() - start) / 1000
    const residual = points.reduce((most, point) => Math.max(most, point.residual), 0)
    yield `rate function of ${activation} networks, 200 end points, L = 4: ${seconds.toFixed(3)} s, largest residual ${residual.toExponential(1)}, target ${target} s: ${seconds < target ? 'target met' : 'target missed'}`
  }

  const chain = pairChain({ layers: 4, activation: 'relu', perturbation })
  const layers = tiltSchedule(chain, ratePoint(chain, -1)).map((schedule, k) => ({
    activation: k === 3 ? ('sign' as const) : ('relu' as const),
    width,
    weightVariance: 2,
    weightCorrelation: Math.SQRT1_2,
    ...schedule,
  }))
  const start = performance.now()
  const samples = 4000
  const [estimate] = tiltedEstimates(
    sampleTilted({
      seed: 1,
      name: 'bench',
      shard: 0,
      startOverlap: 1,
      layers,
      samples,
      events: [{ fewest: width, most: width }],
    }),
  )
  yield `P(q^L = -1) of ReLU networks, N = ${width}: ${estimate!.probability.toExponential(2)} +- ${(100 * estimate!.relativeError).toFixed(1)} %, ${estimate!.effectiveSamples.toFixed(0)} effective of ${samples} samples, ${((performance.now() - start) / 1000).toFixed(2)} s`
}
