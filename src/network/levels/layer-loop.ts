import { DomainError } from '../../expression/errors.js'
import { compileActivation } from '../activation.js'
import { inputCount, inputDimension, widestOf, widthsOf } from '../ensemble.js'
import { fieldKey } from '../fields.js'
import type { Sampler, SamplerContext, Trajectory } from '../trajectory.js'
import { fieldReader, type LayerBuffers } from './field-readers.js'
import { inputWriter } from './inputs.js'

/** Draws z^l from phi(z^{l-1}); `fanIn` is the width of the layer before (the input's dimension before layer 0). */
export type LayerStep = (layer: number, fanIn: number, fanOut: number, buffers: LayerBuffers) => void

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
  const columns = fields.map(({ layer }) => new Float64Array(layer === undefined ? ensemble.depth : widths[layer]!))
  const trajectory: Trajectory = new Map(fields.map((field, k) => [fieldKey(field), columns[k]!]))
  const putInputs = inputWriter(context, buffers.phi)

  return () => {
    putInputs()
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
      for (let k = 0; k < readers.length; k++) readers[k]!(layer, width, columns[k]!)
      fanIn = width
    }
    return trajectory
  }
}
