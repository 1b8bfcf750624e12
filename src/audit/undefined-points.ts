/** Places inside the declared domains at which a formula has no real value: a divisor that vanishes, a root or logarithm of what is not positive. */
import { InputError } from '../expression/errors.js'
import { children, type Expression, type Formula } from '../expression/expression.js'
import type { Domain, Notation, SymbolDeclaration } from '../expression/notation.js'
import { contains, freeSymbols } from '../expression/substitute.js'
import { vocabularyOf } from '../expression/vocabulary.js'
import { toLatex } from '../expression/write-latex.js'
import { real } from '../numeric/arithmetic.js'
import { evaluate } from '../numeric/evaluate.js'
import { findRoot } from '../numeric/roots.js'
import { inDomain, simpleValues, valueFrom, valueText } from './compare/domain-value.js'
import { unitHash } from './compare/hash.js'

/** A place where a formula has no value. */
export interface UndefinedPoint {
  /** What happens there: `1 - \sigma_w^2 vanishes below a fraction line`. */
  readonly what: string
  /** Values of the symbols, by LaTeX. */
  readonly at: ReadonlyMap<string, string>
}

/** A place found by closing in on it: the simple fraction that it is to all digits that were found, else its first twelve. */
function rootText(value: number): string {
  const exact = valueText(value)
  if (exact.includes('/')) return exact
  const near = simpleValues(null).find((simple) => Math.abs(simple - value) < 1e-12 * Math.abs(value))
  return near === undefined ? String(Number(value.toPrecision(12))) : valueText(near)
}

type Fault = 'vanishes' | 'negative' | 'notPositive'

/** A part of a formula that must keep away from zero or below it. */
interface Risk {
  readonly part: Expression
  readonly fault: Fault
  readonly where: string
}

/** Points tried, besides simple ones. */
const scattered = 64
/** Simple values of each symbol, by how many symbols there are. */
const simplePerSymbol = [0, 40, 8, 4, 3]

/**
 * The undefined points of a formula's parts that hold declared scalars alone, one for each part. What holds indices,
 * functions of the author's or sums is not looked at, nor are symbols that abbreviate others.
 */
export function undefinedPoints(formula: Formula, notation: Notation): readonly UndefinedPoint[] {
  const { byName } = vocabularyOf(notation)
  const found = new Map<string, UndefinedPoint>()
  for (const { part, fault, where } of formula.sides.flatMap(risksIn)) {
    if (!isPlain(part)) continue
    const declared = [...freeSymbols(part)].map((name) => byName.get(name))
    if (
      declared.length === 0 ||
      declared.some((one) => one?.kind !== 'scalar' || one.definition !== null || one.complex)
    )
      continue
    const point = faultyPoint(part, fault, declared as readonly SymbolDeclaration[])
    if (point === null) continue
    const what = `$${toLatex(part, notation)}$ ${where}`
    const at = new Map([...point].map(([name, value]) => [byName.get(name)?.latex[0] ?? name, rootText(value)]))
    found.set(what, { what, at })
  }
  return [...found.values()]
}

function risksIn(e: Expression): readonly Risk[] {
  const below = children(e).flatMap(risksIn)
  if (e.kind === 'power' && e.exponent.kind === 'number') {
    const { numerator, denominator } = e.exponent
    if (denominator % 2n === 0n) {
      const risk: Risk =
        numerator < 0n
          ? { part: e.base, fault: 'notPositive', where: 'is not positive under a root below a fraction line' }
          : { part: e.base, fault: 'negative', where: 'is negative under a root' }
      return [risk, ...below]
    }
    if (numerator < 0n) return [{ part: e.base, fault: 'vanishes', where: 'vanishes below a fraction line' }, ...below]
  }
  if (e.kind === 'function' && e.name === 'log')
    return [{ part: e.arguments[0]!, fault: 'notPositive', where: 'is not positive in a logarithm' }, ...below]
  return below
}

const plainKinds: ReadonlySet<Expression['kind']> = new Set([
  'number',
  'constant',
  'symbol',
  'sum',
  'product',
  'power',
  'function',
])
const isPlain = (part: Expression): boolean =>
  !contains(part, (node) => !plainKinds.has(node.kind) || (node.kind === 'constant' && node.name === 'i'))

type Point = ReadonlyMap<string, number>

