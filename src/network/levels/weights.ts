import { inputCount, layerGains, widestOf } from '../ensemble.js'
import type { Sampler, SamplerContext } from '../trajectory.js'
import { layerLoop } from './layer-loop.js'
import { hasRowLaw, rowWeightsStep } from './row-layers.js'

/**
 * The honest network: every weight and bias is drawn, used and forgotten, O(N^2) random numbers a layer and O(N)
 * memory. The reference for the other levels.
 */
export function weightsSampler(context: SamplerContext): Sampler {
  if (hasRowLaw(context)) return layerLoop(context, rowWeightsStep(context))
  const { ensemble, kernels, memory } = context
  const inputs = inputCount(ensemble)
  const weightScales = layerGains(ensemble).map(Math.sqrt)
  const biasScale = Math.sqrt(ensemble.biasVariance)
  if (inputs === 1)
    return layerLoop(context, (layer, fanIn, fanOut, { phi, z }) =>
      kernels.weightsLayer(phi, fanIn, z, fanOut, weightScales[layer]!, biasScale),
    )
  const row = memory.allocate(widestOf(ensemble))
  return layerLoop(context, (layer, fanIn, fanOut, { phi, z }) =>
    kernels.weightsLayerSeveral(phi, fanIn, z, fanOut, inputs, weightScales[layer]!, biasScale, row),
  )
}
