import { DomainError, LimitError } from '../expression/errors.js'
import {
  type ApplyNode,
  add,
  children,
  type Expression,
  half,
  type IndexedNode,
  keyOf,
  multiply,
  negate,
  rational,
  type SymbolNode,
  subtract,
  symbol,
  zero,
} from '../expression/expression.js'
import { reachOf } from '../expression/reach.js'
import { freeSymbols, shiftIndex, substitute, substituteLetter } from '../expression/substitute.js'
import { real } from '../numeric/arithmetic.js'
import { exactly, withBudget } from '../numeric/budget.js'
import { environmentOf, evaluate } from '../numeric/evaluate.js'
import { derivativeOf } from './derivative.js'
import { decideEqual, type Equality, type EqualityOptions, findWitness, searchSteps, tooLongToTry } from './equality.js'
import { isZeroFraction } from './fraction.js'
import { Normalizer } from './normalizer.js'
import { lettersOf } from './sample.js'

export interface RingOptions extends EqualityOptions {
  /** The letter of the site that is summed over. */
  readonly letter: string
  /** How many sites the ring has, where that is written; a witness's ring then has as many. */
  readonly siteCount?: Expression | null
}

/** Quantities that carry the letter, by what remains of them when the letter's offset is taken away. */
function quantitiesOn(e: Expression, letter: string): ReadonlyMap<string, readonly (readonly [IndexedNode, number])[]> {
  const found = new Map<string, Map<string, readonly [IndexedNode, number]>>()
  const visit = (node: Expression): void => {
    if (node.kind === 'indexed') {
      const carrying = node.indices.filter((s) => s.index.letter === letter)
      if (carrying.length > 0) {
        const { offset, sign } = carrying[0]!.index
        if (sign < 0)
          throw new DomainError(`${node.name} has the site -${letter}; a ring density needs sites ${letter} + n`)
        const home = keyOf(shiftIndex(node, letter, -offset))
        const group = found.get(home) ?? new Map<string, readonly [IndexedNode, number]>()
        group.set(keyOf(node), [node, offset])
        found.set(home, group)
      }
    }
    for (const c of children(node)) visit(c)
  }
  visit(e)
  return new Map([...found].map(([home, group]) => [home, [...group.values()]]))
}

/** The derivative of sum_l density with respect to each quantity at site l: the shifted partial derivatives added up. */
export function discreteEuler(density: Expression, letter: string): ReadonlyMap<string, Expression> {
  const result = new Map<string, Expression>()
  for (const [home, places] of quantitiesOn(density, letter))
    result.set(
      home,
      add(...places.map(([node, offset]) => shiftIndex(derivativeOf(density, node, 1), letter, -offset))),
    )
  return result
}

/** The density with every quantity that carries the letter at one and the same site. */
const uniform = (density: Expression, letter: string): Expression =>
  substitute(density, (node) => {
    if (node.kind !== 'indexed') return undefined
    const slot = node.indices.find((s) => s.index.letter === letter)
    return slot ? shiftIndex(node, letter, -slot.index.offset) : undefined
  })

/**
 * Whether two summands give the same sum over every ring (of more sites than they reach over): their difference is a
 * total difference exactly when its discrete Euler operator vanishes and it is zero on uniform configurations. The
 * witness is the smallest ring, of 3 to 5 sites or of more than twice as many as the summands reach over, and simple values on it at which the two sums differ.
 */
export function ringDensitiesEqual(f: Expression, g: Expression, options: RingOptions): Equality {
  const { letter } = options
  const gap = subtract(f, g)
  let limit = ''
  try {
    const same = exactly(() => {
      const normalizer = new Normalizer(options)
      const vanishes = (e: Expression): boolean => isZeroFraction(normalizer.of(e))
      if (vanishes(gap)) return true
      return [...discreteEuler(gap, letter).values()].every(vanishes) && vanishes(uniform(gap, letter))
    })
    if (same) return { outcome: 'equal' }
  } catch (error) {
    if (!(error instanceof LimitError)) throw error
    limit = error.detail
  }
  const total = (body: Expression): Expression => ({
    kind: 'indexedSum',
    index: letter,
    range: { kind: 'family', family: 'ring' },
    body,
  })
  // One budget for all rings together.
  const search = withBudget(searchSteps, tooLongToTry, () => searchRings(total(f), total(g), options))
  if ('outcome' in search) return search
  const { agreed, reason } = search
  if (limit) return { outcome: 'undecided', reason: limit }
  return {
    outcome: 'undecided',
    reason: agreed > 0 ? `the sums agree at ${agreed} points, which proves nothing` : `no point was found: ${reason}`,
  }
}

/** Rings are not made larger for sites that are farther apart. */
const farthest = 12

function searchRings(
  f: Expression,
  g: Expression,
  options: RingOptions,
): Equality | { readonly agreed: number; readonly reason: string } {
  let agreed = 0
  let reason = ''
  // On a ring of few sites different distances are the same, and different sums may be.
  const distance = reachOf([f, g], (letter) => letter === options.letter)
  const least = 2 * Math.max(1, Math.min(distance, farthest), lettersOf([f, g]).reach) + 1
  for (const members of [least, least + 1, least + 2]) {
    const sizes = sizesFor(members, options)
    if (sizes === null) {
      reason ||= 'no small ring has the number of sites that is written'
      continue
    }
    const sized = (e: Expression): Expression =>
      substitute(e, (node) => {
        const size = node.kind === 'symbol' ? sizes.get(node.name) : undefined
        return size === undefined ? undefined : rational(size)
      })
    const search = findWitness(sized(f), sized(g), { attempts: 20, ...options, members })
    if (search.witness) {
      const values = [...[...sizes].map(([name, size]) => [name, String(size)] as const), ...search.witness.values]
      return { outcome: 'different', witness: { ...search.witness, values } }
    }
    agreed += search.agreed
    reason ||= search.reason
  }
  return { agreed, reason }
}

