/** Sums, products, integrals and derivatives: what binds a letter and reaches over the rest of its term. */
import {
  divide,
  exp,
  type Expression,
  type IndexedNode,
  multiply,
  negate,
  pi,
  power,
  type Range,
  rational,
  squareRoot,
  symbol,
} from './expression.js'
import { mapChildren } from './expression.js'
import { binding, expectText, fail, isNext, loosely, peek, type ReadState, take, takeGroup, within } from './read-state.js'
import { readSymbol, takeName } from './read-symbols.js'
import type { Token } from './tokens.js'

/** Letters below one sum, variables of one integral. */
const most = 16

type BoundIndex = { readonly index: string | IndexedNode; readonly range: Range }

/** Fields written without their argument (`\epsilon` for `\epsilon(x)`) get it from the `dx` or `\partial x` around them. */
export function fillFields(e: Expression, variable: Expression): Expression {
  if (e.kind === 'apply' && e.arguments.length === 0) return { ...e, arguments: [variable] }
  return mapChildren(e, (c) => fillFields(c, variable))
}

const isDifferentialSign = (token: Token | undefined): boolean =>
  token?.text === 'd' || token?.text === '\\mathrm{d}' || token?.text === '\\partial'

/** Whether a differential `dx` begins at the position. */
export const isDifferential = (s: ReadState): boolean =>
  (isNext(s, 'd') || isNext(s, '\\mathrm{d}')) && peek(s, 1)?.kind === 'name'

function takeLetter(s: ReadState): string {
  let letter = take(s, 'an index letter').text
  for (; isNext(s, "'"); s.position++) letter += "'"
  return letter
}

/** A letter on its own is bound as it stands; anything with scripts is the declared quantity. */
function readSumIndex(s: ReadState): string | IndexedNode {
  const start = s.position
  const token = peek(s)
  if (token?.kind !== 'name') fail(s, 'expected an index letter')
  const letter = takeLetter(s)
  if (!isNext(s, '_') && !isNext(s, '^')) return letter
  s.position = start
  const e = readSymbol(s, takeName(s), true)
  if (e.kind !== 'indexed') fail(s, 'a sum runs over a letter or over a quantity with indices', token)
  return e
}

const familyRange = (s: ReadState, letter: string, token: Token): Range => {
  const family = s.vocabulary.families.get(letter)?.[0]
  if (family === undefined) fail(s, `\`${letter}\` belongs to no index family: give the sum bounds or declare the letter`, token)
  return { kind: 'family', family: family.name }
}

function readValues(s: ReadState): readonly Expression[] {
  const opened = take(s, 'a set')
  const values: Expression[] = []
  do {
    if (isNext(s, ',')) s.position++
    values.push(s.grammar.expression(s))
  } while (isNext(s, ','))
  expectText(s, '\\}', opened)
  return values
}

/** What stands below (and above) a sum sign. */
function readRange(s: ReadState, sign: Token): readonly BoundIndex[] {
  let below: readonly [number, number] | null = null
  let above: readonly [number, number] | null = null
  while (isNext(s, '_') || isNext(s, '^')) {
    const mark = take(s, 'a bound')
    if (mark.text === '_' ? below : above) fail(s, `two bounds on one side of \`${sign.text}\``, mark)
    if (mark.text === '_') below = takeGroup(s, '_')
    else above = takeGroup(s, '^')
  }
  if (below === null) fail(s, `\`${sign.text}\` does not say what it runs over: write the letter below it`, sign)
  const upper = above
  const result = within(s, below[0], below[1], (): readonly BoundIndex[] => {
    const token = peek(s)
    const indices = [readSumIndex(s)]
    for (;;) {
      if (isNext(s, ',')) s.position++
      else if (peek(s)?.kind !== 'name' || isNext(s, '\\in')) break
      indices.push(readSumIndex(s))
      if (indices.length > most) fail(s, `more than ${most} letters below one sum`, sign)
    }
    if (isNext(s, '=')) {
      s.position++
      if (indices.length > 1) fail(s, 'one letter for one pair of bounds', token)
      if (upper === null) fail(s, 'the upper bound is missing', sign)
      const from = s.grammar.expression(s)
      const to = within(s, upper[0], upper[1], () => s.grammar.expression(s))
      return [{ index: indices[0]!, range: { kind: 'interval', from, to } }]
    }
    if (upper !== null) fail(s, 'an upper bound needs a lower one: write `l=0` below the sum', sign)
    if (isNext(s, '\\in')) {
      s.position++
      if (isNext(s, '\\{')) {
        const values = readValues(s)
        return indices.map((index) => ({ index, range: { kind: 'values', values } }))
      }
      const setToken = peek(s)
      const set = readSymbol(s, takeName(s))
      if (set.kind !== 'symbol' || s.vocabulary.byName.get(set.name)?.kind !== 'set')
        fail(s, 'a sum runs over a declared set', setToken)
      return indices.map((index) => ({ index, range: { kind: 'set', name: set.name } }))
    }
    return indices.map((index) => {
      if (typeof index !== 'string') fail(s, 'a sum over a quantity needs its values: `=` with bounds, or `\\in`', token)
      return { index, range: familyRange(s, index, token!) }
    })
  })
  return result
}

