import { DomainError } from '../../expression/errors.js'
import {
  add,
  type Expression,
  type Formula,
  type IndexedSumNode,
  mapChildren,
  multiply,
  type Range,
} from '../../expression/expression.js'
import { termsOf } from '../support/tree.js'
import { boltzmannEnergy } from './energy.js'

/** The ring that a chain is closed to. */
export interface RingClosure {
  /** Letter of the site in the chain's sums. */
  readonly letter: string
  readonly from: Expression
  readonly to: Expression
}

/** Products over sums multiplied out as far as sums over sites stand in brackets. */
function distribute(e: Expression, isLattice: (node: Expression) => boolean): readonly Expression[] {
  if (e.kind === 'sum') return e.terms.flatMap((t) => distribute(t, isLattice))
  if (e.kind !== 'product') return [e]
  const position = e.factors.findIndex((f) => f.kind === 'sum' && f.terms.some((t) => mentions(t, isLattice)))
  const factor = e.factors[position]
  if (!factor) return [e]
  const others = e.factors.filter((_, k) => k !== position)
  return termsOf(factor).flatMap((t) => distribute(multiply(...others, t), isLattice))
}

const mentions = (e: Expression, test: (node: Expression) => boolean): boolean => {
  let found = test(e)
  mapChildren(e, (child) => {
    found ||= mentions(child, test)
    return child
  })
  return found
}

/**
 * The energy of a chain closed to a ring: what its Boltzmann weight sums over sites, summed over every site of the ring;
 * boundary terms (the first layer's input, a loss on the last) are dropped. Throws DomainError where the weight sums over
 * no sites.
 */
export function closeOnRing(weight: Formula | Expression, { letter, from, to }: RingClosure): Expression {
  const isLattice = (node: Expression): node is IndexedSumNode => node.kind === 'indexedSum' && node.index === letter
  const bulk = distribute(boltzmannEnergy(weight), isLattice).filter((term) => mentions(term, isLattice))
  if (bulk.length === 0)
    throw new DomainError(`the weight has no sum over sites ${letter} that could be closed to a ring`)
  const range: Range = { kind: 'interval', from, to }
  const closed = (e: Expression): Expression => (isLattice(e) ? { ...e, range } : mapChildren(e, closed))
  return add(...bulk.map(closed))
}
