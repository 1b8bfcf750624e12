import {
  add,
  children,
  type Expression,
  type IndexSlot,
  keyOf,
  log,
  mapChildren,
  multiply,
  negate,
  one,
  pi,
  power,
  rational,
  sameTree,
} from '../../expression/expression.js'

/**
 * The ways of getting a formula wrong at one node: each gives every expression that one slip there could have made of
 * it. Pure; what does not apply gives nothing.
 */

/** What a change may know of the notation. */
export interface Scope {
  /** Slots whose letters stand on a lattice: they have a next. */
  readonly lattices: ReadonlySet<string>
  /** Declared scalars by name, with what tells whether two are alike: whole, real or complex. */
  readonly scalars: ReadonlyMap<string, string>
  /** Indexed quantities by name, with what tells whether two are alike: their slots. */
  readonly quantities: ReadonlyMap<string, string>
  /** Families of a letter. */
  readonly familiesOf: (letter: string) => readonly string[]
}

const replaced = <T>(list: readonly T[], position: number, by: T): readonly T[] =>
  list.map((item, k) => (k === position ? by : item))

const without = <T>(list: readonly T[], position: number): readonly T[] => list.filter((_, k) => k !== position)

/** A sum with one term changed; a product changed as a whole. */
function termOrProduct(e: Expression, change: (term: Expression) => Expression): readonly Expression[] {
  if (e.kind === 'sum') return e.terms.map((term, k) => add(...replaced(e.terms, k, change(term))))
  return e.kind === 'product' || e.kind === 'indexedSum' ? [change(e)] : []
}

/** One term of a sum, or a product, with the other sign. */
export const flipSign = (e: Expression): readonly Expression[] => termOrProduct(e, negate)

/** The factor on one term of a sum, on a product or on an indexed sum. */
export const scaleBy =
  (factor: Expression) =>
  (e: Expression): readonly Expression[] =>
    termOrProduct(e, (term) => multiply(factor, term))

export const twice = rational(2)
export const halved = rational(1, 2)
export const timesPi = pi

/** A number one higher; -1, which would vanish, one lower. */
export function shiftNumber(e: Expression): readonly Expression[] {
  if (e.kind !== 'number') return []
  return [add(e, rational(e.numerator === -e.denominator ? -1 : 1))]
}

/** The numerical coefficient of a product, or the number in a sum, changed by a unit. */
export function shiftCoefficient(e: Expression): readonly Expression[] {
  if (e.kind === 'product')
    return e.factors.flatMap((factor, k) => shiftNumber(factor).map((n) => multiply(...replaced(e.factors, k, n))))
  if (e.kind === 'sum')
    return e.terms.flatMap((term, k) => shiftNumber(term).map((n) => add(...replaced(e.terms, k, n))))
  return []
}

/** An exponent one higher; a symbol or indexed quantity in a product squared. */
export function raisePower(e: Expression): readonly Expression[] {
  if (e.kind === 'power') return e.exponent.kind === 'number' ? [power(e.base, add(e.exponent, one))] : []
  if (e.kind !== 'product') return []
  return e.factors.flatMap((factor, k) =>
    factor.kind === 'symbol' || factor.kind === 'indexed'
      ? [multiply(...replaced(e.factors, k, power(factor, 2)))]
      : [],
  )
}

/** One index on a lattice moved on by one: neurons and inputs have no next. */
export function shiftIndex(e: Expression, { lattices }: Scope): readonly Expression[] {
  if (e.kind !== 'indexed') return []
  return e.indices.flatMap((slot, k) => {
    if (slot.index.letter === null || !lattices.has(slot.slot)) return []
    const moved: IndexSlot = { ...slot, index: { ...slot.index, offset: slot.index.offset + 1 } }
    return [{ ...e, indices: replaced(e.indices, k, moved) }]
  })
}

/** One term of a sum left out. */
export const dropTerm = (e: Expression): readonly Expression[] =>
  e.kind === 'sum' ? e.terms.map((_, k) => add(...without(e.terms, k))) : []

/** Two index letters of one family exchanged in a quantity: `W_{\beta\alpha}` for `W_{\alpha\beta}`. */
export function swapLetters(e: Expression, { familiesOf }: Scope): readonly Expression[] {
  if (e.kind !== 'indexed' && e.kind !== 'apply') return []
  return e.indices.flatMap((a, j) =>
    e.indices.slice(j + 1).flatMap((b, k) => {
      if (a.index.letter === null || b.index.letter === null || a.index.letter === b.index.letter) return []
      const families = familiesOf(a.index.letter)
      if (!familiesOf(b.index.letter).some((family) => families.includes(family))) return []
      const once = replaced(e.indices, j, { ...a, index: b.index })
      return [{ ...e, indices: replaced(once, j + 1 + k, { ...b, index: a.index }) }]
    }),
  )
}

