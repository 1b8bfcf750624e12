import { DomainError } from '../../expression/errors.js'
import { SecondOrder } from '../../numeric/second-order.js'
import { type ChainLayer, type DeviationChain, deviationChain } from './chain.js'
import { type RatePoint, ratePoint } from './rate.js'
import type { Cost, SiteLaw, Vector } from './site-law.js'

const entropyTerm = (share: number): number => (share === 0 ? 0 : -share * Math.log(share))

/**
 * Several independent patterns at the layer in which their representations become equal, from a sign layer's law of
 * one: each of the other patterns must also agree with the first in every neuron, 1/2 each, and in whether the two
 * networks agree: `patterns J(q) + (patterns - 1)(log 2 + H((1 + q)/2))`.
 */
function aligningLaw(single: SiteLaw, patterns: number): SiteLaw {
  return {
    statistics: 1,
    parameters: 1,
    logMoment(tilts, parameters) {
      // Equal and unequal signs of all patterns: chances ((1 +- m)/2)^patterns / 2^(patterns - 1).
      const zero = single.logMoment([0], parameters)
      if (!zero) return null
      const m = zero.gradient[0]!
      const [t, mean] = [
        SecondOrder.variable(tilts[0]!, 0, 2),
        new SecondOrder(m, Float64Array.of(0, zero.hessian[1]!), new Float64Array(4)),
      ]
      // Second derivatives by the parameter are not needed of a mean-field start: only the value and slopes are used.
      const up = mean.scaled(0.5, 0.5).power(patterns).times(t.exp())
      const down = mean.scaled(-0.5, 0.5).power(patterns).times(t.scaled(-1).exp())
      return up
        .plus(down)
        .log()
        .scaled(1, -(patterns - 1) * Math.LN2)
    },
    cost(x: Vector, y: Vector): Cost | null {
      const one = single.cost?.(x, y)
      if (!one) return null
      const q = x[0]!
      const [up, down] = [(1 + q) / 2, (1 - q) / 2]
      const others = patterns - 1
      const tilt = patterns * one.tilts[0]! + (others * (Math.log(down) - Math.log(up))) / 2
      const gradient = one.gradient.map((g, k) => (k === 0 ? tilt : patterns * g))
      const hessian = one.hessian.map((h) => patterns * h)
      hessian[0] = one.hessian[0]!
      return {
        value: patterns * one.value + others * (Math.LN2 + entropyTerm(up) + entropyTerm(down)),
        tilts: Float64Array.of(tilt),
        gradient,
        hessian,
        residual: one.residual,
      }
    },
  }
}

/** An upper bound on the rate of the mean overlap of several patterns sent through the same sign networks. */
export interface AlignedBound {
  /** The patterns' number times the rate of one: independent patterns. */
  readonly independent: number
  /** The least action of trajectories in which all patterns coincide from `layer` on. */
  readonly aligned: number
  readonly layer: number
  readonly trajectory: RatePoint
}

/**
 * Patterns sent through the same networks need not stay independent: from the layer on in which their representations
 * coincide, they deviate at the price of one. The least action over such trajectories, for every layer of alignment,
 * bounds the rate of the mean overlap from above; where it is below `patterns` times the rate of one pattern, that
 * product is not the rate. The inputs are uncorrelated patterns. Throws DomainError for chains of other networks than
 * sign, fewer than 2 patterns, and where `ratePoint` does.
 */
export function alignedBound(chain: DeviationChain, patterns: number, end: number): AlignedBound {
  if (!chain.signFields) throw new DomainError('the bound by alignment is for sign networks')
  if (!Number.isSafeInteger(patterns) || patterns < 2)
    throw new DomainError(`${patterns} patterns: give a whole number, 2 or more`)
  if (chain.layers.length < 2) throw new DomainError('patterns that coincide need a hidden layer')
  const independent = patterns * ratePoint(chain, end).rate
  const candidates = Array.from({ length: chain.layers.length - 1 }, (_, layer) => {
    const layers = chain.layers.map(
      ({ law, width }, k): ChainLayer =>
        k < layer
          ? { law, width: patterns * width }
          : k === layer
            ? { law: aligningLaw(law, patterns), width }
            : { law, width },
    )
    return { layer: layer + 1, trajectory: ratePoint(deviationChain(chain.start, layers), end, { starts: 'several' }) }
  })
  const best = candidates.reduce((a, b) => (b.trajectory.rate < a.trajectory.rate ? b : a))
  return { independent, aligned: best.trajectory.rate, layer: best.layer, trajectory: best.trajectory }
}
