import { type Expression, keyOf, subtract } from '../../../../src/expression/expression.js'
import { evaluateComplex, evaluateReal } from '../../../../src/theory/support/evaluate.js'
import { domainsOf } from '../../../../src/theory/support/sample.js'
import { vanishes } from '../../../../src/theory/support/simplify.js'
import { notation } from './models.js'

/** Equality of functions over the models' domains. */
export const sameFunction = (a: Expression, b: Expression): boolean => vanishes(subtract(a, b), domainsOf(notation))

/** Values for the models: 0.35 = gain times width is their weight variance. */
export const parameters: ReadonlyMap<string, number> = new Map([
  ['width', 5],
  ['gain', 0.07],
  ['noise', 0.6],
  ['depth', 7],
])

export const numberOf = (e: Expression, more: readonly (readonly [string, number])[] = []): number =>
  evaluateReal(e, { scalars: new Map([...parameters, ...more]) })

export const complexNumberOf = (e: Expression, more: readonly (readonly [string, number])[] = []): [number, number] => {
  const { re, im } = evaluateComplex(e, { scalars: new Map([...parameters, ...more]) })
  return [re, im]
}

/** A scattered but fixed number in (-1, 1) for a whole number. */
export const scattered = (k: number): number => 2 * (((k + 1) * 0.754_877_666) % 1) - 1

export const keysOf = (...e: readonly Expression[]): readonly string[] => e.map(keyOf)
