import { DomainError } from '../../expression/errors.js'
import {
  add,
  children,
  type Expression,
  type Formula,
  type IndexedNode,
  index,
  keyOf,
  multiply,
  negate,
  one,
  type Range,
  sameTree,
  symbol,
  zero,
} from '../../expression/expression.js'
import { requireFormulaOrExpression, requireQuantities } from '../../expression/guards.js'
import { lastSide } from '../../expression/named.js'
import type { Notation } from '../../expression/notation.js'
import { substitute } from '../../expression/substitute.js'
import { factorsOf, mapIndices, mentionsLetter, replaceLetter, some, table, termsOf } from '../support/tree.js'

/** An energy of a ring of sites with coupling between near sites: constant + sum over sites of the density. */
export interface RingEnergy {
  /** The letter that stands for the site. */
  readonly letter: string
  readonly range: Range
  /** How many sites the ring has; null where the sum names no bounds and no count was given. */
  readonly siteCount: Expression | null
  /** What is summed, with all prefactors inside. */
  readonly density: Expression
  /** Additive terms outside the sum over sites. */
  readonly constant: Expression
  /** Arguments of order symbols that were dropped. */
  readonly neglected: readonly Expression[]
}

/** How an energy is read. */
export interface RingOptions {
  /** The notation, for its periodic and open index families; without it every letter that indexes a quantity may be the site's. */
  readonly notation?: Notation
  /** The site's letter, where it is not to be found. */
  readonly letter?: string
  /** Number of sites, for sums that name no bounds. */
  readonly siteCount?: Expression
}

interface Collected {
  readonly letter: string
  readonly range: Range
  readonly body: Expression
}

/** Why an expression has no sum over sites: where one runs over a family without geometry, that is named. */
function noSiteSum(energy: Expression, notation?: Notation): DomainError {
  const plain = notation?.families.find(
    ({ geometry, letters }) =>
      geometry === 'plain' &&
      some(energy, (e) => e.kind === 'indexedSum' && typeof e.index === 'string' && letters.includes(e.index)),
  )
  return new DomainError(
    plain === undefined
      ? 'an energy of a ring needs a sum over its sites, such as \\sum_{l=0}^L'
      : `the geometry of the family '${plain.name}', which is summed over, is plain: it must be periodic for the sum to be over the sites of a ring`,
  )
}

/**
 * Reads the last side of a formula as the energy of a ring: prefactors, several sums and terms outside are brought into
 * one density. Throws DomainError where the expression is no sum over sites, or its sums run over different ranges.
 */
export function ringEnergy(energy: Formula | Expression | RingEnergy, options: RingOptions = {}): RingEnergy {
  if (typeof energy === 'object' && energy !== null && 'density' in energy) return energy
  requireFormulaOrExpression(energy, 'the energy')
  const families = options.notation?.families.filter((f) => f.geometry === 'periodic' || f.geometry === 'open')
  const letters = families && new Set(families.flatMap((f) => f.letters))
  const isSiteSum = (e: Expression): boolean =>
    e.kind === 'indexedSum' &&
    typeof e.index === 'string' &&
    (options.letter !== undefined
      ? e.index === options.letter
      : letters
        ? letters.has(e.index)
        : mentionsLetter(e.body, e.index))
  const sums: Collected[] = []
  const constants: Expression[] = []
  const neglected: Expression[] = []
  const collect = (e: Expression, outside: readonly Expression[]): void => {
    if (e.kind === 'orderOf') neglected.push(e.of)
    else if (isSiteSum(e) && e.kind === 'indexedSum' && typeof e.index === 'string')
      sums.push({ letter: e.index, range: e.range, body: multiply(...outside, e.body) })
    else if (!some(e, (n) => isSiteSum(n) || n.kind === 'orderOf')) constants.push(multiply(...outside, e))
    else if (e.kind === 'sum') for (const term of e.terms) collect(term, outside)
    else if (e.kind === 'product') {
      const inner = e.factors.filter((f) => some(f, (n) => isSiteSum(n) || n.kind === 'orderOf'))
      const first = inner[0]
      if (inner.length !== 1 || !first)
        throw new DomainError('a product of several sums over sites is no energy of a ring with near couplings')
      collect(first, [...outside, ...e.factors.filter((f) => f !== first)])
    } else throw new DomainError(`a sum over sites inside a ${e.kind} is no energy of a ring with near couplings`)
  }
  collect(lastSide(energy), [])
  const first = sums[0]
  if (!first) throw noSiteSum(lastSide(energy), options.notation)
  // A sum over the whole family runs over the sites that another one counts.
  const range = (sums.find((s) => s.range.kind === 'interval') ?? first).range
  for (const other of sums)
    if (other.range.kind !== 'family' && !sameRange(range, other.range))
      throw new DomainError('the sums over sites run over different ranges; a ring has one')
  const density = add(
    ...sums.map((s) =>
      s.letter === first.letter ? s.body : replaceLetter(s.body, s.letter, index(first.letter), symbol(first.letter)),
    ),
  )
  const count = range.kind === 'interval' ? add(range.to, negate(range.from), one) : (options.siteCount ?? null)
  return {
    letter: first.letter,
    range,
    siteCount: options.siteCount ?? count,
    density,
    constant: add(...constants),
    neglected,
  }
}

