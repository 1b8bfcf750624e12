import { DomainError } from '../../expression/errors.js'
import { add, divide, type MatrixNode, multiply, negate } from '../../expression/expression.js'
import { tidy } from '../support/simplify.js'
import { waveVectorOf, withWaveVector } from './wave-vector.js'

/**
 * The kernel of the other fields with one field integrated out: `K_ab - K_ak K_kb / K_kk`. What is left has the energy
 * `\sum_{ab} ε_{a,-q} K_{ab}(q) ε_{b,q}` up to a constant, and the same correlations as before. Applied until one field is
 * left, its reciprocal is that field's entry of the inverse kernel.
 *
 * @param field position of the field that goes
 * @throws DomainError where there is no such field, or no other
 */
export function integrateOut(kernel: MatrixNode, field: number): MatrixNode {
  const { rows } = kernel
  const own = rows[field]?.[field]
  if (own === undefined || rows.length < 2)
    throw new DomainError(`field ${field} of ${rows.length} cannot be integrated out: name one of several, from 0`)
  const others = rows.map((_, k) => k).filter((k) => k !== field)
  const left: MatrixNode = {
    kind: 'matrix',
    rows: others.map((a) =>
      others.map((b) => {
        const [direct, into, from] = [rows[a]?.[b], rows[a]?.[field], rows[field]?.[b]]
        if (!direct || !into || !from) throw new DomainError('a kernel is a square matrix')
        return tidy(add(direct, negate(divide(multiply(into, from), own))))
      }),
    ),
  }
  const letter = waveVectorOf(kernel)
  return letter === null ? left : withWaveVector(left, letter)
}
