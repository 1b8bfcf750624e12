import { inputCount, layerGains } from '../ensemble.js'
import type { Sampler, SamplerContext } from '../trajectory.js'
import { layerLoop } from './layer-loop.js'
import { lowerFactor } from './lower-factor.js'
import { hasRowLaw, rowFieldsStep } from './row-layers.js'

/**
 * Pre-activations from their conditional law: given layer l - 1 the neurons of layer l are independent normals with
 * covariance gain_l phi_i . phi_j + sigma_b^2 over inputs i, j. O(N) random numbers a layer; any activation.
 */
export function preactivationSampler(context: SamplerContext): Sampler {
  if (hasRowLaw(context)) return layerLoop(context, rowFieldsStep(context))
  const { ensemble, kernels, memory } = context
  const inputs = inputCount(ensemble)
  const gains = layerGains(ensemble)
  const { biasVariance } = ensemble
  if (inputs === 1)
    return layerLoop(context, (layer, fanIn, fanOut, { phi, z }) => {
      const variance = gains[layer]! * kernels.dot(phi, phi, fanIn) + biasVariance
      kernels.fillNormals(z, fanOut, Math.sqrt(variance))
    })

  const factorAt = memory.allocate(inputs * inputs)
  const scratch = memory.allocate(inputs)
  const covariance = new Float64Array(inputs * inputs)
  return layerLoop(context, (layer, fanIn, fanOut, { phi, z }) => {
    for (let i = 0; i < inputs; i++)
      for (let j = 0; j <= i; j++)
        covariance[i * inputs + j] =
          gains[layer]! * kernels.dot(phi + 8 * i * fanIn, phi + 8 * j * fanIn, fanIn) + biasVariance
    memory.view(factorAt, inputs * inputs).set(lowerFactor(covariance, inputs))
    kernels.correlatedLayer(z, fanOut, inputs, factorAt, scratch)
  })
}