const sameRange = (a: Range, b: Range): boolean =>
  a.kind === 'interval' && b.kind === 'interval'
    ? sameTree(a.from, b.from) && sameTree(a.to, b.to)
    : JSON.stringify(a) === JSON.stringify(b)

/** The energy as an expression again: constant + sum over sites. */
export const ringExpression = (ring: RingEnergy): Expression => add(ring.constant, sumOverSites(ring, ring.density))

/** A sum over the ring's sites of a summand; prefactors that hold no site index stay inside. */
export const sumOverSites = (ring: Pick<RingEnergy, 'letter' | 'range'>, body: Expression): Expression => ({
  kind: 'indexedSum',
  index: ring.letter,
  range: ring.range,
  body,
})

/** The number of sites, or DomainError saying how to give it. */
export function sitesOf(ring: RingEnergy): Expression {
  if (!ring.siteCount) throw new DomainError('the sum over sites names no bounds: give the number of sites (siteCount)')
  return ring.siteCount
}

/** The field `field^l` at site `l + offset`, in the ring's letter. */
export function fieldAt(
  ring: Pick<RingEnergy, 'letter'>,
  field: IndexedNode,
  offset: number,
  ownLetter: string,
): IndexedNode {
  return {
    ...field,
    indices: field.indices.map((s) => (s.index.letter === ownLetter ? { ...s, index: index(ring.letter, offset) } : s)),
  }
}

/** The letter of the field's site index: the ring's where it occurs, else the only letter it has. */
export function siteLetter(ring: Pick<RingEnergy, 'letter'>, field: IndexedNode): string {
  const letters = field.indices.map((s) => s.index.letter).filter((l): l is string => l !== null)
  const letter = letters.includes(ring.letter) ? ring.letter : letters.length === 1 ? letters[0] : undefined
  if (letter === undefined) throw new DomainError(`the field ${field.name} has no index that says which site it is on`)
  return letter
}

/** Where a field occurs in an expression: its offsets from the site `l`, rising. */
export function offsetsOf(ring: Pick<RingEnergy, 'letter'>, field: IndexedNode, e: Expression): readonly number[] {
  const letter = siteLetter(ring, field)
  const found = new Set<number>()
  some(e, (node) => {
    if (node.kind === 'indexed' && node.name === field.name) {
      const site = node.indices.find((s) => s.index.letter === ring.letter)
      const at = site?.index.offset
      if (at !== undefined && sameTree(fieldAt(ring, field, at, letter), node)) found.add(at)
    }
    return false
  })
  return [...found].sort((a, b) => a - b)
}

/** One occurrence of a field: which field, how far from the site, and the node itself. */
export interface Occurrence {
  readonly field: number
  readonly offset: number
  readonly node: IndexedNode
}

/** All occurrences of the fields in an expression. */
export const occurrencesOf = (
  ring: Pick<RingEnergy, 'letter'>,
  fields: readonly IndexedNode[],
  e: Expression,
): readonly Occurrence[] =>
  fields.flatMap((f, field) =>
    offsetsOf(ring, f, e).map((offset) => ({ field, offset, node: fieldAt(ring, f, offset, siteLetter(ring, f)) })),
  )

/** The fields, and the values they take in a uniform configuration (usually symbols such as `r^*`). */
export interface UniformOptions extends RingOptions {
  /** The quantities that the energy is an energy of, each at a site: `r^l`. */
  readonly fields: readonly IndexedNode[]
  /** What each field is at every site of the uniform configuration, in the same order: a scalar `r^*`, or its value. */
  readonly uniform: readonly Expression[]
}

