import { DomainError } from '../../../expression/errors.js'
import { compileActivation } from '../../activation.js'
import { fieldKey, type ResolvedField } from '../../fields.js'
import type { Sampler, Trajectory } from '../../trajectory.js'
import { activationAt, inverseTemperatureOf, pairWidths, patternCount } from '../ensemble.js'
import type { PairFieldName } from '../fields.js'
import type { PairContext } from './context.js'
import { inputSampler } from './input.js'

/**
 * Where a layer's numbers lie: 2 M blocks of the layer's width, the reference network's patterns before the perturbed
 * network's.
 */
export interface PairBuffers {
  /** Activations of the layer before. */
  readonly states: number
  /** Fields of the layer. */
  readonly z: number
}

/** Draws the fields of layer l = 1 … L from the activations before; `fanIn` and `fanOut` are the two widths. */
export type PairLayerStep = (layer: number, fanIn: number, fanOut: number, buffers: PairBuffers) => void

/** Reads a field off a layer's activations. */
type Reader = (width: number) => number

/** The loop over layers that the levels with explicit neurons share. Memory is two layers, whatever the depth. */
export function pairLoop(context: PairContext, step: PairLayerStep): Sampler {
  const { ensemble, fields, memory } = context
  const widths = pairWidths(ensemble)
  const blocks = 2 * patternCount(ensemble)
  const widest = Math.max(...widths)
  const buffers: PairBuffers = { states: memory.allocate(blocks * widest), z: memory.allocate(blocks * widest) }
  const ones = memory.allocate(widest)
  memory.view(ones, widest).fill(1)
  const drawInput = inputSampler(context, buffers.states)
  const activate = layerActivations(context, buffers)
  const readers = fields.map((field) => reader(context, buffers.states, ones, field))
  const columns = fields.map(() => new Float64Array(widths.length))
  const trajectory: Trajectory = new Map(fields.map((field, k) => [fieldKey(field), columns[k]!]))
  const read = (layer: number, width: number): void => {
    for (let k = 0; k < readers.length; k++) columns[k]![layer] = readers[k]!(width)
  }

  return () => {
    drawInput()
    read(0, widths[0]!)
    for (let layer = 1; layer < widths.length; layer++) {
      const width = widths[layer]!
      step(layer, widths[layer - 1]!, width, buffers)
      if (!Number.isFinite(memory.view(buffers.z, 1)[0]!))
        throw new DomainError(
          `the fields of layer ${layer} are not finite numbers: the ensemble blows up or its activation has no value there; lower the weight variance or the depth, or give an activation that is real on the whole line`,
        )
      activate[layer - 1]!(blocks * width)
      read(layer, width)
    }
    return trajectory
  }
}

/** For each layer 1 … L what makes activations of `count` fields, noise included. */
function layerActivations(
  { ensemble, kernels, memory }: PairContext,
  { states, z }: PairBuffers,
): readonly ((count: number) => void)[] {
  const beta = inverseTemperatureOf(ensemble)
  const tie = { random: 0, plus: 1, minus: -1 }[ensemble.zeroSign ?? 'random']
  return Array.from({ length: ensemble.depth }, (_, k) => {
    const activation = activationAt(ensemble, k + 1)
    if (activation === 'sign')
      return Number.isFinite(beta)
        ? (count: number) => kernels.thermalSigns(z, states, count, beta)
        : (count: number) => kernels.thresholdSigns(z, states, count, tie)
    const apply = compileActivation(activation, kernels, memory)
    if (!Number.isFinite(beta)) return (count: number) => apply(z, states, count)
    const noise = Math.sqrt(1 / beta)
    return (count: number) => {
      apply(z, states, count)
      kernels.addNormals(states, count, noise)
    }
  })
}

function reader({ ensemble, kernels }: PairContext, states: number, ones: number, field: ResolvedField): Reader {
  const patterns = patternCount(ensemble)
  const [mu = 0, nu = mu] = field.inputs
  const product = (a: number, b: number) => (width: number) =>
    kernels.dot(states + 8 * a * width, states + 8 * b * width, width) / width
  const mean = (a: number) => (width: number) => kernels.dot(states + 8 * a * width, ones, width) / width
  // Resolved fields of a pair ensemble are pair fields.
  switch (field.name as PairFieldName) {
    case 'pairOverlap':
      return product(mu, patterns + nu)
    case 'referenceOverlap':
      return product(mu, nu)
    case 'perturbedOverlap':
      return product(patterns + mu, patterns + nu)
    case 'referenceMean':
      return mean(mu)
    case 'perturbedMean':
      return mean(patterns + mu)
    case 'meanPairOverlap':
      // The patterns of one network lie one after another: one product over all of them.
      return (width) => kernels.dot(states, states + 8 * patterns * width, patterns * width) / (patterns * width)
  }
}