/**
 * `\sum_{z^0 \in S} \cdots \sum_{z^L \in S}`: one sum over every `z^l` from the first to the last. It is kept as a single
 * `indexedSum` over the quantity whose letter reads `0\cdots L`.
 */
function joinEllipsis(s: ReadState, first: readonly BoundIndex[]): readonly BoundIndex[] {
  const dots = take(s, '\\cdots')
  const sign = take(s, 'the last sum')
  if (sign.text !== '\\sum' && sign.text !== '\\prod') fail(s, 'dots are read only between two sums over one quantity', dots)
  const [a, ...noneA] = first
  const [b, ...noneB] = readRange(s, sign)
  if (!a || !b || noneA.length + noneB.length > 0 || typeof a.index === 'string' || typeof b.index === 'string' || a.index.name !== b.index.name)
    fail(s, 'dots are read only between two sums over one quantity', dots)
  const shown = (slot: { index: { letter: string | null; offset: number } } | undefined): string =>
    slot === undefined ? '' : (slot.index.letter ?? String(slot.index.offset))
  const last = b.index
  const indices = a.index.indices.map((slot, i) => {
    const [x, y] = [shown(slot), shown(last.indices[i])]
    return x === y ? slot : { ...slot, index: { letter: `${x}\\cdots ${y}`, sign: 1 as const, offset: 0 } }
  })
  return [{ index: { ...a.index, indices }, range: a.range }]
}

/** A sum or product with its summand: the rest of the term. */
export function readSum(s: ReadState): Expression {
  const sign = take(s, 'a sum')
  let ranges = readRange(s, sign)
  if (isNext(s, '\\cdots')) ranges = joinEllipsis(s, ranges)
  const letters = ranges.flatMap((r) => (typeof r.index === 'string' ? [r.index] : []))
  const body = binding(s, letters, () => s.grammar.term(s))
  const kind = sign.text === '\\sum' ? 'indexedSum' : 'indexedProduct'
  return ranges.reduceRight<Expression>((inner, { index, range }) => ({ kind, index, range, body: inner }), body)
}

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
  const of = readSymbol(s, name, true)
  if (of.kind !== 'symbol' && of.kind !== 'indexed') {
    s.position = start
    fail(s, 'an integral runs over a variable or a declared quantity')
  }
  return { of, variable: !bracketed && of.kind === 'symbol' ? of.name : null, gaussian }
}

function readMeasures(s: ReadState): readonly Measure[] {
  const list: Measure[] = []
  for (;;) {
    if (list.length > most) fail(s, `more than ${most} variables in one integral`)
    if (isNext(s, '[') && isDifferentialSign(peek(s, 1)) && peek(s, 2)?.kind === 'name') {
      const opened = take(s, 'a measure')
      s.position++
      list.push(readMeasured(s, true, false))
      expectText(s, ']', opened)
    } else if (isDifferential(s)) {
      s.position++
      list.push(readMeasured(s, false, false))
    } else if ((isNext(s, '\\mathcal{D}') || (isNext(s, 'D') && list.length === 0)) && peek(s, 1)?.kind === 'name' && !s.vocabulary.forms.has('\\mathcal{D}')) {
      s.position++
      list.push(readMeasured(s, false, true))
    } else return list
  }
}

const infinity = symbol('infinity')
const isInfinite = (e: Expression | null, sign: 1 | -1): boolean =>
  e !== null && JSON.stringify(e, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)) === JSON.stringify(sign === 1 ? infinity : negate(infinity), (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))

/** An integral with its integrand: the rest of the term, or what stands before `dx`. */
export function readIntegral(s: ReadState): Expression {
  const sign = take(s, 'an integral')
  const bounds = new Map<string, Expression>()
  while (isNext(s, '_') || isNext(s, '^')) {
    const mark = take(s, 'a bound')
    if (bounds.has(mark.text)) fail(s, 'two bounds on one side of an integral', mark)
    const [from, to] = takeGroup(s, mark.text)
    bounds.set(mark.text, within(s, from, to, () => s.grammar.expression(s)))
  }
  let measures = readMeasures(s)
  let body: Expression
  const names = (list: readonly Measure[]): string[] => list.flatMap((m) => (m.of.kind === 'symbol' && m.variable === m.of.name && !s.vocabulary.byName.has(m.variable) ? [m.variable] : []))
  if (measures.length > 0) body = binding(s, names(measures), () => s.grammar.term(s))
  else {
    s.pending++
    body = s.grammar.term(s)
    s.pending--
    if (!isDifferential(s)) fail(s, 'this integral does not say over what: the `dx` is missing', sign)
    measures = readMeasures(s)
  }
  for (const { of, gaussian } of measures)
    if (gaussian)
      body = multiply(body, exp(divide(negate(power(of, 2)), rational(2))), power(squareRoot(multiply(rational(2), pi)), -1))
  const from = bounds.get('_') ?? null
  const to = bounds.get('^') ?? null
  if ((from || to) && measures.length !== 1) fail(s, 'bounds go with one variable', sign)
  return measures.reduceRight<Expression>((inner, { of, variable }) => {
    if (variable === null)
      return inner.kind === 'measureIntegral'
        ? { ...inner, measures: [of, ...inner.measures] }
        : { kind: 'measureIntegral', measures: [of], body: inner }
    return {
      kind: 'integral',
      variable,
      from: isInfinite(from, -1) ? null : from,
      to: isInfinite(to, 1) && (from === null || isInfinite(from, -1)) ? null : to,
      body: fillFields(inner, of),
    }
  }, body)
}

