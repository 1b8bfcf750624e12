import { DomainError } from '../../expression/errors.js'
import { compileActivation } from '../activation.js'
import { inputComponents, inputCount, inputDimension, widestOf, widthsOf } from '../ensemble.js'
import { fieldKey, type ResolvedField, type SingleFieldName } from '../fields.js'
import type { Sampler, SamplerContext, Trajectory } from '../trajectory.js'

/** Where a layer's numbers lie: inputs one after another, each of the layer's width. */
export interface LayerBuffers {
  /** phi(z^{l-1}), or the inputs themselves before layer 0. */
  readonly phi: number
  readonly z: number
}

/** Draws z^l from phi(z^{l-1}); `fanIn` is the width of the layer before (the input's dimension before layer 0). */
export type LayerStep = (layer: number, fanIn: number, fanOut: number, buffers: LayerBuffers) => void

/** Reads a field off a layer. */
type Reader = (width: number) => number

/**
 * The loop over layers that the levels with explicit neurons share: put the inputs in, then for each layer draw,
 * apply the activation and read the fields. Memory is two layers, whatever the depth.
 */
export function layerLoop(context: SamplerContext, step: LayerStep): Sampler {
  const { ensemble, fields, kernels, memory } = context
  const widths = widthsOf(ensemble)
  const inputs = inputCount(ensemble)
  const dimension = inputDimension(ensemble)
  const room = inputs * widestOf(ensemble)
  const buffers: LayerBuffers = { phi: memory.allocate(room), z: memory.allocate(room) }
  const activate = compileActivation(ensemble.activation, kernels, memory)
  const readers = fields.map((field) => fieldReader(context, buffers, field))
  const columns = fields.map(() => new Float64Array(ensemble.depth))
  const trajectory: Trajectory = new Map(fields.map((field, k) => [fieldKey(field), columns[k]!]))
  const start = inputComponents(ensemble)

  return () => {
    memory.view(buffers.phi, start.length).set(start)
    let fanIn = dimension
    for (let layer = 0; layer < widths.length; layer++) {
      const width = widths[layer]!
      step(layer, fanIn, width, buffers)
      // A value that is not finite in one neuron of a layer reaches every neuron of the next.
      if (!Number.isFinite(memory.view(buffers.z, 1)[0]!))
        throw new DomainError(
          `the pre-activations of layer ${layer} are not finite numbers: the ensemble blows up or its activation has no value there; lower the weight variance or the depth, or give an activation that is real on the whole line`,
        )
      activate(buffers.z, buffers.phi, inputs * width)
      for (let k = 0; k < readers.length; k++) columns[k]![layer] = readers[k]!(width)
      fanIn = width
    }
    return trajectory
  }
}

function fieldReader({ kernels, memory }: SamplerContext, { z, phi }: LayerBuffers, field: ResolvedField): Reader {
  const [i = 0, j = i] = field.inputs
  const part = (sign: 1 | -1) => (width: number) => {
    let sum = 0
    for (const x of memory.view(z + 8 * i * width, width)) if (sign * x > 0) sum += x * x
    return Math.sqrt(sum)
  }
  switch (field.name as SingleFieldName) {
    case 'norm':
      return (width) => Math.sqrt(kernels.dot(z + 8 * i * width, z + 8 * i * width, width))
    case 'overlap':
      return (width) => kernels.dot(z + 8 * i * width, z + 8 * j * width, width) / width
    case 'activationOverlap':
      return (width) => kernels.dot(phi + 8 * i * width, phi + 8 * j * width, width) / width
    case 'positiveNorm':
      return part(1)
    case 'negativeNorm':
      return part(-1)
    case 'positiveCount':
      return (width) => {
        let count = 0
        for (const x of memory.view(z + 8 * i * width, width)) if (x > 0) count++
        return count
      }
  }
}
