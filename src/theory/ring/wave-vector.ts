import { DomainError } from '../../expression/errors.js'
import { children, type Expression, type MatrixNode } from '../../expression/expression.js'
import { freeSymbols } from '../../expression/substitute.js'

const letters = new WeakMap<MatrixNode, string>()

/** The same kernel, whose wave vector is from now on known to be called so. */
export function withWaveVector(kernel: MatrixNode, letter: string): MatrixNode {
  letters.set(kernel, letter)
  return kernel
}

/**
 * The letter of a kernel's wave vector: the one it was made with; of a matrix of the caller's own `q`, where that occurs, or
 * else the one symbol under its waves (sin, cos, exp). Null where none of these is there.
 */
export function waveVectorOf(kernel: MatrixNode): string | null {
  const known = letters.get(kernel)
  if (known !== undefined) return known
  if (freeSymbols(kernel).has('q')) return 'q'
  const [first, ...others] = underWaves(kernel)
  return first === undefined || others.length > 0 ? null : first
}

/**
 * The letter to take a kernel at: the one asked for, or without it what `waveVectorOf` finds. Throws DomainError where the
 * kernel has another wave vector than the one asked for, or has none to be found.
 */
export function requireWaveVector(kernel: MatrixNode, asked?: string): string {
  const own = waveVectorOf(kernel)
  const symbols = freeSymbols(kernel)
  if (asked === undefined) {
    if (own !== null) return own
    throw new DomainError(
      `the letter of the kernel's wave vector cannot be told${symbols.size === 0 ? '' : ` from ${[...symbols].join(', ')}`}: pass it as the second argument`,
    )
  }
  if (own !== null && own !== asked && symbols.has(own) && !symbols.has(asked))
    throw new DomainError(`the kernel holds no ${asked}: its wave vector is ${own}; pass '${own}', or nothing`)
  return asked
}

function underWaves(e: Expression): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (node: Expression): void => {
    const isWave =
      (node.kind === 'function' && ['sin', 'cos', 'exp'].includes(node.name)) ||
      (node.kind === 'power' && node.base.kind === 'constant' && node.base.name === 'e')
    if (isWave) for (const name of freeSymbols(node)) found.add(name)
    else for (const child of children(node)) visit(child)
  }
  visit(e)
  return found
}
