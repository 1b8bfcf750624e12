import { inputCount } from '../ensemble.js'
import type { ResolvedField, SingleFieldName } from '../fields.js'
import type { SamplerContext } from '../trajectory.js'

/** Where a layer's numbers lie: inputs one after another, each of the layer's width. */
export interface LayerBuffers {
  /** phi(z^{l-1}), or the inputs themselves before layer 0. */
  readonly phi: number
  readonly z: number
}

/** Reads a field off a layer into its column. */
export type FieldReader = (layer: number, width: number, column: Float64Array) => void

/** A reader of one number a layer. */
type LayerNumber = (width: number) => number

/** How a field is read. A correlation of something without length or spread is not a number. */
export function fieldReader(context: SamplerContext, buffers: LayerBuffers, field: ResolvedField): FieldReader {
  if (field.layer !== undefined) return nodeReader(context, buffers, field)
  const { name } = field
  if (name === 'logGrowth' || name === 'logSeparation') return growthReader(context, buffers, name)
  const read = field.inputs.length === 0 ? ofAllInputs(context, buffers, name) : ofInputs(context, buffers, field)
  return (layer, width, column) => {
    column[layer] = read(width)
  }
}

function ofInputs({ kernels, memory }: SamplerContext, { z, phi }: LayerBuffers, field: ResolvedField): LayerNumber {
  const [i = 0, j = i] = field.inputs
  const product = (a: number, b: number, width: number): number =>
    kernels.dot(z + 8 * a * width, z + 8 * b * width, width)
  const part = (sign: 1 | -1) => (width: number) => {
    let sum = 0
    for (const x of memory.view(z + 8 * i * width, width)) if (sign * x > 0) sum += x * x
    return Math.sqrt(sum)
  }
  switch (field.name as SingleFieldName) {
    case 'norm':
      return (width) => Math.sqrt(product(i, i, width))
    case 'overlap':
      return (width) => product(i, j, width) / width
    case 'correlation':
      return (width) => cosine(product(i, j, width), product(i, i, width), product(j, j, width))
    case 'activationOverlap':
      return (width) => kernels.dot(phi + 8 * i * width, phi + 8 * j * width, width) / width
    case 'activationMean':
      return (width) => kernels.sum(phi + 8 * i * width, width) / width
    case 'positiveNorm':
      return part(1)
    case 'negativeNorm':
      return part(-1)
    default:
      return (width) => {
        let count = 0
        for (const x of memory.view(z + 8 * i * width, width)) if (x > 0) count++
        return count
      }
  }
}

/** The quotient of an inner product and two lengths; at most 1 whatever the rounding. */
const cosine = (product: number, first: number, second: number): number =>
  Math.max(-1, Math.min(1, product / Math.sqrt(first * second)))

function ofAllInputs(context: SamplerContext, { z }: LayerBuffers, name: ResolvedField['name']): LayerNumber {
  const { ensemble, kernels, memory } = context
  const inputs = inputCount(ensemble)
  const product = (i: number, j: number, width: number): number =>
    kernels.dot(z + 8 * i * width, z + 8 * j * width, width)
  const overPairs = (width: number, of: (i: number, j: number) => number): number => {
    let sum = 0
    for (let i = 0; i < inputs; i++) for (let j = 0; j < i; j++) sum += of(i, j)
    return (2 * sum) / (inputs * (inputs - 1) * width)
  }
  switch (name as SingleFieldName) {
    case 'meanLength':
      return (width) => kernels.dot(z, z, inputs * width) / (inputs * width)
    case 'meanOverlap':
      return (width) => overPairs(width, (i, j) => product(i, j, width))
    case 'meanCorrelation':
      return (width) => {
        const squares = Array.from({ length: inputs }, (_, i) => product(i, i, width))
        return width * overPairs(width, (i, j) => cosine(product(i, j, width), squares[i]!, squares[j]!))
      }
    case 'deadFraction':
      return (width) => {
        let dead = 0
        for (const x of memory.view(z, inputs * width)) if (x <= 0) dead++
        return dead / (inputs * width)
      }
    case 'silentFraction':
      return (width) => {
        const fields = memory.view(z, inputs * width)
        let silent = 0
        for (let neuron = 0; neuron < width; neuron++) {
          let at = neuron
          while (at < fields.length && fields[at]! <= 0) at += width
          if (at >= fields.length) silent++
        }
        return silent / width
      }
    default:
      return (width) => {
        const { means, deviations } = nodeSpreads(memory.view(z, inputs * width), width)
        return correlation(means.map(Math.abs), deviations)
      }
  }
}

/** How the logarithm of a squared length, or of squared distances, changes from layer to layer. */
function growthReader(
  { ensemble, memory }: SamplerContext,
  { z }: LayerBuffers,
  name: 'logGrowth' | 'logSeparation',
): FieldReader {
  const inputs = inputCount(ensemble)
  const first = name === 'logGrowth' ? 0 : 1
  let before = 0
  return (layer, width, column) => {
    const fields = memory.view(z, inputs * width)
    let sum = 0
    for (let input = first; input < inputs; input++) {
      let square = 0
      for (let neuron = 0; neuron < width; neuron++) {
        const x = fields[input * width + neuron]! - (first === 0 ? 0 : fields[neuron]!)
        square += x * x
      }
      sum += Math.log(square / width)
    }
    const now = sum / (inputs - first)
    column[layer] = layer === 0 ? 0 : now - before
    before = now
  }
}

function nodeReader({ ensemble, memory }: SamplerContext, { z }: LayerBuffers, field: ResolvedField): FieldReader {
  const inputs = inputCount(ensemble)
  return (layer, width, column) => {
    if (layer !== field.layer) return
    const { means, deviations } = nodeSpreads(memory.view(z, inputs * width), width)
    column.set(field.name === 'nodeMean' ? means : deviations)
  }
}

interface NodeSpreads {
  readonly means: Float64Array
  readonly deviations: Float64Array
}

/** For each neuron the mean and the standard deviation of its fields over inputs. */
function nodeSpreads(fields: Float64Array, width: number): NodeSpreads {
  const inputs = fields.length / width
  const means = new Float64Array(width)
  const deviations = new Float64Array(width)
  for (let at = 0; at < fields.length; at++) means[at % width]! += fields[at]! / inputs
  for (let at = 0; at < fields.length; at++) deviations[at % width]! += (fields[at]! - means[at % width]!) ** 2
  for (let neuron = 0; neuron < width; neuron++)
    deviations[neuron] = inputs > 1 ? Math.sqrt(deviations[neuron]! / (inputs - 1)) : 0
  return { means, deviations }
}

/** The sample correlation coefficient. */
function correlation(x: Float64Array, y: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [mean(x), mean(y)]
  let [xx, yy, xy] = [0, 0, 0]
  for (let k = 0; k < x.length; k++) {
    const [dx, dy] = [x[k]! - mx, y[k]! - my]
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  return xy / Math.sqrt(xx * yy)
}