function faultyPoint(part: Expression, fault: Fault, symbols: readonly SymbolDeclaration[]): Point | null {
  const value = (point: Point): number | null => {
    try {
      return evaluate(part, { symbol: (name) => point.get(name)!, indexed: () => Number.NaN }, real)
    } catch (error) {
      // An inner part has no value here; it is a risk of its own.
      if (error instanceof InputError) return null
      throw error
    }
  }
  const isFaulty = (one: number): boolean =>
    fault === 'vanishes' ? one === 0 : fault === 'negative' ? one < 0 : one <= 0
  let above: Point | null = null
  let under: Point | null = null
  for (const point of pointsOf(symbols)) {
    const one = value(point)
    if (one === null) continue
    if (isFaulty(one)) return point
    if (one > 0) above ??= point
    if (one < 0) under ??= point
  }
  if (fault !== 'vanishes' || above === null || under === null) return null
  return crossing(above, under, (point) => value(point) ?? Number.NaN, symbols)
}

/** Where a part goes through zero between two points. */
function crossing(
  a: Point,
  b: Point,
  value: (point: Point) => number,
  symbols: readonly SymbolDeclaration[],
): Point | null {
  if (symbols.some(({ domain }) => domain?.integer)) return null
  const between = (t: number): Point => new Map([...a].map(([name, from]) => [name, from + t * (b.get(name)! - from)]))
  try {
    const point = between(findRoot((t) => value(between(t)), 0, 1).root)
    const size = Math.abs(value(point))
    // A change of sign through infinity is no zero.
    if (!(size < 1e-6 * Math.max(value(a), -value(b)))) return null
    return symbols.every(({ name, domain }) => inDomain(domain, point.get(name)!)) ? point : null
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

function* pointsOf(symbols: readonly SymbolDeclaration[]): Generator<Point> {
  const each = simplePerSymbol[symbols.length] ?? 2
  const simple = symbols.map(({ name, domain }) =>
    simpleValues(domain)
      .slice(0, each)
      .map((value) => [name, value] as const),
  )
  if (simple.length <= 6) for (const entries of combinations(simple)) yield new Map(entries)
  for (let k = 0; k < scattered; k++)
    yield new Map(
      symbols.map(({ name, domain }) => [name, valueFrom(domain, (unitHash(`${name} ${k}`) + 1e-9) * 0.999999)]),
    )
}

function* combinations<T>(lists: readonly (readonly T[])[]): Generator<readonly T[]> {
  const [first, ...rest] = lists
  if (first === undefined) {
    yield []
    return
  }
  for (const one of first) for (const others of combinations(rest)) yield [one, ...others]
}

/** A named scalar whose printed value is outside its domain wherever it was tried. */
export interface OutsideDomain {
  /** LaTeX of the scalar. */
  readonly what: string
  readonly domain: Domain
  /** One value, and the values of the symbols, by LaTeX, that give it. */
  readonly value: string
  readonly at: ReadonlyMap<string, string>
}

/**
 * The scalar on a formula's first side, where every other side that is `=` to it has a value outside its declared domain at all
 * points that were tried: the other root, say. Null where a value lies inside, or none was found.
 */
export function outsideDomain({ sides, relations }: Formula, notation: Notation): OutsideDomain | null {
  const { byName } = vocabularyOf(notation)
  const [named, ...values] = sides
  const own = named?.kind === 'symbol' ? byName.get(named.name) : undefined
  const domain = own?.domain
  if (!own || !domain || own.definition !== null || relations.some((relation) => relation !== '=')) return null
  const side = values.at(-1)
  if (side === undefined || !isPlain(side)) return null
  const declared = [...freeSymbols(side)].map((name) => byName.get(name))
  if (declared.some((one) => one?.kind !== 'scalar' || one.definition !== null || one.complex)) return null
  const symbols = declared as readonly SymbolDeclaration[]
  if (symbols.some(({ name }) => name === own.name)) return null
  let found: { readonly point: Point; readonly value: number } | null = null
  for (const point of pointsOf(symbols)) {
    const value = valueOrNull(side, point)
    if (value === null) continue
    // A number that is rounded, or at an end of its domain, is no other branch.
    if (isNear(domain, value)) return null
    found ??= { point, value }
  }
  if (found === null) return null
  const at = new Map([...found.point].map(([name, value]) => [byName.get(name)?.latex[0] ?? name, rootText(value)]))
  return { what: own.latex[0] ?? own.name, domain, value: String(Number(found.value.toPrecision(6))), at }
}

function valueOrNull(e: Expression, point: Point): number | null {
  try {
    const value = evaluate(e, { symbol: (name) => point.get(name)!, indexed: () => Number.NaN }, real)
    return Number.isFinite(value) ? value : null
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

const isNear = ({ minimum, maximum }: Domain, value: number): boolean =>
  value >= minimum - 1e-6 * Math.abs(minimum || 1) && value <= maximum + 1e-6 * Math.abs(maximum || 1)
