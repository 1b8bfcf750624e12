import { binomialWindow } from './agreement.js'

/** What a sparse layer of binary weights depends on. */
export interface SparseLayer {
  /** k, odd. */
  readonly inputs: number
  /** Reference weights all +1, or fair signs. */
  readonly reference: 'plus' | 'random'
  /** Chance that a weight's sign is turned. */
  readonly p: number
  /** P(s = +1 | sum of the k products). */
  readonly plus: (sum: number) => number
}

/** Of a neuron's states in the reference and the perturbed network: both +1, +1 and -1, -1 and +1, both -1. */
export type JointStates = readonly [number, number, number, number]

/**
 * The law of a neuron's two states after a sparse layer, given how many neurons of the layer before are in each joint
 * state. Its k inputs are drawn without replacement, so that their joint states are multivariate hypergeometric. With
 * reference weights +1 the reference's sum is 2 (i_{++} + i_{+-}) - k, and of the perturbed products
 * Binomial(i_{++} + i_{-+}, 1 - p) + Binomial(i_{+-} + i_{--}, p) are +1; with fair signs only the number of inputs that
 * agree matters, as in `flippedAgreement`.
 */
export function sparseTransition(layer: SparseLayer): (before: JointStates) => JointStates {
  return layer.reference === 'plus' ? plusTransition(layer) : randomTransition(layer)
}

/** P(s = +1) when `up` of the k inputs of the perturbed network are +1. */
function perturbedPlus({ inputs, p, plus }: SparseLayer): readonly number[] {
  return Array.from({ length: inputs + 1 }, (_, up) => mix(inputs, up, p, (positive) => plus(2 * positive - inputs)))
}

/** Mean of f(Binomial(first, 1 - p) + Binomial(inputs - first, p)). */
function mix(inputs: number, first: number, p: number, f: (count: number) => number): number {
  const kept = binomialWindow(first, 1 - p)
  const turned = binomialWindow(inputs - first, p)
  let sum = 0
  for (const [i, x] of kept.probabilities.entries())
    for (const [j, y] of turned.probabilities.entries()) sum += x * y * f(kept.first + i + turned.first + j)
  return sum
}

/** For i = 0 … k: (c)_i / (N^i i!), the weight of i draws out of c. */
function drawWeights(available: number, width: number, inputs: number): Float64Array {
  const weights = new Float64Array(inputs + 1)
  weights[0] = 1
  for (let i = 1; i <= inputs && i <= available; i++) weights[i] = (weights[i - 1]! * (available - i + 1)) / (width * i)
  return weights
}

const totalOf = (states: JointStates): number => states[0] + states[1] + states[2] + states[3]

function plusTransition(layer: SparseLayer): (before: JointStates) => JointStates {
  const { inputs, plus } = layer
  const perturbed = perturbedPlus(layer)
  const reference = Array.from({ length: inputs + 1 }, (_, up) => plus(2 * up - inputs))
  return (before) => {
    const weights = before.map((count) => drawWeights(count, totalOf(before), inputs))
    const joint = [0, 0, 0, 0] as [number, number, number, number]
    for (let a = 0; a <= inputs; a++)
      for (let b = 0; a + b <= inputs; b++)
        for (let c = 0; a + b + c <= inputs; c++) {
          const chance = weights[0]![a]! * weights[1]![b]! * weights[2]![c]! * weights[3]![inputs - a - b - c]!
          const [x, y] = [reference[a + b]!, perturbed[a + c]!]
          joint[0] += chance * x * y
          joint[1] += chance * x * (1 - y)
          joint[2] += chance * (1 - x) * y
          joint[3] += chance * (1 - x) * (1 - y)
        }
    return normalised(joint)
  }
}

/** P(both signs are the same) when `shared` of the k products are the same in both networks. */
function sameByShared({ inputs, plus }: SparseLayer, shared: number): number {
  const [u, v] = [binomialWindow(shared, 0.5), binomialWindow(inputs - shared, 0.5)]
  let same = 0
  for (const [i, x] of u.probabilities.entries())
    for (const [j, y] of v.probabilities.entries()) {
      const [first, second] = [2 * (u.first + i) - shared, 2 * (v.first + j) - (inputs - shared)]
      const [a, b] = [plus(first + second), plus(first - second)]
      same += x * y * (a * b + (1 - a) * (1 - b))
    }
  return same
}

function randomTransition(layer: SparseLayer): (before: JointStates) => JointStates {
  const { inputs, p } = layer
  const byShared = Array.from({ length: inputs + 1 }, (_, shared) => sameByShared(layer, shared))
  const byAgreeing = Array.from({ length: inputs + 1 }, (_, agreeing) =>
    mix(inputs, agreeing, p, (shared) => byShared[shared]!),
  )
  return (before) => {
    const agreeing = drawWeights(before[0] + before[3], totalOf(before), inputs)
    const others = drawWeights(before[1] + before[2], totalOf(before), inputs)
    let [same, different] = [0, 0]
    for (let a = 0; a <= inputs; a++) {
      const chance = agreeing[a]! * others[inputs - a]!
      same += chance * byAgreeing[a]!
      different += chance * (1 - byAgreeing[a]!)
    }
    return normalised([same, different, different, same])
  }
}

function normalised(states: JointStates): JointStates {
  const total = totalOf(states)
  return [states[0] / total, states[1] / total, states[2] / total, states[3] / total]
}
