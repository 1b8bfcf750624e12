import { DomainError } from '../../expression/errors.js'
import type { StreamName } from '../stream.js'

/** A layer of a pair of networks and how the law of its neurons is tilted. */
export interface TiltedLayer {
  readonly activation: 'sign' | 'relu'
  /** Neurons. */
  readonly width: number
  readonly weightVariance: number
  /** @defaultValue 0 */
  readonly biasVariance?: number
  /** Correlation of a weight with its perturbed self. */
  readonly weightCorrelation: number
  /**
   * The neuron's law is weighed by exp(tilts . t): t = s_hat s for sign, (s_hat^2, s^2, s_hat s) for relu. Zeros: no tilt.
   * Ignored in the last layer, whose law is summed and not sampled.
   */
  readonly tilts: readonly number[]
  /**
   * Change of the tilts with the order parameters of the layer before, `gains (x - centre)`, one row a tilt: a
   * trajectory that strays is steered back. The first layer has none. @defaultValue none
   */
  readonly feedback?: { readonly centre: readonly number[]; readonly gains: readonly (readonly number[])[] }
}

/** The output overlaps whose chance is estimated: 1 - 2k/N^L with k unequal outputs, `fewest` <= k <= `most`. */
export interface OutputEvent {
  readonly fewest: number
  readonly most: number
}

/** Pairs of networks drawn from tilted layers, weighed back. Plain data. */
export interface TiltedRequest extends StreamName {
  readonly startOverlap: number
  /** Layers 1 to L; the last is a sign layer. */
  readonly layers: readonly TiltedLayer[]
  readonly events: readonly OutputEvent[]
  readonly samples: number
}

const whole = (x: number, least: number): boolean => Number.isSafeInteger(x) && x >= least

/** Throws DomainError unless the request can be sampled. */
export function checkTilted({ startOverlap, layers, events, samples }: TiltedRequest): void {
  if (!(Math.abs(startOverlap) <= 1))
    throw new DomainError(`the overlap of the inputs is ${startOverlap}: it is defined from -1 to 1`)
  if (!whole(samples, 1)) throw new DomainError(`${samples} samples: give a whole number, 1 or more`)
  for (const [k, layer] of layers.entries()) {
    const { width, weightVariance, biasVariance = 0, weightCorrelation, tilts } = layer
    const where = `of layer ${k + 1}`
    if (!whole(width, 1))
      throw new DomainError(`the width ${where} is ${width}: give a whole number of neurons, 1 or more`)
    if (!(weightVariance > 0 && Number.isFinite(weightVariance)))
      throw new DomainError(`the weight variance ${where} is ${weightVariance}: give a number above 0`)
    if (!(biasVariance >= 0 && Number.isFinite(biasVariance)))
      throw new DomainError(`the bias variance ${where} is ${biasVariance}: give a number not below 0`)
    if (!(Math.abs(weightCorrelation) <= 1))
      throw new DomainError(`the weight correlation ${where} is ${weightCorrelation}: give a number from -1 to 1`)
    const wanted = layer.activation === 'sign' ? 1 : 3
    if (k < layers.length - 1 && (tilts.length !== wanted || !tilts.every(Number.isFinite)))
      throw new DomainError(
        `a ${layer.activation} layer has ${wanted} finite tilts; those ${where} are (${tilts.join(', ')})`,
      )
  }
  const last = layers.at(-1)
  if (last?.activation !== 'sign') throw new DomainError('the last of one or more layers must have the sign activation')
  for (const { fewest, most } of events)
    if (!whole(fewest, 0) || !whole(most, fewest) || most > last.width)
      throw new DomainError(`the event of ${fewest} to ${most} unequal outputs does not fit ${last.width} outputs`)
}
