import {
  type DeviationChain,
  type HiddenActivation,
  type PairOfNetworks,
  pairChain,
} from '../../../../src/theory/index.js'

/** Four layers, half of the weights dropped. */
export const diluted = (activation: HiddenActivation, more: Partial<PairOfNetworks> = {}): DeviationChain =>
  pairChain({ layers: 4, activation, perturbation: { kind: 'dilution', probability: 0.5 }, ...more })

/** Relative entropy of a coin of mean q to one of mean m. */
export const coin = (q: number, m: number): number => {
  const part = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(x / y))
  return part((1 + q) / 2, (1 + m) / 2) + part((1 - q) / 2, (1 - m) / 2)
}
