import { DomainError } from '../../expression/errors.js'
import type { Expression, IndexedNode } from '../../expression/expression.js'
import { complex as arithmetic } from '../../numeric/arithmetic.js'
import type { Complex as ComplexOf } from '../../numeric/complex.js'
import { evaluate } from '../../numeric/evaluate.js'

/** A complex number of doubles. */
export type Complex = ComplexOf<number>

export const complex = (re: number, im = 0): Complex => ({ re, im })
export const plus = arithmetic.add
export const times = arithmetic.multiply
export const over = arithmetic.divide

/** Values by name for scalars, and a function for indexed quantities. */
export interface Valuation {
  readonly scalars: ReadonlyMap<string, number>
  readonly indexed?: (node: IndexedNode) => number | Complex
  /** Values of declared functions. */
  readonly apply?: (name: string, args: readonly number[]) => number
}

const notANumber = complex(Number.NaN, Number.NaN)

/**
 * The complex value of an expression: NaN where it does not exist (a pole, the logarithm of zero, an overflow), so that a
 * scan over parameters can go on. Throws DomainError for a name without a value and a node that has none.
 */
export function evaluateComplex(e: Expression, valuation: Valuation): Complex {
  let missing: DomainError | null = null
  const fail = (detail: string): never => {
    missing = new DomainError(detail)
    throw missing
  }
  try {
    return evaluate<Complex>(
      e,
      {
        symbol: (name) => {
          const value = valuation.scalars.get(name)
          return value === undefined ? fail(`no value given for ${name}`) : complex(value)
        },
        indexed: (name, indices) => {
          const value = valuation.indexed?.({ kind: 'indexed', name, indices })
          if (value === undefined) return fail(`no value given for ${name} with its indices`)
          return typeof value === 'number' ? complex(value) : value
        },
        apply: (name, _, args) =>
          valuation.apply
            ? complex(
                valuation.apply(
                  name,
                  args.map((a) => a.re),
                ),
              )
            : fail(`no values given for the function ${name}`),
        members: (range) => fail(`the members of ${range.kind} ${range.name} are not given`),
        node: (node) => fail(`a ${node.kind} has no numeric value here`),
      },
      arithmetic,
    )
  } catch (error) {
    if (missing) throw missing
    if (error instanceof DomainError) return notANumber
    throw error
  }
}

/** The real value of an expression; NaN where it does not exist or its imaginary part does not vanish. */
export function evaluateReal(e: Expression, valuation: Valuation): number {
  const value = evaluateComplex(e, valuation)
  return Math.abs(value.im) <= 1e-9 * (1 + Math.abs(value.re)) ? value.re : Number.NaN
}