/** Two scalars, or two quantities with the same slots, exchanged wherever they stand. Of a whole side. */
export function swapSymbols(side: Expression, { scalars, quantities }: Scope): readonly Expression[] {
  const names = namesIn(side)
  const kindOf = (name: string): string | null => scalars.get(name) ?? quantities.get(name) ?? null
  return names.flatMap((a, k) =>
    names
      .slice(k + 1)
      .filter((b) => kindOf(a) !== null && kindOf(a) === kindOf(b))
      .map((b) => exchanged(side, a, b)),
  )
}

/** What an order symbol or a configuration holds is known up to a factor, or is only a name; `Dz` prints no density. */
export const isOpaque = (e: Expression): boolean =>
  e.kind === 'orderOf' || e.kind === 'configuration' || isNormalDensity(e)

/** `e^{-z^2/2}`, as the reader writes a Gaussian measure out. */
function isNormalDensity(e: Expression): boolean {
  if (e.kind !== 'function' || e.name !== 'exp') return false
  const [exponent] = e.arguments
  if (exponent?.kind !== 'product' || exponent.factors.length !== 2) return false
  const [, square] = exponent.factors
  if (square?.kind !== 'power' || square.base.kind !== 'symbol') return false
  return sameTree(exponent, multiply(rational(-1, 2), power(square.base, 2)))
}

function namesIn(e: Expression): readonly string[] {
  if (isOpaque(e)) return []
  const own = e.kind === 'symbol' || e.kind === 'indexed' ? [e.name] : []
  return [...new Set([...own, ...children(e).flatMap(namesIn)])]
}

function exchanged(e: Expression, a: string, b: string): Expression {
  if (isOpaque(e)) return e
  if (e.kind !== 'symbol' && e.kind !== 'indexed') return mapChildren(e, (part) => exchanged(part, a, b))
  return e.name === a ? { ...e, name: b } : e.name === b ? { ...e, name: a } : e
}

const isRoot = (e: Expression): e is Extract<Expression, { kind: 'power' }> =>
  e.kind === 'power' && e.exponent.kind === 'number' && e.exponent.denominator !== 1n

const isLogarithm = (e: Expression): e is Extract<Expression, { kind: 'function' }> =>
  e.kind === 'function' && e.name === 'log' && e.arguments.length === 1

/** A factor moved out of a root or a logarithm, or into the one that it multiplies. */
export function moveThroughRoot(e: Expression): readonly Expression[] {
  if (isRoot(e) || isLogarithm(e)) {
    const inside = isRoot(e) ? e.base : e.arguments[0]!
    if (inside.kind !== 'product') return []
    const again = (rest: Expression): Expression => (isRoot(e) ? power(rest, e.exponent) : log(rest))
    return inside.factors.map((factor, k) => multiply(factor, again(multiply(...without(inside.factors, k)))))
  }
  if (e.kind !== 'product') return []
  return e.factors.flatMap((outer, k) => {
    if (!isRoot(outer) && !isLogarithm(outer)) return []
    return e.factors.flatMap((factor, j) => {
      // A sign under a root or logarithm leaves the real line: no slip that one would make.
      if (j === k || (factor.kind === 'number' && factor.numerator < 0n)) return []
      const taken = isRoot(outer)
        ? power(multiply(factor, outer.base), outer.exponent)
        : log(multiply(factor, outer.arguments[0]!))
      return [multiply(...without(replaced(e.factors, k, taken), j))]
    })
  })
}

/** The phase of an exponential with the other sign: `-i` for `i` in its exponent. */
export function conjugatePhase(e: Expression): readonly Expression[] {
  if (e.kind === 'function' && e.name === 'exp') {
    const arguments_ = e.arguments.map(conjugated)
    return arguments_.every((a, k) => keyOf(a) === keyOf(e.arguments[k]!)) ? [] : [{ ...e, arguments: arguments_ }]
  }
  if (e.kind === 'power' && e.base.kind === 'constant' && e.base.name === 'e') {
    const exponent = conjugated(e.exponent)
    return keyOf(exponent) === keyOf(e.exponent) ? [] : [power(e.base, exponent)]
  }
  return []
}

const conjugated = (e: Expression): Expression =>
  e.kind === 'constant' && e.name === 'i' ? negate(e) : mapChildren(e, conjugated)

/** Half the expression, twice it, its negative: of a whole side, whatever it is. */
export const scaleWhole =
  (factor: Expression) =>
  (side: Expression): readonly Expression[] => [multiply(factor, side)]