/** `\partial_x`, applied to the factor that follows. */
export function readPartial(s: ReadState): Expression {
  const sign = take(s, 'a derivative')
  if (!isNext(s, '_')) fail(s, '`\\partial` stands in a fraction or has its variable below it', sign)
  s.position++
  const [from, to] = takeGroup(s, '_')
  const variables: Expression[] = []
  within(s, from, to, () => {
    while (s.position < s.end) variables.push(readSymbol(s, takeName(s), s.loose))
  })
  let order = 1
  if (isNext(s, '^')) {
    s.position++
    order = readOrderNumber(s)
  }
  if (variables.length === 0 || (order > 1 && variables.length > 1)) fail(s, 'this derivative names no single variable', sign)
  return derive(s.grammar.factor(s), variables.map((variable) => ({ variable, order })))
}

const derive = (of: Expression, by: readonly { variable: Expression; order: number }[]): Expression =>
  by.reduceRight<Expression>(
    (inner, { variable, order }) => ({ kind: 'derivative', of: fillFields(inner, variable), variable, order }),
    of,
  )

function readOrderNumber(s: ReadState): number {
  const [from, to] = takeGroup(s, '^')
  const token = s.tokens[from]!
  if (to !== from + 1 || token.kind !== 'number' || !/^[1-9]$/.test(token.text))
    fail(s, 'the order of a derivative is a whole number from 1 to 9', token)
  return Number(token.text)
}

/** `\frac{\partial^2 f}{\partial x^2}`, `\frac{d}{dx}`; null where the fraction at the position is an ordinary one. */
export function readDerivativeFraction(s: ReadState): Expression | null {
  const start = s.position
  const [a, b] = [takeGroup(s, '\\frac'), takeGroup(s, '\\frac')]
  const [above, below] = [s.tokens[a[0]], s.tokens[b[0]]]
  const isDerivative = isDifferentialSign(above) && isDifferentialSign(below) && b[1] - b[0] >= 2 && !(above!.text === 'd' && s.vocabulary.forms.has('d'))
  if (!isDerivative) {
    s.position = start
    return null
  }
  const by: { variable: Expression; order: number }[] = []
  within(s, b[0], b[1], () => {
    while (isDifferentialSign(peek(s))) {
      s.position++
      const e = peek(s)?.text === '(' ? s.grammar.factor(s) : readSymbol(s, takeName(s), s.loose)
      let order = 1
      if (isNext(s, '^')) {
        s.position++
        order = readOrderNumber(s)
      }
      const isSquare = e.kind === 'power' && e.exponent.kind === 'number' && e.exponent.denominator === 1n && e.exponent.numerator > 0n && e.exponent.numerator < 10n
      by.push(isSquare ? { variable: e.base, order: Number(e.exponent.numerator) } : { variable: e, order })
    }
  })
  let order = 1
  let of: Expression | null = null
  within(s, a[0], a[1], () => {
    s.position++
    if (isNext(s, '^')) {
      s.position++
      order = readOrderNumber(s)
    }
    if (s.position < s.end) of = s.grammar.term(s)
  })
  const total = by.reduce((n, d) => n + d.order, 0)
  if (by.length === 0 || total !== order)
    fail(s, `this derivative is of order ${order} above and ${total} below`, above)
  for (const { variable } of by)
    if (!['symbol', 'indexed', 'apply'].includes(variable.kind)) fail(s, 'a derivative is taken by a symbol or a field', below)
  return derive(of ?? s.grammar.factor(s), by)
}

/** `\nabla u(x)`: the derivative of a field by its argument. */
export function readGradient(s: ReadState): Expression {
  const sign = take(s, 'a gradient')
  const of = s.grammar.factor(s)
  const variable = of.kind === 'apply' ? of.arguments[0] : undefined
  if (variable === undefined) fail(s, '`\\nabla` needs a field with its argument: `\\nabla u(x)`', sign)
  return { kind: 'derivative', of, variable, order: 1 }
}
