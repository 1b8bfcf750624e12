import type { Expression } from '../../expression/expression.js'
import { minusOne } from '../../expression/expression.js'
import {
  conjugatePhase,
  dropTerm,
  flipSign,
  halved,
  moveThroughRoot,
  raisePower,
  type Scope,
  scaleBy,
  scaleWhole,
  shiftCoefficient,
  shiftIndex,
  shiftNumber,
  swapLetters,
  swapSymbols,
  timesPi,
  twice,
} from './changes.js'

/** A way of getting a formula wrong. */
export interface MutationOperator {
  readonly name: MutationName
  /** What it does, in words. */
  readonly about: string
  /** Every expression that one application at this node makes. */
  readonly here: (e: Expression, scope: Scope) => readonly Expression[]
  /** The same for a whole side, where it applies to more than its nodes. */
  readonly whole?: (side: Expression, scope: Scope) => readonly Expression[]
}

export const mutationNames = [
  'sign', 'unit', 'double', 'half', 'pi', 'power', 'index', 'drop', 'swap', 'root', 'phase',
] as const // biome-ignore format: a list reads best as a list
export type MutationName = (typeof mutationNames)[number]

/** The operators that `corrigenda mutate` applies, in this order. */
export const mutationOperators: readonly MutationOperator[] = [
  { name: 'sign', about: 'a sign flipped', here: flipSign, whole: scaleWhole(minusOne) },
  { name: 'unit', about: 'a coefficient changed by a unit', here: shiftCoefficient, whole: shiftNumber },
  { name: 'double', about: 'a factor 2', here: scaleBy(twice), whole: scaleWhole(twice) },
  { name: 'half', about: 'a factor 1/2', here: scaleBy(halved), whole: scaleWhole(halved) },
  { name: 'pi', about: 'a factor pi', here: scaleBy(timesPi), whole: scaleWhole(timesPi) },
  { name: 'power', about: 'a power one higher', here: raisePower },
  { name: 'index', about: 'an index moved on by one', here: shiftIndex },
  { name: 'drop', about: 'a term left out', here: dropTerm },
  { name: 'swap', about: 'two symbols of the same kind exchanged', here: swapLetters, whole: swapSymbols },
  { name: 'root', about: 'a factor moved in or out of a root or logarithm', here: moveThroughRoot },
  { name: 'phase', about: 'a phase conjugated', here: conjugatePhase },
]
