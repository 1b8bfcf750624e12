import { type Activation, activationVariable } from './ensemble.js'
import { compileFormula } from './formula.js'
import type { KernelExports, KernelMemory } from './kernels/kernels.js'

/** Writes phi(z) for `count` numbers from address `z` to address `phi`. */
export type ApplyActivation = (z: number, phi: number, count: number) => void

/**
 * The activation as a loop over a layer. Built-in activations run in the kernels and give the same bytes everywhere;
 * a formula is evaluated with Math's functions.
 * @throws DomainError if a formula holds anything but the symbol z, numbers and elementary functions.
 */
export function compileActivation(
  activation: Activation,
  kernels: KernelExports,
  memory: KernelMemory,
): ApplyActivation {
  switch (activation) {
    case 'linear':
      return (z, phi, count) => memory.view(phi, count).set(memory.view(z, count))
    case 'tanh':
      return (z, phi, count) => kernels.applyTanh(z, phi, count)
    case 'relu':
      return (z, phi, count) => kernels.applyRelu(z, phi, count)
    case 'sign':
      return (z, phi, count) => kernels.applySign(z, phi, count)
    default: {
      const value = compileFormula(activation.formula, activationVariable)
      return (z, phi, count) => {
        const from = memory.view(z, count)
        const to = memory.view(phi, count)
        for (let k = 0; k < count; k++) to[k] = value(from[k]!)
      }
    }
  }
}
