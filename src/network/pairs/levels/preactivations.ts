import { lowerFactor } from '../../levels/lower-factor.js'
import type { Sampler } from '../../trajectory.js'
import {
  biasCorrelation,
  pairWidths,
  patternCount,
  perturbationAt,
  rowCorrelationAt,
  weightCorrelation,
} from '../ensemble.js'
import type { PairContext } from './context.js'
import { pairLoop } from './pair-loop.js'
import { drawsReluSums, reluSumsSampler } from './relu-sums.js'

/**
 * Fields from their conditional law: given layer l - 1, the 2 M fields of each neuron of layer l are normals,
 * independent over neurons, of covariance sigma_w^2 kappa (x . y / N - c N m_x m_y) + sigma_b^2 kappa_b for activations x and y
 * of means m_x and m_y; kappa is 1 within one network and the correlation of a weight with its perturbed copy between
 * the two, and kappa_b that of a bias. O(N) random numbers a layer; any activation.
 */
export function pairPreactivationSampler(context: PairContext): Sampler {
  if (drawsReluSums(context)) return reluSumsSampler(context)
  const { ensemble, kernels, memory } = context
  const { weightVariance, biasVariance = 0 } = ensemble
  const patterns = patternCount(ensemble)
  const blocks = 2 * patterns
  const factorAt = memory.allocate(blocks * blocks)
  const scratch = memory.allocate(blocks)
  const widest = Math.max(...pairWidths(ensemble))
  const ones = memory.allocate(widest)
  memory.view(ones, widest).fill(1)
  const covariance = new Float64Array(blocks * blocks)
  const means = new Float64Array(blocks)

  return pairLoop(context, (layer, fanIn, fanOut, { states, z }) => {
    const kappa = weightCorrelation(ensemble.weights, perturbationAt(ensemble, layer))
    const biasKappa = biasCorrelation(ensemble, layer)
    const c = rowCorrelationAt(ensemble, layer)
    const block = (k: number): number => states + 8 * k * fanIn
    if (c !== 0) for (let a = 0; a < blocks; a++) means[a] = kernels.dot(block(a), ones, fanIn) / fanIn
    for (let a = 0; a < blocks; a++)
      for (let b = 0; b <= a; b++) {
        const overlap = kernels.dot(block(a), block(b), fanIn) / fanIn - c * fanIn * means[a]! * means[b]!
        const between = a >= patterns && b < patterns
        covariance[a * blocks + b] =
          weightVariance * (between ? kappa : 1) * overlap + biasVariance * (between ? biasKappa : 1)
      }
    memory.view(factorAt, blocks * blocks).set(lowerFactor(covariance, blocks))
    kernels.correlatedLayer(z, fanOut, blocks, factorAt, scratch)
  })
}
