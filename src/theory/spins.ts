import { DomainError, LimitError } from '../expression/errors.js'
import type { Expression, Formula, IndexedNode } from '../expression/expression.js'
import { keyOf } from '../expression/expression.js'
import { fieldAt, offsetsOf, type RingEnergy, type RingOptions, ringEnergy, siteLetter } from './ring/energy.js'
import { evaluateRing } from './ring/numeric.js'
import { evaluateReal } from './support/evaluate.js'
import { symmetricEigenvalues } from './support/linear-algebra.js'

/** A ring whose one field takes finitely many values: spins. */
export interface SpinRing {
  readonly field: IndexedNode
  readonly alphabet: readonly number[]
  readonly parameters: ReadonlyMap<string, number>
}

const largestEnumeration = 2_000_000

/** Every configuration of `sites` spins, as value arrays. Throws LimitError beyond two million. */
function* configurations(alphabet: readonly number[], sites: number): Generator<readonly number[]> {
  const count = alphabet.length ** sites
  if (count > largestEnumeration)
    throw new LimitError(`${count} spin configurations; at most ${largestEnumeration} are listed`)
  for (let code = 0; code < count; code++) {
    let rest = code
    yield Array.from({ length: sites }, () => {
      const value = alphabet[rest % alphabet.length] ?? Number.NaN
      rest = Math.floor(rest / alphabet.length)
      return value
    })
  }
}

/** The configurations of least energy, by trying all. */
export function groundStates(
  energy: Formula | Expression | RingEnergy,
  spins: SpinRing,
  sites: number,
  options: RingOptions = {},
): { readonly energy: number; readonly configurations: readonly (readonly number[])[] } {
  const ring = ringEnergy(energy, options)
  let least = Number.POSITIVE_INFINITY
  let found: (readonly number[])[] = []
  for (const values of configurations(spins.alphabet, sites)) {
    const value = evaluateRing(ring, { fields: [spins.field], values: [values], parameters: spins.parameters })
    const margin = 1e-12 * Math.max(1, Math.abs(value))
    if (value < least - margin) {
      least = value
      found = [values]
    } else if (Math.abs(value - least) <= margin) found.push(values)
  }
  return { energy: least, configurations: found }
}

/** The partition function `sum e^{-energy}` by adding up every configuration of the ring. */
export function partitionFunction(
  energy: Formula | Expression | RingEnergy,
  spins: SpinRing,
  sites: number,
  options: RingOptions = {},
): number {
  const ring = ringEnergy(energy, options)
  let total = 0
  for (const values of configurations(spins.alphabet, sites))
    total += Math.exp(-evaluateRing(ring, { fields: [spins.field], values: [values], parameters: spins.parameters }))
  return total
}

/**
 * The transfer matrix of a nearest-neighbour ring, `T[s][t] = e^{-density(later = s, earlier = t)}`: the partition function of
 * n sites is the trace of its n-th power. Throws DomainError where sites further apart are coupled.
 */
export function transferMatrix(
  energy: Formula | Expression | RingEnergy,
  spins: SpinRing,
  options: RingOptions = {},
): readonly (readonly number[])[] {
  const ring = ringEnergy(energy, options)
  const offsets = offsetsOf(ring, spins.field, ring.density)
  const [last, first] = [offsets.at(-1), offsets[0]]
  if (last === undefined || first === undefined || last - first > 1)
    throw new DomainError('a transfer matrix needs an energy that couples nearest neighbours only')
  const later = keyOf(fieldAt(ring, spins.field, last, siteLetter(ring, spins.field)))
  return spins.alphabet.map((s) =>
    spins.alphabet.map((t) =>
      Math.exp(
        -evaluateReal(ring.density, {
          scalars: spins.parameters,
          indexed: (node) => (keyOf(node) === later ? s : t),
        }),
      ),
    ),
  )
}

/** Eigenvalues of a symmetric transfer matrix, falling. Throws DomainError where it is not symmetric. */
export function transferEigenvalues(matrix: readonly (readonly number[])[]): readonly number[] {
  const skew = matrix.some((row, i) => row.some((x, j) => Math.abs(x - (matrix[j]?.[i] ?? 0)) > 1e-12 * Math.abs(x)))
  if (skew) throw new DomainError('the transfer matrix is not symmetric; take the trace of its power instead')
  return [...symmetricEigenvalues(matrix)].reverse()
}

/** The trace of the n-th power of a matrix. */
export function traceOfPower(matrix: readonly (readonly number[])[], n: number): number {
  const size = matrix.length
  let power: number[][] = matrix.map((_, i) => matrix.map((__, j) => (i === j ? 1 : 0)))
  for (let k = 0; k < n; k++)
    power = power.map((row) =>
      Array.from({ length: size }, (_, j) => row.reduce((s: number, x, m) => s + x * (matrix[m]?.[j] ?? 0), 0)),
    )
  return power.reduce((s, row, i) => s + (row[i] ?? 0), 0)
}
