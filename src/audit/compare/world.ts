import type { Expression, IndexedSumNode } from '../../expression/expression.js'
import { children } from '../../expression/expression.js'
import type { Domain, IndexFamily, Notation, SymbolDeclaration } from '../../expression/notation.js'
import { reachOf } from '../../expression/reach.js'
import { valueFrom } from './domain-value.js'
import { unitHash } from './hash.js'

/**
 * One small instance of everything a formula speaks of: values for its scalars, a number of members for its families
 * of indices, and from a seed the values of its fields, modes and functions. Two formulas that mean the same have the
 * same value in every world.
 */
export interface World {
  readonly scalars: ReadonlyMap<string, number>
  readonly seed: number
  /** Members of a family that no written bound limits: sites, modes. */
  readonly size: number
  /** Field values are multiples of 1/grain, so that a witness can be read; 0 leaves them as drawn. */
  readonly grain: number
}

/** The declarations of a notation by what formulas call things. */
export interface Vocabulary {
  readonly symbols: ReadonlyMap<string, SymbolDeclaration>
  /** Families by the letters of their members, and by name. */
  readonly byLetter: ReadonlyMap<string, IndexFamily>
  readonly byName: ReadonlyMap<string, IndexFamily>
  /** Scalars by LaTeX form: an index such as the `L` of `z^L` is written with one. */
  readonly byForm: ReadonlyMap<string, SymbolDeclaration>
}

export function vocabularyOf(notation: Notation): Vocabulary {
  return {
    symbols: new Map(notation.symbols.map((s) => [s.name, s])),
    byLetter: new Map(notation.families.flatMap((f) => f.letters.map((letter) => [letter, f] as const))),
    byName: new Map(notation.families.map((f) => [f.name, f])),
    byForm: new Map(
      notation.symbols.filter((s) => s.kind === 'scalar').flatMap((s) => s.latex.map((form) => [form, s] as const)),
    ),
  }
}

/** A real value of a declared quantity at a place, drawn from the world's seed. */
export function fieldValue(world: World, key: string, domain: Domain | null): number {
  const bounded: Domain = domain ?? {
    minimum: -2,
    maximum: 2,
    includeMinimum: false,
    includeMaximum: false,
    integer: false,
  }
  // Fields enter side by side: one that is a thousand times its neighbour would hide it.
  const narrowed: Domain = {
    ...bounded,
    minimum: Math.max(bounded.minimum, bounded.maximum <= 0 ? Number.NEGATIVE_INFINITY : -3),
    maximum: Math.min(bounded.maximum, Math.max(bounded.minimum, 0) + 3),
  }
  const usable = narrowed.minimum < narrowed.maximum ? narrowed : bounded
  const value = valueFrom(usable, unitHash(`${world.seed} ${key}`))
  if (world.grain === 0) return value
  const rounded = Math.round(value * world.grain) / world.grain
  return rounded > usable.minimum && rounded < usable.maximum ? rounded : value
}

const drawn = new WeakMap<World, Map<string, number>>()

/** The same of a quantity that a formula speaks of many times over: drawn once. A key goes with one domain. */
export function drawnValue(world: World, key: string, domain: Domain | null): number {
  const values = drawn.get(world) ?? new Map<string, number>()
  if (values.size === 0) drawn.set(world, values)
  const known = values.get(key)
  if (known !== undefined) return known
  const value = fieldValue(world, key, domain)
  values.set(key, value)
  return value
}

/** What an expression needs of a world. */
export interface Needs {
  /** Scalars by name. */
  readonly scalars: ReadonlySet<string>
  /** Scalars in the bounds of sums: small numbers only. */
  readonly bounds: ReadonlySet<string>
  /** Letters of families that no sum binds. */
  readonly free: ReadonlySet<string>
  /** How far apart the sites are that the expressions couple. */
  readonly reach: number
  /** Whether they speak of sites or modes of a ring. */
  readonly onRing: boolean
}

/** Collects the scalars, bounds and free letters of expressions. */
export function needsOf(vocabulary: Vocabulary, expressions: readonly Expression[]): Needs {
  const scalars = new Set<string>()
  const bounds = new Set<string>()
  const free = new Set<string>()
  const letter = (name: string, bound: ReadonlySet<string>): void => {
    if (bound.has(name)) return
    if (vocabulary.byLetter.has(name)) free.add(name)
    else {
      const scalar = vocabulary.byForm.get(name)
      if (scalar) {
        scalars.add(scalar.name)
        bounds.add(scalar.name)
      }
    }
  }
  const visit = (e: Expression, bound: ReadonlySet<string>, inBound: boolean): void => {
    if (e.kind === 'symbol') {
      if (bound.has(e.name)) return
      if (vocabulary.symbols.has(e.name)) {
        scalars.add(e.name)
        if (inBound) bounds.add(e.name)
      } else if (vocabulary.byLetter.has(e.name)) free.add(e.name)
      else scalars.add(e.name)
      return
    }
    if (e.kind === 'indexed' || e.kind === 'apply')
      for (const { index } of e.indices) if (index.letter !== null) letter(index.letter, bound)
    if (e.kind === 'indexedSum' || e.kind === 'indexedProduct') {
      visitSum(e, bound)
      return
    }
    if (e.kind === 'integral') {
      for (const end of [e.from, e.to]) if (end) visit(end, bound, inBound)
      visit(e.body, new Set(bound).add(e.variable), inBound)
      return
    }
    if (e.kind === 'measureIntegral') {
      visit(e.body, bound, inBound)
      return
    }
    for (const child of children(e)) visit(child, bound, inBound)
  }
  const visitSum = (e: IndexedSumNode, bound: ReadonlySet<string>): void => {
    if (e.range.kind === 'interval') for (const end of [e.range.from, e.range.to]) visit(end, bound, true)
    if (e.range.kind === 'values') for (const value of e.range.values) visit(value, bound, false)
    visit(e.body, typeof e.index === 'string' ? new Set(bound).add(e.index) : bound, false)
  }
  for (const e of expressions) visit(e, new Set(), false)
  let onRing = false
  const noteRing = (e: Expression): void => {
    if (e.kind === 'indexed' && e.indices.some(({ slot }) => isRing(vocabulary.byName.get(slot)))) onRing = true
    if (e.kind === 'indexedSum' && typeof e.index === 'string' && isRing(vocabulary.byLetter.get(e.index)))
      onRing = true
    if (!onRing) for (const child of children(e)) noteRing(child)
  }
  for (const e of expressions) noteRing(e)
  const isOf = (geometry: IndexFamily['geometry']) => (letter: string) =>
    vocabulary.byLetter.get(letter)?.geometry === geometry
  return { scalars, bounds, free, reach: reachOf(expressions, isOf('periodic'), isOf('modes')), onRing }
}

const isRing = (family: IndexFamily | undefined): boolean =>
  family?.geometry === 'periodic' || family?.geometry === 'modes'
