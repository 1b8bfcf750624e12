import fc from 'fast-check'
import { DomainError, InputError } from '../../expression/errors.js'
import { type Expression, type Formula, type Relation, symbol } from '../../expression/expression.js'
import type { Notation } from '../../expression/notation.js'
import { real } from '../../numeric/arithmetic.js'
import type { Depth, Region } from '../derivation.js'
import type { Witness } from '../evidence.js'
import { realIn } from './arbitrary.js'
import { valueText } from './domain-value.js'
import { type Rewriting, rewrite } from './replace.js'
import { needsOf, type Vocabulary, vocabularyOf, type World } from './world.js'
import { WorldEvaluator } from './world-value.js'

export interface RegionResult {
  readonly outcome: 'holds' | 'refuted' | 'undecided'
  readonly witness: Witness | null
  /** Points compared, and how many of them lay within a millionth of the derived boundary. */
  readonly points: number
  readonly boundary: number
  readonly reason: string
}

type Point = ReadonlyMap<string, number>

interface RegionOptions {
  readonly seed: number
  readonly depth: Depth
  /** Leave the first point of disagreement as it is found. */
  readonly briefly?: boolean
}

const pointsAt: Readonly<Record<Depth, number>> = { quick: 200, standard: 1000, full: 10_000 }

/**
 * Compares a printed inequality with the region that was derived: over many points of the domain, and on both sides of
 * the derived boundary, closed in on between points inside and outside.
 */
export function compareRegion(
  claimed: Formula,
  region: Region,
  notation: Notation,
  abbreviations: readonly Rewriting[],
  options: RegionOptions,
): RegionResult {
  const vocabulary = vocabularyOf(notation)
  const stated = needsOf(vocabulary, claimed.sides).scalars
  const { points, near, mixed } = surveyed(region, notation, abbreviations, options)
  let compared = 0
  for (const [position, { point, inside: is }] of [...points, ...near].entries()) {
    const says = truthAt(claimed, point, vocabulary)
    if (says === null) continue
    compared += 1
    if (says !== is)
      return {
        outcome: 'refuted',
        witness: witnessAt(
          says,
          is,
          options.briefly ? point : simplest(claimed, point, points, stated, vocabulary),
          region,
          stated,
        ),
        points: compared,
        boundary: Math.max(0, position - points.length),
        reason: `the printed condition is ${says ? 'met' : 'not met'} where ${region.describe} is ${is ? 'true' : 'false'}`,
      }
  }
  // A condition that is never, or always, met within the domain has not been put to the test.
  if (compared < 20 || !mixed)
    return {
      outcome: 'undecided',
      witness: null,
      points: compared,
      boundary: near.length,
      reason:
        compared < 20
          ? 'the printed condition has a value at too few points'
          : 'the derived region is the whole domain, or none of it: widen the domain of its symbols',
    }
  return { outcome: 'holds', witness: null, points: compared, boundary: near.length, reason: '' }
}

/** A point, and whether it lies in the derived region. */
interface Surveyed {
  readonly point: Point
  readonly inside: boolean
}

/** What is known of a region before any condition is compared with it. */
interface Survey {
  readonly points: readonly Surveyed[]
  /** Points next to the boundary. */
  readonly near: readonly Surveyed[]
  /** Whether some points lie inside and some outside. */
  readonly mixed: boolean
}

/** A survey with all that it was made from. */
interface KeptSurvey {
  readonly notation: Notation
  readonly abbreviations: readonly Rewriting[]
  readonly seed: number
  readonly depth: Depth
  readonly survey: Survey
}

const surveys = new WeakMap<Region, KeptSurvey>()

/** The survey of a region, made once for all conditions that are compared with it. */
function surveyed(
  region: Region,
  notation: Notation,
  abbreviations: readonly Rewriting[],
  options: RegionOptions,
): Survey {
  const { seed, depth } = options
  const kept = surveys.get(region)
  const same =
    kept?.notation === notation &&
    kept.seed === seed &&
    kept.depth === depth &&
    kept.abbreviations.length === abbreviations.length &&
    kept.abbreviations.every((abbreviation, k) => abbreviation === abbreviations[k])
  if (same) return kept.survey
  const survey = explore(region, notation, abbreviations, options)
  surveys.set(region, { notation, abbreviations, seed, depth, survey })
  return survey
}

function explore(
  region: Region,
  notation: Notation,
  abbreviations: readonly Rewriting[],
  options: RegionOptions,
): Survey {
  const vocabulary = vocabularyOf(notation)
  const complete = completer(notation, vocabulary, abbreviations)
  const survey = (point: Point): Surveyed => ({ point, inside: region.contains(point) })
  const points = pointsFor(notation, complete, options).map(survey)
  const inside = points.filter((point) => point.inside)
  const outside = points.filter((point) => !point.inside)
  const mixed = inside.length > 0 && outside.length > 0
  const near = mixed
    ? inside
        .slice(0, 50)
        .flatMap(({ point }, k) => closeIn(point, outside[k % outside.length]!.point, region, complete))
    : []
  return { points, near: near.map(survey), mixed }
}

