import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import type { SymbolNode } from '../../expression/expression.js'
import {
  add,
  type Expression,
  type Formula,
  type IndexedNode,
  log,
  mapChildren,
  multiply,
  negate,
  one,
  power,
  sameTree,
  subtract,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import {
  fieldAt,
  occurrencesOf,
  type RingEnergy,
  type RingOptions,
  ringEnergy,
  ringExpression,
  siteLetter,
} from '../ring/energy.js'
import { evaluateReal } from '../support/evaluate.js'
import { type Domains, domainsOf, sampleValuation } from '../support/sample.js'
import { factorsOf, some, table, termsOf } from '../support/tree.js'

/** Replaces vectors by their norms. */
export interface RadialOptions extends RingOptions {
  /** A component of the vector at a site: `z_\alpha^l`. */
  readonly vector: IndexedNode
  /** Its Euclidean norm there: `r^l`. */
  readonly norm: IndexedNode
  /** Number of components. */
  readonly dimension: Expression
}

interface Component {
  readonly letter: string
  readonly site: number
}

/** Which component of the vector a node is, by the letter of its component index and its site; null for anything else. */
function componentOf(node: Expression, vector: IndexedNode, ring: RingEnergy): Component | null {
  if (node.kind !== 'indexed' || node.name !== vector.name) return null
  const site = node.indices.find((s) => s.index.letter === ring.letter)
  const component = node.indices.find((s) => s !== site && s.index.letter !== null && s.index.offset === 0)
  return site && component?.index.letter ? { letter: component.index.letter, site: site.index.offset } : null
}

/** Replaces `\sum_α z_α^l z_α^l` by the squared norm; null where something else of the vector is left over. */
function contracted(e: Expression, options: RadialOptions, ring: RingEnergy): Expression {
  const visit = (node: Expression): Expression => {
    if (node.kind === 'indexedSum' && typeof node.index === 'string' && node.index !== ring.letter) {
      const square = squareIn(node.body, node.index)
      if (square) return square
    }
    return mapChildren(node, visit)
  }
  const squareIn = (body: Expression, letter: string): Expression | null => {
    const factors = factorsOf(body).flatMap((f) =>
      f.kind === 'power' && f.exponent.kind === 'number' && sameTree(f.exponent, { ...one, numerator: 2n })
        ? [f.base, f.base]
        : [f],
    )
    const components = factors.map((f) => componentOf(f, options.vector, ring))
    const own = components.filter((c) => c?.letter === letter)
    const [x, y] = own
    if (own.length !== 2 || !x || !y || x.site !== y.site) return null
    const rest = factors.filter((_, k) => components[k]?.letter !== letter)
    if (rest.some((f) => some(f, (n) => n.kind === 'symbol' && n.name === letter))) return null
    return multiply(...rest, power(fieldAt(ring, options.norm, x.site, siteLetter(ring, options.norm)), 2))
  }
  return visit(e)
}

/**
 * An isotropic energy of vectors as an energy of their norms: contractions become squared norms, and the volume element
 * adds `-(dimension - 1) log r^l` for every site; the angles' integral is a constant. Throws DomainError where the energy
 * depends on the vectors other than through their norms.
 */
export function radialEnergy(energy: Formula | Expression | RingEnergy, options: RadialOptions): Expression {
  const ring = ringEnergy(energy, options)
  const density = contracted(ring.density, options, ring)
  if (some(density, (n) => n.kind === 'indexed' && n.name === options.vector.name))
    throw new DomainError(
      `the energy depends on ${options.vector.name} other than through its norm, so that it is not isotropic`,
    )
  const norm = fieldAt(ring, options.norm, 0, siteLetter(ring, options.norm))
  const jacobian = negate(multiply(subtract(options.dimension, one), log(norm)))
  return ringExpression({ ...ring, density: add(density, jacobian) })
}

/** What becomes large. */
export interface WidthOptions extends RingOptions {
  /** The large quantity. */
  readonly width: SymbolNode
  /** Fields that grow as its square root. */
  readonly norms: readonly IndexedNode[]
  /** Fields that grow in proportion to it. @defaultValue none */
  readonly counts?: readonly IndexedNode[]
}

/** A leading term with how fast the rest falls behind. */
export interface LeadingTerm {
  readonly energy: Expression
  /** Power of the width with which the leading term's dependence on the fields grows: 1 for an extensive energy. */
  readonly order: number
  /** Power of the width by which the terms left out are smaller: 1 for `O(1/N)`; null where nothing was left out. */
  readonly neglected: number | null
}

/**
 * The leading term of a ring energy at large width, with norms growing as its square root: terms whose dependence on the
 * fields grows more slowly are dropped, and those that do not depend on the fields at all. The powers are measured between widths a thousand times apart and must be
 * multiples of a half. Throws DomainError where a term grows otherwise.
 */
export function leadingTermInWidth(energy: Formula | Expression | RingEnergy, options: WidthOptions): LeadingTerm {
  const ring = ringEnergy(energy, options)
  const domains: Domains = domainsOf(options.notation)
  const fields = [...options.norms, ...(options.counts ?? [])]
  const known = new Set(fields.map((f) => f.name))
  some(ring.density, (n) => {
    const strange = n.kind === 'indexed' && !known.has(n.name) && n.indices.some((i) => i.index.letter === ring.letter)
    if (strange)
      throw new DomainError(
        `how ${n.name} grows with the width is not said: name it among the norms or counts, or put a value for it`,
      )
    return false
  })
  const terms = termsOf(ring.density).flatMap((t) => expandOuter(t, ring, fields))
  const orders = terms.map((t) => growth(t, ring, fields, options, domains))
  const finite = orders.filter((o): o is number => o !== null)
  if (finite.length === 0) throw new DomainError('no term of the energy depends on the fields')
  const order = Math.max(...finite)
  const below = finite.filter((o) => o < order)
  return {
    energy: ringExpression({ ...ring, density: add(...terms.filter((_, k) => orders[k] === order)) }),
    order,
    neglected: below.length > 0 ? order - Math.max(...below) : null,
  }
}

/** The leading term's energy alone: see `leadingTermInWidth`. */
export const leadingInWidth = (energy: Formula | Expression | RingEnergy, options: WidthOptions): Expression =>
  leadingTermInWidth(energy, options).energy

/**
 * Multiplies a sum out where it, or all that it is multiplied by, does not depend on the fields: (N - 1) log r becomes
 * N log r - log r. Products of sums that both do are left whole, as their parts may grow faster than they do together.
 */
function expandOuter(term: Expression, ring: RingEnergy, fields: readonly IndexedNode[]): readonly Expression[] {
  const free = (e: Expression): boolean => occurrencesOf(ring, fields, e).length === 0
  const factors = factorsOf(term)
  const sum = factors.find((f) => f.kind === 'sum' && (free(f) || factors.every((g) => g === f || free(g))))
  if (sum?.kind !== 'sum') return [term]
  const rest = factors.filter((f) => f !== sum)
  return sum.terms.flatMap((t) => expandOuter(multiply(...rest, t), ring, fields))
}

/** The power of the width with which a term's derivative by the scaled fields grows; null where it depends on none. */
function growth(
  term: Expression,
  ring: RingEnergy,
  fields: readonly IndexedNode[],
  options: WidthOptions,
  domains: Domains,
): number | null {
  const occurrences = occurrencesOf(ring, fields, term)
  if (occurrences.length === 0) return null
  const scaled = table(
    occurrences.map((o) => {
      const isNorm = o.field < options.norms.length
      return [
        o.node,
        multiply(isNorm ? power(options.width, { ...one, denominator: 2n }) : options.width, o.node),
      ] as const
    }),
  )
  const inScaled = substitute(term, scaled)
  let largest: number | null = null
  for (const o of occurrences) {
    const slope = differentiate(inScaled, o.node)
    const at = (width: number): number => {
      const base = sampleValuation(slope, domains, 3)
      const scalars = new Map([...base.scalars, [options.width.name, width]])
      return Math.abs(evaluateReal(slope, base.indexed ? { scalars, indexed: base.indexed } : { scalars }))
    }
    const [low, high] = [at(1e9), at(1e12)]
    if (high === 0 && low === 0) continue
    const exponent = Math.log10(high / low) / 3
    const rounded = Math.round(2 * exponent) / 2
    if (!(Math.abs(exponent - rounded) < 1e-3))
      throw new DomainError(
        `a term of the energy grows as the width to the power ${exponent.toFixed(3)}, which is no leading power`,
      )
    largest = largest === null ? rounded : Math.max(largest, rounded)
  }
  return largest
}
