import { DomainError } from '../../../expression/errors.js'
import { type GaussianActivation, gaussianActivation, linearForm } from '../activation.js'
import { meanShare } from '../model.js'
import { carried, chainMatrix } from './chain-matrix.js'
import type { ClosureVariances } from './closure.js'
import { type FieldGrid, panelRule } from './field-grid.js'
import type { AsymmetricModel } from './limit.js'

/** The law of one layer's fields as N -> infinity, on its way from the inputs. */
export interface LayerLaw {
  /** Deviation of the normal part of the fields. */
  readonly deviation: number
  /** E phi^2 */
  readonly meanSquare: number
  /** E phi */
  readonly mean: number
  /** Share of fields below zero: of silent neurons, for a ReLU. */
  readonly negative: number
  /** E f(h). */
  readonly expectation: (f: (h: number) => number) => number
}

/** Nodes a deviation of the normal part, and how many of its deviations a grid goes beyond what was there before. */
const points = 10
const reach = 9
/** Densities below this are left out of the next layer. */
const negligible = 1e-16

interface Density extends FieldGrid {
  readonly density: Float64Array
}

const meanOf = ({ nodes, weights, density }: Density, f: (h: number) => number): number => {
  let sum = 0
  for (let i = 0; i < nodes.length; i++) sum += weights[i]! * density[i]! * f(nodes[i]!)
  return sum
}

/** Smallest and largest node where there is any density to speak of. */
function support({ nodes, density }: Density): readonly [least: number, most: number] {
  const first = density.findIndex((p) => p > negligible)
  const last = density.findLastIndex((p) => p > negligible)
  return [nodes[first]!, nodes[last]!]
}

/**
 * The laws of the fields of layers 1 to `layers` in an infinitely wide network whose inputs are independent standard normal
 * variables: the first layer weighs the inputs themselves, with one special weight to a neuron as in every layer. By density
 * evolution, each layer on a grid of its own scale. Throws DomainError where the weights' variance is not positive or the
 * biases' negative, for k <= -1 and for Beta parameters that are not positive.
 */
export function layerLaws(
  { activation: form, special, rowCorrelation = 0 }: AsymmetricModel,
  { weightVariance, biasVariance = 0 }: ClosureVariances,
  layers: number,
): readonly LayerLaw[] {
  if (!(weightVariance > 0 && biasVariance >= 0))
    throw new DomainError(
      `the variances are ${weightVariance} and ${biasVariance}: that of the weights is positive, the other not negative`,
    )
  const share = meanShare(rowCorrelation)
  const activation = gaussianActivation(form)
  const kinks = [...new Set([0, ...activation.kinks, ...activation.jumps])]
  const step = (before: Density, through: GaussianActivation): Density & { readonly deviation: number } => {
    const square = meanOf(before, (h) => through.value(h) ** 2)
    const deviation = Math.sqrt(weightVariance * (square - share * meanOf(before, through.value) ** 2) + biasVariance)
    // A special weight lies in [0, 1]: it carries a field no farther than it was.
    const ends = support(before).map(through.value)
    const [from, to] = [Math.min(0, ...ends) - reach * deviation, Math.max(0, ...ends) + reach * deviation]
    const grid = panelRule(from, to, () => deviation, kinks, points)
    const matrix = chainMatrix({ activation: through, special, deviation }, before, 0, grid)
    return { ...grid, density: carried(matrix, before.density), deviation }
  }
  const inputs = panelRule(-reach, reach, () => 1, [0], points)
  let current: Density = {
    ...inputs,
    density: inputs.nodes.map((h) => Math.exp(-0.5 * h * h) / Math.sqrt(2 * Math.PI)),
  }
  return Array.from({ length: layers }, (_, l): LayerLaw => {
    const next = step(current, l === 0 ? gaussianActivation(linearForm) : activation)
    current = next
    const expectation = (f: (h: number) => number): number => meanOf(next, f)
    return {
      deviation: next.deviation,
      expectation,
      meanSquare: expectation((h) => activation.value(h) ** 2),
      mean: expectation(activation.value),
      negative: expectation((h) => (h < 0 ? 1 : 0)),
    }
  })
}
