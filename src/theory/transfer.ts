import { DomainError } from '../expression/errors.js'
import {
  add,
  type Expression,
  exp,
  type Formula,
  half,
  type IndexedNode,
  keyOf,
  type MatrixNode,
  multiply,
  negate,
  power,
  rational,
  squareRoot,
  subtract,
} from '../expression/expression.js'
import { substitute } from '../expression/substitute.js'
import { fieldAt, offsetsOf, type RingEnergy, type RingOptions, ringEnergy, siteLetter } from './ring/energy.js'
import { tidy, vanishes } from './support/simplify.js'

/** The field of a ring whose values are finitely many, spins for instance. */
export interface FiniteField {
  readonly field: IndexedNode
  /** Its values, as whole numbers or fractions `[numerator, denominator]`. */
  readonly alphabet: readonly (number | readonly [number, number])[]
}

const entryValue = (entry: FiniteField['alphabet'][number]): Expression =>
  typeof entry === 'number' ? rational(entry) : rational(entry[0], entry[1])

/**
 * The transfer matrix of a ring with nearest-neighbour coupling as a formula, symmetric: `T[s][t] = e^{-(d(s, t) + d(t, s))/2}`,
 * d the energy's density for neighbours s and t. The partition function of n sites is the trace of its n-th power (Kramers &
 * Wannier 1941); what one site alone contributes is shared between its two bonds.
 *
 * @param energy the energy in units of the temperature, beta H
 * @throws DomainError where sites further apart are coupled, or where no sharing makes the matrix symmetric
 */
export function transferMatrixFormula(
  energy: Formula | Expression | RingEnergy,
  { field, alphabet }: FiniteField,
  options: RingOptions = {},
): MatrixNode {
  const ring = ringEnergy(energy, options)
  const offsets = offsetsOf(ring, field, ring.density)
  const [last, first] = [offsets.at(-1), offsets[0]]
  if (last === undefined || first === undefined || last - first > 1)
    throw new DomainError('a transfer matrix needs an energy that couples nearest neighbours only')
  const keyAt = (offset: number): string => keyOf(fieldAt(ring, field, offset, siteLetter(ring, field)))
  const [later, earlier] = [keyAt(last), keyAt(first)]
  const values = alphabet.map(entryValue)
  const density = values.map((s) =>
    values.map((t) =>
      substitute(ring.density, (node) => {
        if (node.kind !== 'indexed') return undefined
        // An energy of single sites has one key for both: the later value stands for it.
        return keyOf(node) === later ? s : keyOf(node) === earlier ? t : undefined
      }),
    ),
  )
  const at = (i: number, j: number): Expression => density[i]![j]!
  refuseAsymmetry(values.length, at)
  return {
    kind: 'matrix',
    rows: values.map((_, i) => values.map((__, j) => exp(tidy(negate(multiply(half, add(at(i, j), at(j, i)))))))),
  }
}

/** What d(s, t) - d(t, s) adds up to around any three values must vanish: then it is a difference of single-site terms. */
function refuseAsymmetry(count: number, at: (i: number, j: number) => Expression): void {
  const skew = (i: number, j: number): Expression => subtract(at(i, j), at(j, i))
  for (let j = 1; j < count; j++)
    for (let k = j + 1; k < count; k++) {
      const around = add(skew(0, j), skew(j, k), skew(k, 0))
      if (!vanishes(around))
        throw new DomainError(
          'the energy tells the two directions of the ring apart, so that no symmetric transfer matrix has its partition function',
        )
    }
}

/** The eigenvalues of a symmetric matrix of two rows as formulas, the larger first. Throws DomainError for any other size. */
export function eigenvaluesOfTwoRows({ rows }: MatrixNode): readonly [Expression, Expression] {
  const [[a, b] = [], [c, d] = []] = rows
  if (rows.length !== 2 || !a || !b || !c || !d || keyOf(b) !== keyOf(c))
    throw new DomainError('eigenvalues in closed form are those of a symmetric matrix of two rows')
  const mean = multiply(half, add(a, d))
  const apart = squareRoot(add(power(multiply(half, subtract(a, d)), 2), power(b, 2)))
  return [add(mean, apart), subtract(mean, apart)]
}
