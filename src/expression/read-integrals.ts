/** Integrals: over variables (`\int dx`), over every component of quantities (`\int [dz]`), with Gaussian measure (`\int Dz`). */
import {
  divide,
  type Expression,
  exp,
  multiply,
  negate,
  one,
  pi,
  power,
  rational,
  sameTree,
  squareRoot,
  symbol,
} from './expression.js'
import { type LawfulVariable, lawAverage } from './laws.js'
import { fillFields, isDifferential, isDifferentialSign } from './read-derivatives.js'
import {
  binding,
  expectText,
  fail,
  isNext,
  peek,
  type ReadState,
  readArgument,
  take,
  takeGroup,
  within,
} from './read-state.js'
import { type BoundIndex, holdsLetter, over, productWithin, readRange } from './read-sums.js'
import { readSymbol, takeName } from './read-symbols.js'
import type { Vocabulary } from './vocabulary.js'

/** Variables of one integral. */
const most = 16

interface Measure {
  readonly of: Expression
  /** `dx` of a plain variable, as against `[dz]` over every component. */
  readonly variable: string | null
  readonly gaussian: boolean
}

/** The quantity behind a `d`. An undeclared letter is a variable. */
function readMeasured(s: ReadState, bracketed: boolean, gaussian: boolean): Measure {
  const token = peek(s)
  if (token?.kind !== 'name') fail(s, 'expected the variable of integration')
  const start = s.position
  const name = takeName(s)
  const letter = name.nucleus + name.primes
  const isPlain = !bracketed && name.subscript === null && name.superscript === null
  if (isPlain && (s.vocabulary.variables.has(letter) || !s.vocabulary.forms.has(name.nucleus))) {
    s.position = name.afterNucleus
    return { of: symbol(letter), variable: letter, gaussian }
  }
  // A bracket behind the differential is the integrand, not an argument.
  const { end } = s
  s.end = s.position
  const of = readSymbol(s, name, true)
  s.end = end
  if (of.kind !== 'symbol' && of.kind !== 'indexed') {
    s.position = start
    fail(s, 'an integral runs over a variable or a declared quantity')
  }
  // \int d\lambda of a quantity that has indices elsewhere: here the letter alone is the variable.
  const slots = of.kind === 'symbol' ? (s.vocabulary.byName.get(of.name)?.slots ?? []) : []
  if (isPlain && slots.some((slot) => !slot.optional)) {
    s.position = name.afterNucleus
    return { of: symbol(letter), variable: letter, gaussian }
  }
  return { of, variable: !bracketed && of.kind === 'symbol' ? of.name : null, gaussian }
}

/** Whether `\frac{dx dy}{c}` begins at the position. */
const isMeasureFraction = (s: ReadState): boolean =>
  isNext(s, '\\frac') && isNext(s, '{', 1) && isDifferentialSign(peek(s, 2)) && peek(s, 3)?.kind === 'name'

/** `d(\delta w)`: a differential of a name of several letters, in brackets. */
const isBracketedDifferential = (s: ReadState): boolean =>
  isNext(s, 'd') && isNext(s, '(', 1) && peek(s, 2)?.kind === 'name' && !s.vocabulary.forms.has('d')

/** What the measures of an integral are divided by, `\frac{dx dy}{2\pi}`, as a factor. */
interface Measures {
  readonly list: readonly Measure[]
  readonly weight: Expression
  /** Products that stand before the measures. */
  readonly ranges: readonly BoundIndex[]
}

const noMeasures: Measures = { list: [], weight: one, ranges: [] }

const joined = (a: Measures, b: Measures): Measures => ({
  list: [...a.list, ...b.list],
  weight: multiply(a.weight, b.weight),
  ranges: [...a.ranges, ...b.ranges.filter((r) => !a.ranges.some((known) => sameRange(known, r)))],
})

const sameRange = (a: BoundIndex, b: BoundIndex): boolean => JSON.stringify(a, plain) === JSON.stringify(b, plain)
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

function readMeasureFraction(s: ReadState): Measures {
  s.position++
  const [from, to] = takeGroup(s, '\\frac')
  const list = within(s, from, to, () => readMeasures(s))
  return { list, weight: power(readArgument(s, '\\frac'), -1), ranges: [] }
}

/**
 * `\int \prod_l dx^l f(x^l) g(x^l)`: the product before the measures is one of the integrand too, as far as its letters stand free there.
 * The arguments of a functional that stands alone, `\int \prod_l dx^l M[x^l]`, name all that it depends on.
 */
function withProducts(ranges: readonly BoundIndex[], body: Expression): Expression {
  const own = ranges.filter(({ index }) => typeof index === 'string' && holdsLetter(body, index))
  const letters = own.map(({ index }) => index)
  return body.kind === 'apply' || own.length === 0 || new Set(letters).size < own.length
    ? body
    : productWithin(own, body)
}

/** `\prod_l \frac{dx^l}{2\pi}`: the measures of every member; null where the product at the position is the integrand's. */
function readMeasureProduct(s: ReadState): Measures | null {
  const start = s.position
  const ranges = readRange(s, take(s, 'a product'))
  const letters = ranges.flatMap((r) => (typeof r.index === 'string' ? [r.index] : []))
  const { list, weight, ranges: inner } = binding(s, letters, () => readMeasureParts(s))
  if (list.length === 0) {
    s.position = start
    return null
  }
  return {
    list,
    weight: sameTree(weight, one) ? one : over(ranges, 'indexedProduct', weight),
    ranges: [...ranges, ...inner],
  }
}

