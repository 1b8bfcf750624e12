import { inputComponents, inputDimension } from '../ensemble.js'
import type { SamplerContext } from '../trajectory.js'

/** Puts a network's inputs at an address, one after another: the same for every network, or drawn on the stream. */
export function inputWriter({ ensemble, kernels, memory }: SamplerContext, at: number): () => void {
  const { input } = ensemble
  if (input.kind !== 'normal') {
    const start = inputComponents(ensemble)
    return () => memory.view(at, start.length).set(start)
  }
  const { count, variance = 1, correlation = 0 } = input
  const dimension = inputDimension(ensemble)
  const own = Math.sqrt(variance * (1 - correlation))
  if (correlation === 0) return () => kernels.fillNormals(at, count * dimension, own)
  const commonAt = memory.allocate(dimension)
  return () => {
    kernels.fillNormals(commonAt, dimension, Math.sqrt(variance * correlation))
    kernels.fillNormals(at, count * dimension, own)
    const common = memory.view(commonAt, dimension)
    const components = memory.view(at, count * dimension)
    for (let k = 0; k < components.length; k++) components[k] = components[k]! + common[k % dimension]!
  }
}