/** Points with a value for every scalar of the notation; those that are defined by others have theirs from them. */
function pointsFor(notation: Notation, complete: Complete, { seed, depth }: RegionOptions): readonly Point[] {
  const free = notation.symbols.filter((s) => s.kind === 'scalar' && s.definition === null)
  const arbitrary = fc
    .tuple(...free.map((s) => realIn(s.domain)))
    .map((values): Point => new Map(free.map((s, k) => [s.name, values[k]!])))
  return fc.sample(arbitrary, { seed: seed | 0, numRuns: pointsAt[depth] }).map(complete)
}

type Complete = (point: Point) => Point

/** Gives a point the values of the scalars that are defined by others. */
function completer(notation: Notation, vocabulary: Vocabulary, abbreviations: readonly Rewriting[]): Complete {
  const defined = notation.symbols
    .filter((s) => s.kind === 'scalar' && s.definition !== null)
    .map((s) => ({ name: s.name, value: rewrite(symbol(s.name), abbreviations) }))
  return (point) => {
    const all = new Map(point)
    for (const { name, value } of defined) {
      try {
        all.set(name, valueAt(value, point, vocabulary))
      } catch (error) {
        // Where a definition has no value, the region is asked without it.
        if (!(error instanceof InputError)) throw error
      }
    }
    return all
  }
}

/** Two points on either side of the boundary, a millionth of the way apart, and two a thousandth apart. */
function closeIn(inside: Point, outside: Point, region: Region, complete: Complete): readonly Point[] {
  const between = (t: number): Point =>
    complete(new Map([...inside].map(([name, value]) => [name, value + t * (outside.get(name)! - value)])))
  let low = 0
  let high = 1
  for (let k = 0; k < 40 && high - low > 1e-7; k++) {
    const middle = (low + high) / 2
    if (region.contains(between(middle))) low = middle
    else high = middle
  }
  const centre = (low + high) / 2
  return [1e-6, 1e-3]
    .flatMap((width) => [centre - width, centre + width])
    .filter((t) => t > 0 && t < 1)
    .map(between)
}

function truthAt(claimed: Formula, point: Point, vocabulary: Vocabulary): boolean | null {
  try {
    const values = claimed.sides.map((side) => valueAt(side, point, vocabulary))
    return claimed.relations.every((relation, k) => compareValues(values[k]!, relation, values[k + 1]!))
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

function valueAt(e: Expression, point: Point, vocabulary: Vocabulary): number {
  const world: World = { scalars: point, seed: 1, size: 4, grain: 0 }
  return new WorldEvaluator(world, vocabulary, real, 4).value(e)
}

function compareValues(a: number, relation: Relation, b: number): boolean {
  switch (relation) {
    case '<':
      return a < b
    case '>':
      return a > b
    case '≤':
      return a <= b
    case '≥':
      return a >= b
    default:
      throw new DomainError(`the relation ${relation} does not say where a condition is met`)
  }
}

/** Among the points at which the two disagree, the one written most simply. */
function simplest(
  claimed: Formula,
  found: Point,
  points: readonly Surveyed[],
  stated: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Point {
  const length = (point: Point): number => [...stated].map((name) => valueText(point.get(name) ?? 0)).join('').length
  return points
    .filter(({ point, inside }) => {
      const says = truthAt(claimed, point, vocabulary)
      return says !== null && says !== inside
    })
    .reduce((best, { point }) => (length(point) < length(best) ? point : best), found)
}

/** A point that notes which of its values are asked for. */
class NotingPoint extends Map<string, number> {
  readonly asked = new Set<string>()

  override get(name: string): number | undefined {
    this.asked.add(name)
    return super.get(name)
  }
}

/** Everything at the point that the printed condition or the region depends on. */
function dependedOn(point: Point, region: Region, stated: ReadonlySet<string>): Witness['at'] {
  const noting = new NotingPoint(point)
  region.contains(noting)
  const names = new Set([...stated, ...noting.asked])
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = point.get(name)
      return value === undefined ? [] : [[name, valueText(value)]]
    }),
  )
}

const witnessAt = (says: boolean, is: boolean, point: Point, region: Region, stated: ReadonlySet<string>): Witness => ({
  at: dependedOn(point, region, stated),
  left: says ? 'condition met' : 'condition not met',
  right: is ? 'inside the region' : 'outside the region',
  note: region.describe,
})