/** The value of the symbol in a written number of sites, `L + 1`, on a ring of so many; null where there is no such ring. */
function sizesFor(members: number, { siteCount, domains }: RingOptions): ReadonlyMap<string, number> | null {
  if (!siteCount) return new Map()
  const [name, ...others] = freeSymbols(siteCount)
  const countAt = (value: number): number => evaluate(siteCount, environmentOf(new Map([[name ?? '', value]])), real)
  if (others.length > 0) return null
  if (name === undefined) return countAt(0) === members ? new Map() : null
  const value = members - countAt(0)
  const domain = domains?.get(name)
  const inside = domain === undefined || (value >= domain.minimum && value <= domain.maximum)
  return inside && countAt(value) === members ? new Map([[name, value]]) : null
}

export interface FunctionalOptions extends EqualityOptions {
  /** Name of the continuous variable. */
  readonly variable: string
  /** Names of the fields, functions of that variable. */
  readonly fields: readonly string[]
}

const jetName = (field: string, order: number): string => `${field} derivative ${order}`

/** The density with fields and their derivatives as independent symbols. */
function toJets(e: Expression, options: FunctionalOptions): { readonly density: Expression; readonly order: number } {
  let order = 0
  const isField = (node: Expression): node is ApplyNode =>
    node.kind === 'apply' &&
    options.fields.includes(node.name) &&
    node.arguments.length === 1 &&
    node.arguments[0]!.kind === 'symbol' &&
    node.arguments[0]!.name === options.variable
  const jetOf = (node: Expression): { field: string; order: number } | null => {
    if (isField(node)) return { field: node.name, order: 0 }
    if (node.kind !== 'derivative' || node.variable.kind !== 'symbol' || node.variable.name !== options.variable)
      return null
    const inner = jetOf(node.of)
    return inner && { field: inner.field, order: inner.order + node.order }
  }
  const density = substitute(e, (node) => {
    const jet = jetOf(node)
    if (!jet) return node.kind === 'derivative' ? derivativeOfDensity(node.of, node.order) : undefined
    order = Math.max(order, jet.order)
    return symbol(jetName(jet.field, jet.order))
  })
  function derivativeOfDensity(of: Expression, times: number): Expression {
    const inner = toJets(of, options)
    let result = inner.density
    for (let k = 0; k < times; k++) result = totalDerivative(result, inner.order + k, options)
    order = Math.max(order, inner.order + times)
    return result
  }
  return { density, order }
}

function totalDerivative(e: Expression, order: number, options: FunctionalOptions): Expression {
  const terms = [derivativeOf(e, symbol(options.variable), 1)]
  for (const field of options.fields)
    for (let k = 0; k <= order; k++) {
      const partial = derivativeOf(e, symbol(jetName(field, k)), 1)
      if (partial !== zero) terms.push(multiply(partial, symbol(jetName(field, k + 1))))
    }
  return add(...terms)
}

/** Functional derivatives of the integral of a density, one for each field, over jet symbols (`epsilon derivative 2`). */
export function eulerLagrange(density: Expression, options: FunctionalOptions): readonly Expression[] {
  return exactly(() => derivativesByFields(density, options))
}

function derivativesByFields(density: Expression, options: FunctionalOptions): readonly Expression[] {
  const jets = toJets(density, options)
  return options.fields.map((field) => {
    const terms: Expression[] = []
    for (let k = 0; k <= jets.order; k++) {
      const variable: SymbolNode = symbol(jetName(field, k))
      let term = derivativeOf(jets.density, variable, 1)
      for (let j = 0; j < k; j++) term = totalDerivative(term, jets.order + j, options)
      terms.push(k % 2 === 0 ? term : negate(term))
    }
    return add(...terms)
  })
}

/**
 * Whether two densities have the same integral for all fields, boundary terms dropped: their difference is a total
 * derivative exactly when its Euler-Lagrange derivatives vanish, and it must vanish for vanishing fields. A witness
 * gives values of the fields' derivatives at which the two functional derivatives differ.
 */
export function functionalDensitiesEqual(f: Expression, g: Expression, options: FunctionalOptions): Equality {
  const left = eulerLagrange(f, options)
  const right = eulerLagrange(g, options)
  for (const [k, e] of left.entries()) {
    const decided = decideEqual(e, right[k]!, options)
    if (decided.outcome !== 'equal') return decided
  }
  const atZero = (e: Expression): Expression => {
    const { density, order } = toJets(e, options)
    const names = new Set(
      options.fields.flatMap((field) => Array.from({ length: order + 1 }, (_, k) => jetName(field, k))),
    )
    return substitute(density, (node) => (node.kind === 'symbol' && names.has(node.name) ? zero : undefined))
  }
  return decideEqual(atZero(f), atZero(g), options)
}

export interface ModeOptions extends EqualityOptions {
  /** The letter of the mode that is summed over; the sum is taken to be closed under its change of sign. */
  readonly letter: string
}

/** The part of a summand over modes that survives q -> -q. */
export const symmetrised = (e: Expression, letter: string): Expression =>
  multiply(half, add(e, substituteLetter(e, letter, { letter, sign: -1, offset: 0 })))

/** Whether two summands give the same sum over every set of modes that is closed under q -> -q. */
export function modeSumsEqual(f: Expression, g: Expression, options: ModeOptions): Equality {
  return decideEqual(symmetrised(f, options.letter), symmetrised(g, options.letter), options)
}
