import { DomainError, LimitError } from '../../expression/errors.js'
import type { Expression, MatrixNode } from '../../expression/expression.js'
import { type Compiled, compile } from '../../numeric/compile.js'
import { complex, evaluateComplex } from '../support/evaluate.js'
import type { ComplexMatrix } from '../support/linear-algebra.js'
import { some } from '../support/tree.js'
import { waveVectorOf } from './wave-vector.js'

/** A kernel per site, K(q), with the parameters' values: energy = n sum_q sum_ab ε_{a,-q} K_ab(q) ε_{b,q}. */
export interface NumericKernel {
  readonly fields: number
  readonly at: (q: number) => ComplexMatrix
}

/**
 * Evaluates a symbolic kernel at given parameters; the wave vector's letter is the kernel's own where none is given. Throws
 * DomainError for a name without a value.
 */
export function numericKernel(
  kernel: MatrixNode,
  parameters: ReadonlyMap<string, number>,
  letter?: string,
): NumericKernel {
  const wave = letter ?? waveVectorOf(kernel) ?? 'q'
  const compiled = compiledEntries(kernel, [...parameters.keys(), wave])
  const values = Float64Array.from([...parameters.values(), 0])
  return {
    fields: kernel.rows.length,
    at: (q) => {
      values[values.length - 1] = q
      let scalars: ReadonlyMap<string, number> | null = null
      return kernel.rows.map((row, a) =>
        row.map((e, b) => {
          const real = compiled[a]?.[b]
          if (real) return complex(real(values))
          scalars ??= new Map([...parameters, [wave, q]])
          return evaluateComplex(e, { scalars })
        }),
      )
    },
  }
}

const known = new WeakMap<MatrixNode, Map<string, readonly (readonly (Compiled | null)[])[]>>()

/** A kernel's real entries ready for scans over wave vectors and parameters; null for those that are complex, or not known. */
function compiledEntries(kernel: MatrixNode, names: readonly string[]): readonly (readonly (Compiled | null)[])[] {
  const own = known.get(kernel) ?? new Map<string, readonly (readonly (Compiled | null)[])[]>()
  known.set(kernel, own)
  const key = names.join(' ')
  const entries = own.get(key) ?? kernel.rows.map((row) => row.map((e) => compiledOrNull(e, names)))
  own.set(key, entries)
  return entries
}

function compiledOrNull(e: Expression, names: readonly string[]): Compiled | null {
  // Roots and logarithms of what is negative are complex, which a real function does not see.
  if (some(e, (node) => node.kind === 'function' && node.name !== 'cos' && node.name !== 'sin')) return null
  if (some(e, (node) => node.kind === 'power' && !isWhole(node.exponent))) return null
  try {
    return compile(e, names)
  } catch (error) {
    if (error instanceof DomainError || error instanceof LimitError) return null
    throw error
  }
}

const isWhole = (e: Expression): boolean => e.kind === 'number' && e.denominator === 1n