/** Measures in fractions, and products of such over indices. */
function readMeasureParts(s: ReadState): Measures {
  let found = noMeasures
  for (;;) {
    const next = isMeasureFraction(s)
      ? readMeasureFraction(s)
      : isNext(s, '\\prod')
        ? readMeasureProduct(s)
        : isDifferential(s) || isBracketedDifferential(s)
          ? { list: readMeasures(s), weight: one, ranges: [] }
          : null
    if (next === null) return found
    found = joined(found, next)
    if (found.list.length > most) fail(s, `more than ${most} variables in one integral`)
  }
}

function readMeasures(s: ReadState): readonly Measure[] {
  const list: Measure[] = []
  for (;;) {
    if (list.length > most) fail(s, `more than ${most} variables in one integral`)
    if (isBracketedDifferential(s)) {
      s.position++
      const opened = take(s, 'a measure')
      list.push(readMeasured(s, false, false))
      expectText(s, ')', opened)
    } else if (isNext(s, '[') && isDifferentialSign(peek(s, 1)) && peek(s, 2)?.kind === 'name') {
      const opened = take(s, 'a measure')
      s.position++
      list.push(readMeasured(s, true, false))
      expectText(s, ']', opened)
    } else if (isDifferential(s)) {
      s.position++
      list.push(readMeasured(s, false, false))
    } else if (
      (isNext(s, '\\mathcal{D}') || (isNext(s, 'D') && list.every((measure) => measure.gaussian))) &&
      peek(s, 1)?.kind === 'name' &&
      !s.vocabulary.forms.has('\\mathcal{D}')
    ) {
      s.position++
      list.push(readMeasured(s, false, true))
    } else return list
  }
}

/** Measures and integrand of an integral, apart from the variables with a law. */
interface Lawful {
  readonly variables: readonly LawfulVariable[]
  readonly measures: readonly Measure[]
  readonly body: Expression
}

/** `\int dz du f(z) f(u) g` with declared laws: which variables the integrand holds a density of, and what is left of it. */
function withoutDensities({ laws }: Vocabulary, measures: readonly Measure[], body: Expression): Lawful {
  let factors: readonly Expression[] = body.kind === 'product' ? body.factors : [body]
  const variables: LawfulVariable[] = []
  const others = measures.filter(({ of, gaussian }) => {
    const declared = of.kind === 'symbol' && !gaussian ? laws.find((one) => one.variable === of.name) : undefined
    const at = factors.findIndex(
      (f) =>
        f.kind === 'apply' && f.name === declared?.density && f.arguments.length === 1 && sameTree(f.arguments[0]!, of),
    )
    if (declared === undefined || at < 0) return true
    factors = factors.filter((_, k) => k !== at)
    variables.push(declared)
    return false
  })
  return { variables, measures: others, body: multiply(...factors) }
}

const infinity = symbol('infinity')
const isInfinite = (e: Expression | null, sign: 1 | -1): boolean =>
  e !== null && sameTree(e, sign === 1 ? infinity : negate(infinity))

/** An integral with its integrand: the rest of the term, or what stands before `dx`. */
export function readIntegral(s: ReadState): Expression {
  const sign = take(s, 'an integral')
  const bounds = new Map<string, Expression>()
  while (isNext(s, '_') || isNext(s, '^')) {
    const mark = take(s, 'a bound')
    if (bounds.has(mark.text)) fail(s, 'two bounds on one side of an integral', mark)
    const [from, to] = takeGroup(s, mark.text)
    bounds.set(
      mark.text,
      within(s, from, to, () => s.grammar.expression(s)),
    )
  }
  let measures = readMeasures(s)
  const parts = readMeasureParts(s)
  measures = [...measures, ...parts.list]
  let body: Expression
  const names = (list: readonly Measure[]): string[] =>
    list.flatMap((m) =>
      m.of.kind === 'symbol' && m.variable === m.of.name && !s.vocabulary.byName.has(m.variable) ? [m.variable] : [],
    )
  if (measures.length > 0)
    body = withProducts(
      parts.ranges,
      binding(s, names(measures), () => s.grammar.term(s)),
    )
  else {
    s.pending++
    body = s.grammar.term(s)
    s.pending--
    if (!isDifferential(s)) fail(s, 'this integral does not say over what: the `dx` is missing', sign)
    measures = readMeasures(s)
  }
  for (const { of, gaussian } of measures)
    if (gaussian)
      body = multiply(
        body,
        exp(divide(negate(power(of, 2)), rational(2))),
        power(squareRoot(multiply(rational(2), pi)), -1),
      )
  const from = bounds.get('_') ?? null
  const to = bounds.get('^') ?? null
  const wholeLine = isInfinite(from, -1) && isInfinite(to, 1)
  if ((from || to) && measures.length !== 1 && !wholeLine) fail(s, 'bounds go with one variable', sign)
  body = multiply(parts.weight, body)
  const lawful: Lawful =
    from === null && to === null ? withoutDensities(s.vocabulary, measures, body) : { variables: [], measures, body }
  body = lawAverage(
    lawful.body,
    lawful.variables.filter(({ law }) => law.kind === 'normal'),
  )
  const outwards = [...lawful.measures].reverse()
  for (const { of, variable } of outwards) {
    if (variable === null) {
      const merged = body.kind === 'measureIntegral' && !body.trace ? body : null
      const inner: readonly Expression[] = merged?.measures ?? []
      const inside = merged?.body ?? body
      body = { kind: 'measureIntegral', measures: [of, ...inner], body: inside }
    } else
      body = {
        kind: 'integral',
        variable,
        from: isInfinite(from, -1) ? null : from,
        to: isInfinite(to, 1) && (from === null || isInfinite(from, -1)) ? null : to,
        body: fillFields(body, of),
      }
  }
  // Bounded variables stand outermost, so that Gaussian integrals stay together.
  return lawAverage(
    body,
    lawful.variables.filter(({ law }) => law.kind !== 'normal'),
  )
}
