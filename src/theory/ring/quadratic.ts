import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  type Expression,
  type Formula,
  half,
  type IndexedNode,
  keyOf,
  multiply,
  power,
  zero,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { type Domains, domainsOf, vanishesNumerically } from '../support/sample.js'
import { tidy } from '../support/simplify.js'
import { some, table } from '../support/tree.js'
import {
  fieldAt,
  occurrencesOf,
  type RingEnergy,
  type RingOptions,
  ringEnergy,
  siteLetter,
  sumOverSites,
} from './energy.js'

/** `coefficient * first^l * second^{l-distance}` in the summand of an energy. */
export interface Coupling {
  readonly first: number
  readonly second: number
  /** Sites by which the second field lies behind the first; never negative within one field. */
  readonly distance: number
  readonly coefficient: Expression
}

/** A quadratic energy of a ring, modulo total differences: every coupling stands once. */
export interface QuadraticForm {
  readonly ring: RingEnergy
  readonly fields: readonly IndexedNode[]
  readonly couplings: readonly Coupling[]
}

/** Options that name the fluctuating fields. */
export interface FluctuationOptions extends RingOptions {
  /** The deviation of each field at a site: `\epsilon^l`. */
  readonly fluctuations: readonly IndexedNode[]
}

/** Adds up coupling terms that a shift of the site makes equal. Between two fields the first is the earlier named. */
export function collectCouplings(terms: readonly Coupling[], domains?: Domains): readonly Coupling[] {
  const sums = new Map<string, { first: number; second: number; distance: number; terms: Expression[] }>()
  for (const t of terms) {
    const swap = t.first > t.second || (t.first === t.second && t.distance < 0)
    const [first, second, distance] = swap ? [t.second, t.first, -t.distance] : [t.first, t.second, t.distance]
    const key = `${first} ${second} ${distance}`
    const sum = sums.get(key) ?? { first, second, distance, terms: [] }
    sum.terms.push(t.coefficient)
    sums.set(key, sum)
  }
  return [...sums.values()].map(({ terms: parts, ...rest }) => ({ ...rest, coefficient: tidy(add(...parts), domains) }))
}

/**
 * Reads a quadratic energy of fluctuations: `c \sum_l [A (ε^l)^2 + B ε^l ε^{l-1}]`, any number of fields. Constants and
 * terms linear in the fields (total differences, at a saddle) are left out. Throws DomainError where the energy is not
 * a polynomial of degree two at most.
 */
export function quadraticForm(
  energy: Formula | Expression | RingEnergy | QuadraticForm,
  options: FluctuationOptions,
): QuadraticForm {
  if ('couplings' in energy) return energy
  const ring = ringEnergy(energy, options)
  const occurrences = occurrencesOf(ring, options.fluctuations, ring.density)
  if (occurrences.length === 0)
    throw new DomainError(
      `the energy holds none of the fluctuations ${options.fluctuations.map((f) => f.name).join(', ')}`,
    )
  const domains = domainsOf(options.notation)
  const terms: Coupling[] = []
  occurrences.forEach((a, i) => {
    const slope = differentiate(ring.density, a.node)
    occurrences.slice(i).forEach((b) => {
      const second = differentiate(slope, b.node)
      const own = a.field === b.field && a.offset === b.offset
      for (const c of occurrences)
        if (
          some(second, (n) => n.kind === 'indexed' && keyOf(n) === keyOf(c.node)) &&
          !vanishesNumerically(differentiate(second, c.node), domains)
        )
          throw new DomainError('the energy is not quadratic in the fluctuations; expand it to second order first')
      const atZero = substitute(second, table(occurrences.map((o) => [o.node, zero] as const)))
      const coefficient = own ? multiply(half, atZero) : atZero
      if (coefficient !== zero && !(coefficient.kind === 'number' && coefficient.numerator === 0n))
        terms.push({ first: a.field, second: b.field, distance: a.offset - b.offset, coefficient })
    })
  })
  const couplings = collectCouplings(terms, domains).filter((c) => !vanishesNumerically(c.coefficient, domains))
  return { ring, fields: options.fluctuations, couplings }
}

/** The quadratic energy as an expression: a sum over the ring of each coupling once, with the later site written `l`. */
export function quadraticExpression(form: QuadraticForm): Expression {
  const at = (field: number, offset: number): IndexedNode => {
    const pattern = form.fields[field]
    if (!pattern) throw new DomainError('a coupling names a field that the form does not have')
    return fieldAt(form.ring, pattern, offset, siteLetter(form.ring, pattern))
  }
  const body = form.couplings.map((c) =>
    c.first === c.second && c.distance === 0
      ? multiply(c.coefficient, power(at(c.first, 0), 2))
      : multiply(c.coefficient, at(c.first, Math.min(0, c.distance)), at(c.second, Math.min(0, -c.distance))),
  )
  return sumOverSites(form.ring, add(...body))
}
