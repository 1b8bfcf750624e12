import gammaln from '@stdlib/math-base-special-gammaln'
import { DomainError } from '../../expression/errors.js'
import { instantiateKernels } from '../kernels/kernels.js'
import { startStream, streamState } from '../stream.js'
import { checkTilted, type TiltedLayer, type TiltedRequest } from './request.js'
import { drawRectified, drawSigns, fieldCovariance, oppositeChance } from './sampler.js'

/** Sums over samples of an event's weight, each divided by e^logScale (by e^(2 logScale) for squares). Mergeable. */
export interface EventSums {
  readonly logScale: number
  readonly sum: number
  readonly squares: number
  readonly largest: number
}

/** What a run of tilted samples saw. */
export interface TiltedSummary {
  readonly samples: number
  /** One for each of the request's events, in their order. */
  readonly events: readonly EventSums[]
}

const empty: EventSums = { logScale: Number.NEGATIVE_INFINITY, sum: 0, squares: 0, largest: 0 }

/** Sums on a common scale. */
function rescaled(s: EventSums, logScale: number): EventSums {
  if (s.logScale === logScale || s.sum === 0) return { ...s, logScale }
  const factor = Math.exp(s.logScale - logScale)
  return { logScale, sum: s.sum * factor, squares: s.squares * factor * factor, largest: s.largest * factor }
}

function merged(a: EventSums, b: EventSums): EventSums {
  const logScale = Math.max(a.logScale, b.logScale)
  if (logScale === Number.NEGATIVE_INFINITY) return a
  const [x, y] = [rescaled(a, logScale), rescaled(b, logScale)]
  return {
    logScale,
    sum: x.sum + y.sum,
    squares: x.squares + y.squares,
    largest: Math.max(x.largest, y.largest),
  }
}

/**
 * Draws pairs of networks layer by layer from tilted laws, each layer with the covariance that the layer before really
 * has, and weighs them back by their likelihood ratio. The last layer is not drawn: given the one before, unequal
 * outputs are binomial, and the event's chance is summed. Every event's mean weight is its probability, unbiased for
 * any tilts. Pure: the same request gives the same summary.
 * @throws DomainError for a request that cannot be sampled.
 */
export function sampleTilted(request: TiltedRequest): TiltedSummary {
  checkTilted(request)
  const kernels = instantiateKernels()
  startStream(kernels, streamState(request))
  const { layers, events, samples, startOverlap } = request
  const last = layers.at(-1)!
  const logBinomials = Array.from(
    { length: last.width + 1 },
    (_, k) => gammaln(last.width + 1) - gammaln(k + 1) - gammaln(last.width - k + 1),
  )
  const sums: EventSums[] = events.map(() => empty)
  for (let n = 0; n < samples; n++) {
    let state: readonly [number, number, number] = [1, 1, startOverlap]
    let logWeight = 0
    for (const [k, layer] of layers.slice(0, -1).entries()) {
      const covariance = fieldCovariance(layer, state)
      const draw = layer.activation === 'sign' ? drawSigns : drawRectified
      const drawn = draw(kernels, layer.width, covariance, k === 0 ? layer.tilts : steered(layer, state))
      state = drawn.state
      logWeight += drawn.logWeight
    }
    const p = oppositeChance(fieldCovariance(last, state))
    for (const [j, { fewest, most }] of events.entries()) {
      const log = logWeight + logChance(logBinomials, p, fewest, most)
      if (Number.isNaN(log))
        throw new DomainError('a tilted weight is not a number: the tilts are too extreme for doubles')
      if (log === Number.NEGATIVE_INFINITY) continue
      sums[j] = merged(sums[j]!, { logScale: log, sum: 1, squares: 1, largest: 1 })
    }
  }
  return { samples, events: sums }
}

function steered(layer: TiltedLayer, state: readonly [number, number, number]): readonly number[] {
  const { feedback, tilts } = layer
  if (!feedback) return tilts
  const x = feedback.centre.length === 1 ? [state[2]] : state
  return tilts.map((t, i) => feedback.gains[i]!.reduce((sum, g, j) => sum + g * (x[j]! - feedback.centre[j]!), t))
}

/** log of the chance of `fewest` to `most` unequal outputs. */
function logChance(logBinomials: readonly number[], p: number, fewest: number, most: number): number {
  const n = logBinomials.length - 1
  const [unequal, equal] = [Math.log(p), Math.log1p(-p)]
  const term = (k: number): number => logBinomials[k]! + (k > 0 ? k * unequal : 0) + (k < n ? (n - k) * equal : 0)
  // Scaled by the largest term, which is at the mode or the end nearest to it.
  const top = term(Math.min(most, Math.max(fewest, Math.floor((n + 1) * p))))
  if (top === Number.NEGATIVE_INFINITY) return top
  let sum = 0
  for (let k = fewest; k <= most; k++) sum += Math.exp(term(k) - top)
  return top + Math.log(sum)
}

/** Summaries of runs with different shard numbers together. Throws DomainError for different requests. */
export function mergeTilted(a: TiltedSummary, b: TiltedSummary): TiltedSummary {
  if (a.events.length !== b.events.length) throw new DomainError('summaries of different requests cannot be merged')
  return { samples: a.samples + b.samples, events: a.events.map((s, k) => merged(s, b.events[k]!)) }
}

/** A probability estimated by tilted samples. */
export interface TiltedEstimate {
  /** log of the probability, which itself may be below the range of doubles. */
  readonly logProbability: number
  readonly probability: number
  /** Standard error of the probability over the probability. */
  readonly relativeError: number
  /** (sum of weights)^2 / (sum of squared weights). */
  readonly effectiveSamples: number
  /** Share of the largest weight in their sum: near 1, one sample decides and the error is not to be trusted. */
  readonly largestShare: number
}

/** Probability, relative error and effective sample size of each event. An event never met has probability 0 and error infinite. */
export function tiltedEstimates({ samples, events }: TiltedSummary): readonly TiltedEstimate[] {
  return events.map(({ logScale, sum, squares, largest }) => {
    const logProbability = sum === 0 ? Number.NEGATIVE_INFINITY : logScale + Math.log(sum / samples)
    const spread = (squares / (sum * sum) - 1 / samples) * (samples / (samples - 1))
    return {
      logProbability,
      probability: Math.exp(logProbability),
      relativeError: sum === 0 || samples < 2 ? Number.POSITIVE_INFINITY : Math.sqrt(Math.max(0, spread)),
      effectiveSamples: sum === 0 ? 0 : (sum * sum) / squares,
      largestShare: sum === 0 ? 1 : largest / sum,
    }
  })
}
