import type { Sampler } from '../../trajectory.js'
import { biasCorrelation, pairWidths, patternCount, perturbationAt, rowCorrelationAt } from '../ensemble.js'
import type { PairContext } from './context.js'
import { pairLoop } from './pair-loop.js'

/**
 * The honest pair: every reference weight, its perturbed copy and every bias is drawn, used and forgotten. The
 * reference for the other levels.
 */
export function pairWeightsSampler(context: PairContext): Sampler {
  const { ensemble, kernels, memory } = context
  const { weights, weightVariance, biasVariance = 0 } = ensemble
  const patterns = patternCount(ensemble)
  const widest = Math.max(...pairWidths(ensemble))
  const [reference, perturbed, fresh] = [memory.allocate(widest), memory.allocate(widest), memory.allocate(widest)]
  const biasScale = Math.sqrt(biasVariance)
  const perturbs = Array.from({ length: ensemble.depth }, (_, k) => rowPerturbation(context, k + 1, fresh))
  const draws = Array.from({ length: ensemble.depth }, (_, k) => rowDraw(context, k + 1))

  if (weights.kind === 'sparse') {
    const { inputs } = weights
    const gain = Math.sqrt(weightVariance / inputs)
    const [chosen, signs] = [memory.allocate(inputs), memory.allocate(2 * inputs)]
    return pairLoop(context, (layer, fanIn, fanOut, { states, z }) => {
      const perturbation = perturbationAt(ensemble, layer)
      const flip = perturbation.kind === 'signFlips' ? perturbation.p : 0
      const fair = weights.reference === 'random' ? 1 : 0
      kernels.sparsePairLayer(states, fanIn, z, fanOut, patterns, inputs, fair, flip, gain, chosen, signs)
      if (biasScale > 0) {
        const fields = memory.view(z, 2 * patterns * fanOut)
        for (let i = 0; i < fanOut; i++) {
          const bias = biasScale * kernels.nextNormal()
          for (let at = i; at < fields.length; at += fanOut) fields[at] = fields[at]! + bias
        }
      }
    })
  }

  return pairLoop(context, (layer, fanIn, fanOut, { states, z }) => {
    const gain = Math.sqrt(weightVariance / fanIn)
    const fields = memory.view(z, 2 * patterns * fanOut)
    const draw = draws[layer - 1]!
    const perturb = perturbs[layer - 1]!
    const kept = biasCorrelation(ensemble, layer)
    const mixed = Math.sqrt((1 - kept) * (1 + kept))
    for (let i = 0; i < fanOut; i++) {
      draw(reference, fanIn)
      const second = perturb(reference, perturbed, fanIn)
      const bias = biasScale > 0 ? biasScale * kernels.nextNormal() : 0
      const secondBias = biasScale > 0 && mixed > 0 ? kept * bias + mixed * biasScale * kernels.nextNormal() : bias
      for (let block = 0; block < 2 * patterns; block++) {
        const [row, shift] = block < patterns ? [reference, bias] : [second, secondBias]
        fields[block * fanOut + i] = gain * kernels.dot(row, states + 8 * block * fanIn, fanIn) + shift
      }
    }
  })
}

/** Draws a row of reference weights of unit variance. */
function rowDraw({ ensemble, kernels }: PairContext, layer: number): (row: number, count: number) => void {
  if (ensemble.weights.kind !== 'gaussian') return (row, count) => kernels.fillSigns(row, count)
  const c = rowCorrelationAt(ensemble, layer)
  if (c === 0) return (row, count) => kernels.fillNormals(row, count, 1)
  return (row, count) => {
    kernels.fillNormals(row, count, 1)
    // g - a (sum g) 1 has the covariance I - c J for (1 - a N)^2 = 1 - c N.
    kernels.shiftRow(row, count, (1 - Math.sqrt(1 - c * count)) / count)
  }
}

/** Makes the perturbed row of a row of unit variance; gives the address where it lies. */
function rowPerturbation(
  context: PairContext,
  layer: number,
  fresh: number,
): (row: number, out: number, count: number) => number {
  const { kernels } = context
  const perturbation = perturbationAt(context.ensemble, layer)
  switch (perturbation.kind) {
    case 'none':
      return (row) => row
    case 'rotation': {
      const { eta } = perturbation
      const keep = Math.sqrt((1 - eta) * (1 + eta))
      const draw = rowDraw(context, layer)
      return (row, out, count) => {
        draw(fresh, count)
        kernels.combineRows(row, fresh, out, count, keep, eta)
        return out
      }
    }
    case 'dilution': {
      const { p } = perturbation
      const scale = 1 / Math.sqrt(1 - p)
      return (row, out, count) => {
        kernels.diluteRow(row, out, count, p, scale)
        return out
      }
    }
    case 'binarisation':
      return (row, out, count) => {
        kernels.applySign(row, out, count)
        return out
      }
    case 'signFlips': {
      const { p } = perturbation
      return (row, out, count) => {
        kernels.flipRow(row, out, count, p)
        return out
      }
    }
  }
}