/** The density where every field has its uniform value. Throws DomainError where a site index is left over. */
export function uniformDensity(energy: Formula | Expression | RingEnergy, options: UniformOptions): Expression {
  requireQuantities(options.fields, 'fields')
  const ring = ringEnergy(energy, options)
  if (options.fields.length !== options.uniform.length)
    throw new DomainError(`${options.fields.length} fields were named, but ${options.uniform.length} uniform values`)
  const pairs = occurrencesOf(ring, options.fields, ring.density).map(
    (o) => [o.node, options.uniform[o.field] ?? zero] as const,
  )
  const density = substitute(ring.density, table(pairs))
  const left = some(density, (n) => n.kind === 'indexed' && n.indices.some((s) => s.index.letter === ring.letter))
  if (left) throw new DomainError('the energy holds a quantity with a site index that is not among the fields')
  return density
}

/**
 * The energy of the uniform configuration: number of sites times the density there, plus the constant.
 *
 * @param energy a premise, its last side, or a ring's energy that was read before
 * @param options `notation`, `fields`, `uniform`; put the saddle's value into `uniform` for the energy at the saddle
 * @throws DomainError where the energy is not a ring's, holds another quantity with a site, or the number of sites is not known
 */
export function uniformEnergy(energy: Formula | Expression | RingEnergy, options: UniformOptions): Expression {
  const ring = ringEnergy(energy, options)
  return add(ring.constant, multiply(sitesOf(ring), uniformDensity(ring, options)))
}

/** Shifts the site index everywhere: `l` becomes `l + by`. */
export const shiftSites = (e: Expression, letter: string, by: number): Expression =>
  mapIndices(e, (s) =>
    s.index.letter === letter ? { ...s, index: { ...s.index, offset: s.index.offset + by * s.index.sign } } : s,
  )

/**
 * The energy of a Boltzmann weight: minus the logarithm of an integrand such as
 * `\int [dz] \exp[-...]` or `\prod_l \int dr^l (r^l)^{N-1} \exp[...]`, with the measures taken off. Throws DomainError
 * where there is no exponential.
 */
export function boltzmannEnergy(weight: Formula | Expression): Expression {
  const minusLog = (e: Expression): Expression => {
    if (e.kind === 'measureIntegral' || e.kind === 'integral') return minusLog(e.body)
    if (e.kind === 'indexedProduct') {
      // A product of measures reaches over what stands behind it; an exponential with a sum of its own stands once.
      const { index: letter, range } = e
      const stripped = withoutMeasures(e.body)
      return add(
        ...factorsOf(stripped).map((factor) => {
          const body = minusLog(factor)
          const depends = typeof letter !== 'string' || mentionsFreely(factor, letter) || !sumsOver(factor, letter)
          return depends ? { kind: 'indexedSum' as const, index: letter, range, body } : body
        }),
      )
    }
    if (e.kind === 'product') return add(...factorsOf(e).map(minusLog))
    if (e.kind === 'function' && e.name === 'exp') return negated(e.arguments[0] ?? zero)
    if (e.kind === 'power' && e.base.kind === 'constant' && e.base.name === 'e') return negated(e.exponent)
    if (e.kind === 'power') return multiply(e.exponent, minusLog(e.base))
    return negate({ kind: 'function', name: 'log', arguments: [e] })
  }
  const side = lastSide(weight)
  if (
    !some(
      side,
      (n) => (n.kind === 'function' && n.name === 'exp') || (n.kind === 'power' && keyOf(n.base).includes('"e"')),
    )
  )
    throw new DomainError('a Boltzmann weight needs an exponential')
  return minusLog(side)
}

/** Whether an expression holds a sum or product over a letter. */
const sumsOver = (e: Expression, letter: string): boolean =>
  some(e, (n) => (n.kind === 'indexedSum' || n.kind === 'indexedProduct') && n.index === letter)

const withoutMeasures = (e: Expression): Expression =>
  e.kind === 'measureIntegral' || e.kind === 'integral' ? withoutMeasures(e.body) : e

/** Whether a letter occurs outside sums that bind it. */
const mentionsFreely = (e: Expression, letter: string): boolean =>
  (e.kind === 'indexedSum' || e.kind === 'indexedProduct') && e.index === letter
    ? false
    : ((e.kind === 'indexed' || e.kind === 'apply') && e.indices.some((s) => s.index.letter === letter)) ||
      (e.kind === 'symbol' && e.name === letter) ||
      children(e).some((c) => mentionsFreely(c, letter))

const negated = (e: Expression): Expression => add(...termsOf(e).map(negate))
