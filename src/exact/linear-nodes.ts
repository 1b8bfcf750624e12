import {
  add,
  children,
  type Expression,
  type Index,
  type IndexedSumNode,
  type IndexSlot,
  type IntegralNode,
  mapChildren,
  negate,
  one,
  type Range,
  symbol,
} from '../expression/expression.js'
import { spend } from '../numeric/budget.js'
import { oneFraction, zeroFraction } from './fraction.js'
import type { Fraction } from './generators.js'
import type { Normalizer } from './normalizer.js'
import { onePolynomial, type Polynomial } from './polynomial.js'

const renameIndex = (index: Index, from: string, to: string): Index =>
  index.letter === from ? { ...index, letter: to } : index

const renameSlots = (indices: readonly IndexSlot[], from: string, to: string): readonly IndexSlot[] =>
  indices.map((s) => ({ slot: s.slot, index: renameIndex(s.index, from, to) }))

/** The formula with a letter renamed in index slots and on the base line, inner bindings of the same letter excepted. */
export function renameLetter(e: Expression, from: string, to: string): Expression {
  switch (e.kind) {
    case 'symbol':
      return e.name === from ? symbol(to) : e
    case 'indexed':
      return { ...e, indices: renameSlots(e.indices, from, to) }
    case 'apply':
      return {
        ...e,
        indices: renameSlots(e.indices, from, to),
        arguments: e.arguments.map((a) => renameLetter(a, from, to)),
      }
    case 'indexedSum':
    case 'indexedProduct':
      if (e.index === from) return e
      return mapChildren(e, (c) => renameLetter(c, from, to))
    case 'integral':
      return e.variable === from ? e : mapChildren(e, (c) => renameLetter(c, from, to))
    default:
      return mapChildren(e, (c) => renameLetter(c, from, to))
  }
}

/** Whether a letter or variable occurs, in an index slot or on the base line. */
export function mentions(e: Expression, letter: string): boolean {
  if (e.kind === 'symbol') return e.name === letter
  if ((e.kind === 'indexed' || e.kind === 'apply') && e.indices.some((s) => s.index.letter === letter)) return true
  return children(e).some((c) => mentions(c, letter))
}

/** How many sums and integrals are nested below: names the dummy so that inner and outer ones differ. */
function depthOf(e: Expression): number {
  const inner = Math.max(0, ...children(e).map(depthOf))
  return e.kind === 'indexedSum' || e.kind === 'indexedProduct' || e.kind === 'integral' ? inner + 1 : inner
}

/**
 * A denominator as what must stay below a sum or an integral and what goes before it. Of a product of powers each goes where
 * it belongs, so that the form does not depend on what it happened to stand beside; of a sum all stays, or none.
 */
function splitDenominator(
  denominator: Polynomial,
  dependsOn: (id: number) => boolean,
): readonly [Polynomial, Polynomial] {
  if (!generatorsOf(denominator).some(dependsOn)) return [onePolynomial, denominator]
  const [only, ...others] = denominator
  if (only === undefined || others.length > 0) return [denominator, onePolynomial]
  const [monomial, coefficient] = only
  const [within, without] = separated(monomial, dependsOn)
  return [new Map([[strip(within), 1n]]), new Map([[strip(without), coefficient]])]
}

/** The powers of generators that depend on something, and the others, in a monomial's own writing. */
function separated(monomial: string, dependsOn: (id: number) => boolean): readonly [string, string] {
  let [within, without] = ['', '']
  for (let id = 0; id < monomial.length; id++) {
    const character = monomial[id]!
    const dependent = monomial.charCodeAt(id) > 0 && dependsOn(id)
    within += dependent ? character : '\0'
    without += dependent ? '\0' : character
  }
  return [within, without]
}

/** A sum or integral as a combination of generators: one for each part of the body that depends on the dummy. */
export function distribute(e: IndexedSumNode | IntegralNode, normalizer: Normalizer): Fraction {
  const { field, table } = normalizer
  const letter = e.kind === 'integral' ? e.variable : e.index
  const range = canonicalRange(e, normalizer)
  const realRange = children(e).every((c) => c === e.body || normalizer.isRealAtom(c))
  if (typeof letter !== 'string')
    return normalizer.atom({ ...(e as IndexedSumNode), range: range as Range, body: normalizer.canonical(e.body) })
  // A name for the time being; the final one counts what is nested inside each part.
  const dummy = `bound${depthOf(e)}`
  const body = normalizer.of(renameLetter(e.body, letter, dummy))
  const depends = new Map<number, boolean>()
  const dependsOn = (id: number): boolean => {
    const known = depends.get(id)
    if (known !== undefined) return known
    const answer = mentions(normalizer.expression(field.generator(id)), dummy)
    depends.set(id, answer)
    return answer
  }
  const makes = (inside: Fraction): Fraction => {
    const part = normalizer.expression(inside)
    if (inside === oneFraction && e.kind === 'indexedSum' && e.range.kind === 'interval')
      return normalizer.of(add(e.range.to, negate(e.range.from), one))
    const name = `dummy${depthOf(part) + 1}`
    const renamed = renameLetter(part, dummy, name)
    const atom: Expression =
      e.kind === 'integral'
        ? { ...e, ...(range as Bounds), variable: name, body: renamed }
        : { ...e, range: range as Range, index: name, body: renamed }
    // Over a real range a sum is real where its terms are.
    return normalizer.atom(atom, normalizer.isRealForm(inside) && realRange)
  }
  const [inside, outside] = splitDenominator(body.denominator, dependsOn)
  // Terms are gathered by the factor that depends on the dummy.
  const groups = new Map<string, Map<string, bigint>>()
  for (const [m, c] of body.numerator) {
    spend(4 + m.length)
    const [within, without] = separated(m, dependsOn)
    const key = strip(within)
    const group = groups.get(key) ?? new Map<string, bigint>()
    group.set(strip(without), c)
    groups.set(key, group)
  }
  let result = zeroFraction
  for (const [within, coefficient] of groups) {
    const part = field.of(new Map([[within, 1n]]), inside)
    const unit = part.numerator.size === 1 && part.numerator.has('') && part.denominator === onePolynomial
    result = field.add(
      result,
      field.multiply(field.polynomial(table.reduce(coefficient)), makes(unit ? oneFraction : part)),
    )
  }
  return field.divide(result, field.polynomial(outside))
}

interface Bounds {
  readonly from: Expression | null
  readonly to: Expression | null
}

function canonicalRange(e: IndexedSumNode | IntegralNode, normalizer: Normalizer): Range | Bounds {
  if (e.kind === 'integral')
    return { from: e.from && normalizer.canonical(e.from), to: e.to && normalizer.canonical(e.to) }
  switch (e.range.kind) {
    case 'interval':
      return { kind: 'interval', from: normalizer.canonical(e.range.from), to: normalizer.canonical(e.range.to) }
    case 'values':
      return { kind: 'values', values: e.range.values.map((v) => normalizer.canonical(v)) }
    default:
      return e.range
  }
}

const strip = (monomial: string): string => {
  let end = monomial.length
  while (end > 0 && monomial.charCodeAt(end - 1) === 0) end--
  return monomial.slice(0, end)
}

function generatorsOf(p: ReadonlyMap<string, bigint>): readonly number[] {
  const used = new Set<number>()
  for (const m of p.keys()) for (let k = 0; k < m.length; k++) if (m.charCodeAt(k) > 0) used.add(k)
  return [...used]
}
