import { DomainError } from '../expression/errors.js'
import { checkWidth } from './limits.js'

/**
 * What goes into the network. For one input only its squared length matters to the law of z^0 of independent weights, so
 * `normalised` stands for the vector with equal components and |x|^2 = squaredNorm, of as many components as layer 0 has
 * neurons.
 */
export type NetworkInput =
  | { readonly kind: 'normalised'; readonly squaredNorm: number }
  /** One or several inputs of one common dimension. */
  | { readonly kind: 'explicit'; readonly vectors: readonly (readonly number[])[] }
  | NormalInput

/** Inputs whose components are normal, drawn anew for each network. */
export interface NormalInput {
  readonly kind: 'normal'
  /** How many inputs go through each network. */
  readonly count: number
  /** Variance of a component. @defaultValue 1 */
  readonly variance?: number
  /** Correlation, 0 to 1, of the same component of two inputs; components of one input are independent. @defaultValue 0 */
  readonly correlation?: number
  /** Components of an input. @defaultValue as many as layer 0 has neurons */
  readonly dimension?: number
}

const mostInputs = 100_000

/** Throws DomainError unless inputs make sense. */
export function checkInput(input: NetworkInput): void {
  if (input.kind === 'normalised') {
    if (!(input.squaredNorm >= 0 && input.squaredNorm < Number.POSITIVE_INFINITY))
      throw new DomainError(`the input's squared norm is ${input.squaredNorm}: give a finite number, zero or more`)
    return
  }
  if (input.kind === 'normal') {
    const { count, variance = 1, correlation = 0, dimension } = input
    if (!(Number.isSafeInteger(count) && count >= 1 && count <= mostInputs))
      throw new DomainError(`there are ${count} inputs: give a whole number from 1 to ${mostInputs}`)
    if (!(variance >= 0 && variance < Number.POSITIVE_INFINITY))
      throw new DomainError(`the inputs' variance is ${variance}: a variance is a finite number, zero or more`)
    if (!(correlation >= 0 && correlation <= 1))
      throw new DomainError(
        `the inputs' correlation is ${correlation}: give a number from 0 to 1; for opposed inputs give explicit vectors`,
      )
    if (dimension !== undefined) checkWidth(dimension, "the inputs' dimension")
    return
  }
  const dimension = input.vectors[0]?.length ?? 0
  if (dimension === 0) throw new DomainError('the ensemble has no input: give at least one vector with a component')
  for (const [k, vector] of input.vectors.entries()) {
    if (vector.length !== dimension)
      throw new DomainError(
        `input ${k} has ${vector.length} components and input 0 has ${dimension}: give all inputs one dimension`,
      )
    if (!vector.every(Number.isFinite)) throw new DomainError(`input ${k} has a component that is not a finite number`)
  }
}

/** How many inputs go through each network. */
export function countInputs(input: NetworkInput): number {
  if (input.kind === 'explicit') return input.vectors.length
  return input.kind === 'normal' ? input.count : 1
}
