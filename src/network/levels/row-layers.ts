import { inputCount, layerGains, widestOf } from '../ensemble.js'
import { rowMoments } from '../rows.js'
import { specialDrawer } from '../special-input.js'
import type { SamplerContext } from '../trajectory.js'
import type { LayerStep } from './layer-loop.js'
import { lowerFactor } from './lower-factor.js'

/** Whether an ensemble's weights are not all independent normals. */
export const hasRowLaw = ({ ensemble }: SamplerContext): boolean =>
  ensemble.rows !== undefined || ensemble.special !== undefined

/** Every weight drawn: rows mixed to their covariance, then one weight of each neuron replaced. The reference. */
export function rowWeightsStep({ ensemble, kernels, memory }: SamplerContext): LayerStep {
  const inputs = inputCount(ensemble)
  const weightScales = layerGains(ensemble).map(Math.sqrt)
  const biasScale = Math.sqrt(ensemble.biasVariance)
  const { identity, ones, biasAmong } = rowMoments(ensemble.rows)
  const keep = Math.sqrt(identity)
  // Along the vector of ones the variance is identity + ones, across it identity.
  const excess = Math.sqrt(identity + ones) - keep
  const row = memory.allocate(widestOf(ensemble) + 1)
  const special =
    ensemble.special === undefined ? null : specialDrawer(ensemble.special, kernels, memory, widestOf(ensemble))
  return (layer, fanIn, fanOut, { phi, z }) => {
    const { places, values } = special?.(fanIn, fanOut) ?? { places: 0, values: 0 }
    const push = excess / (fanIn + (biasAmong ? 1 : 0))
    const scale = weightScales[layer]!
    const among = biasAmong ? 1 : 0
    kernels.rowsLayer(phi, fanIn, z, fanOut, inputs, scale, biasScale, keep, push, among, places, values, row)
  }
}

/**
 * Pre-activations from their conditional law: given layer l - 1, and where weights are special which input of a neuron
 * is and its weight, neurons are independent normals over inputs. With x_i the activations times the weights' deviation
 * (and the bias's deviation as one more where it is among the row) and X_i their sum, the covariance is
 * identity x_i . x_j + ones X_i X_j / n, plus the variance of an independent bias; a special input is left out of x and X
 * and gives the mean.
 */
export function rowFieldsStep({ ensemble, kernels, memory }: SamplerContext): LayerStep {
  const inputs = inputCount(ensemble)
  const weightScales = layerGains(ensemble).map(Math.sqrt)
  const { identity, ones, biasAmong } = rowMoments(ensemble.rows)
  const bias = biasAmong ? Math.sqrt(ensemble.biasVariance) : 0
  const independent = biasAmong ? 0 : ensemble.biasVariance
  const [gramAt, sumsAt] = [memory.allocate(inputs * inputs), memory.allocate(inputs)]
  const scratch = memory.allocate(inputs * (inputs + 3))
  const special =
    ensemble.special === undefined ? null : specialDrawer(ensemble.special, kernels, memory, widestOf(ensemble))
  return (layer, fanIn, fanOut, { phi, z }) => {
    const scale = weightScales[layer]!
    const share = ones / (fanIn + (biasAmong ? 1 : 0))
    const gram = memory.view(gramAt, inputs * inputs)
    const sums = memory.view(sumsAt, inputs)
    for (let i = 0; i < inputs; i++) {
      sums[i] = kernels.sum(phi + 8 * i * fanIn, fanIn)
      for (let j = 0; j <= i; j++) gram[i * inputs + j] = kernels.dot(phi + 8 * i * fanIn, phi + 8 * j * fanIn, fanIn)
    }
    if (special !== null) {
      const { places, values } = special(fanIn, fanOut)
      kernels.specialLayer(
        phi, fanIn, z, fanOut, inputs, gramAt, sumsAt, identity, share, scale, bias, independent, places, values, scratch,
      ) // biome-ignore format: one call
      return
    }
    const total = (i: number): number => scale * sums[i]! + bias
    const constant = identity * bias * bias + independent
    const covariance = gram.map((product, at) => {
      const [i, j] = [Math.floor(at / inputs), at % inputs]
      return j > i ? 0 : identity * scale * scale * product + share * total(i) * total(j) + constant
    })
    if (inputs === 1) {
      kernels.fillNormals(z, fanOut, Math.sqrt(Math.max(0, covariance[0]!)))
      return
    }
    gram.set(lowerFactor(covariance, inputs))
    kernels.correlatedLayer(z, fanOut, inputs, gramAt, scratch)
  }
}
