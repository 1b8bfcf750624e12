import { DomainError } from '../expression/errors.js'
import type { Expression } from '../expression/expression.js'
import { compileFormula } from './formula.js'
import type { KernelExports, KernelMemory } from './kernels/kernels.js'

/** The law of a special weight; the weight itself is the number drawn, not scaled by the width. */
export type SpecialWeightLaw =
  | { readonly kind: 'beta'; readonly alpha: number; readonly beta: number }
  /** A few values; one value is a constant. Probabilities add up to 1. */
  | { readonly kind: 'discrete'; readonly values: readonly number[]; readonly probabilities: readonly number[] }
  /** Any law by its quantile function, a formula in the one symbol `p`, 0 < p < 1. */
  | { readonly kind: 'quantile'; readonly formula: Expression }

/**
 * In each neuron one incoming weight, chosen anew and uniformly, is replaced by a number of another law (randomised
 * asymmetric initialisation, Lu et al. 2019).
 */
export interface SpecialInput {
  readonly weight: SpecialWeightLaw
  /**
   * What is chosen from: the N weights and the bias, or the weights alone.
   * @defaultValue 'weights and bias'
   */
  readonly among?: 'weights and bias' | 'weights'
}

/** The name that a quantile function gives its argument. */
export const quantileVariable = 'p'

/** Throws DomainError where the law does not exist. */
export function checkSpecialInput({ weight, among = 'weights and bias' }: SpecialInput): void {
  if (among !== 'weights and bias' && among !== 'weights')
    throw new DomainError(`the special input is among '${String(among)}': take 'weights and bias' or 'weights'`)
  if (weight.kind === 'beta') {
    const { alpha, beta } = weight
    if (!(alpha > 0 && beta > 0 && Number.isFinite(alpha) && Number.isFinite(beta)))
      throw new DomainError(
        `a Beta(${alpha}, ${beta}) variable does not exist: both parameters are positive and finite`,
      )
    return
  }
  if (weight.kind === 'discrete') {
    const { values, probabilities } = weight
    if (values.length === 0 || values.length !== probabilities.length)
      throw new DomainError(
        `a special weight has ${values.length} values and ${probabilities.length} probabilities: give as many of both, and some`,
      )
    const total = probabilities.reduce((sum, p) => sum + p, 0)
    if (!(values.every(Number.isFinite) && probabilities.every((p) => p >= 0) && Math.abs(total - 1) < 1e-9))
      throw new DomainError(
        `a special weight's values are finite, and its probabilities ${probabilities.join(', ')} are to be zero or more and to add up to 1`,
      )
    return
  }
  if (weight.kind !== 'quantile')
    throw new DomainError(
      `the special weight '${String((weight as { kind: unknown }).kind)}' is not known: take beta, discrete or quantile`,
    )
  const quantile = compileFormula(weight.formula, quantileVariable)
  let before = Number.NEGATIVE_INFINITY
  for (let k = 1; k < 64; k++) {
    const value = quantile(k / 64)
    if (!(Number.isFinite(value) && value >= before))
      throw new DomainError(
        `the special weight's quantile function is ${value} at p = ${k / 64} after ${before}: it is finite between 0 and 1 and never falls`,
      )
    before = value
  }
}

/** Where a layer's special inputs lie: for each neuron its place (fanIn stands for the bias) and its weight. */
export interface SpecialBuffers {
  readonly places: number
  readonly values: number
}

/** Draws the special inputs of a layer. */
export type DrawSpecial = (fanIn: number, fanOut: number) => SpecialBuffers

/** The drawing of special inputs on an instance's stream: all places of a layer, then all weights. */
export function specialDrawer(
  { weight, among = 'weights and bias' }: SpecialInput,
  kernels: KernelExports,
  memory: KernelMemory,
  widest: number,
): DrawSpecial {
  const buffers: SpecialBuffers = { places: memory.allocate(widest), values: memory.allocate(widest) }
  const fill = valueFiller(weight, kernels, memory)
  const extra = among === 'weights' ? 0 : 1
  return (fanIn, fanOut) => {
    kernels.fillPlaces(buffers.places, fanOut, fanIn + extra)
    fill(buffers.values, fanOut)
    return buffers
  }
}

function valueFiller(
  weight: SpecialWeightLaw,
  kernels: KernelExports,
  memory: KernelMemory,
): (at: number, count: number) => void {
  if (weight.kind === 'beta') return (at, count) => kernels.fillBetas(at, count, weight.alpha, weight.beta)
  const quantile =
    weight.kind === 'quantile' ? compileFormula(weight.formula, quantileVariable) : discreteQuantile(weight)
  return (at, count) => {
    kernels.fillUniforms(at, count)
    const view = memory.view(at, count)
    for (let k = 0; k < count; k++) view[k] = quantile(view[k]!)
  }
}

function discreteQuantile({
  values,
  probabilities,
}: Extract<SpecialWeightLaw, { kind: 'discrete' }>): (p: number) => number {
  let total = 0
  const ends = probabilities.map((probability) => {
    total += probability
    return total
  })
  return (p) => values[ends.findIndex((end) => p < end)] ?? values.at(-1)!
}
