import {
  add,
  call,
  divide,
  type Expression,
  multiply,
  negate,
  power,
  rational,
  symbol,
} from '../expression/expression.js'
import { substitute } from '../expression/substitute.js'
import { isZeroFraction } from './fraction.js'
import { contentOf, monomialContent } from './gcd.js'
import type { Fraction } from './generators.js'
import type { Normalizer } from './normalizer.js'
import {
  dividePolynomials,
  isConstant,
  leadingCoefficient,
  negatePolynomial,
  type Polynomial,
  trimmed,
} from './polynomial.js'
import { flatPower } from './powers.js'
import { squareFreeFactors } from './square-free.js'
import { boundedKey, generatorExpression, polynomialExpression } from './to-expression.js'

/** Writes fractions of one normalizer readably. */
export class Writer {
  private readonly abbreviations: readonly { readonly name: string; readonly polynomial: Polynomial }[]
  private readonly names: ReadonlyMap<string, Expression>

  constructor(
    private readonly normalizer: Normalizer,
    /** Names by what they stand for. */
    abbreviations: ReadonlyMap<string, Expression>,
  ) {
    this.abbreviations = [...abbreviations].flatMap(([name, definition]) => {
      const { numerator, denominator } = normalizer.of(definition)
      return isConstant(denominator) && denominator.get('') === 1n && numerator.size > 1
        ? [{ name, polynomial: numerator }]
        : []
    })
    this.names = new Map(
      this.abbreviations.flatMap(({ name, polynomial }) => {
        const shown = (p: Polynomial): string => boundedKey(polynomialExpression(normalizer.table, p))
        return [
          [shown(polynomial), symbol(name)],
          [shown(negatePolynomial(polynomial)), negate(symbol(name))],
        ] as const
      }),
    )
  }

  /** What is an abbreviation's definition inside a root or an exponential is written by its name too. */
  named(e: Expression): Expression {
    if (this.names.size === 0) return e
    return substitute(e, (node) => (node.kind === 'sum' ? this.names.get(boundedKey(node)) : undefined))
  }

  fraction({ numerator, denominator }: Fraction): Expression {
    const phases = this.phases(numerator, denominator)
    if (phases) return phases
    const above = this.factored(numerator)
    const below = this.factored(denominator)
    return multiply(
      rational(above.content, below.content),
      ...above.factors,
      ...below.factors.map((f) => power(f, -1)).map((f) => (f.kind === 'power' ? flatPower(f.base, f.exponent) : f)),
    )
  }

  private factored(p: Polynomial): { readonly content: bigint; readonly factors: readonly Expression[] } {
    const { table } = this.normalizer
    const factors: Expression[] = []
    let content = leadingCoefficient(p) < 0n ? -contentOf(p) : contentOf(p)
    const monomial = monomialContent(p)
    for (let id = 0; id < monomial.length; id++)
      if (monomial.charCodeAt(id) > 0) factors.push(generatorExpression(table, id, monomial.charCodeAt(id)))
    let rest = dividePolynomials(p, new Map([[monomial, content]]))!
    for (const { name, polynomial } of this.abbreviations) {
      let count = 0
      for (;;) {
        const quotient = dividePolynomials(rest, polynomial)
        if (!quotient || isConstant(rest)) break
        rest = quotient
        count++
      }
      if (count > 0) factors.push(power(symbol(name), count))
    }
    if (!isConstant(rest)) {
      const parts = squareFreeFactors(rest)
      for (const [factor, multiplicity] of parts) {
        factors.push(power(polynomialExpression(table, factor), multiplicity))
        for (let k = 0; k < multiplicity; k++) rest = dividePolynomials(rest, factor) ?? rest
      }
    }
    if (isConstant(rest)) content *= rest.get('') ?? 1n
    else factors.push(polynomialExpression(table, rest))
    return { content, factors }
  }

  /** Numerator terms paired by their phases, where the denominator holds phases only as one monomial. */
  private phases(numerator: Polynomial, denominator: Polynomial): Expression | null {
    const { normalizer } = this
    const { table } = normalizer
    const isPhase = (id: number): boolean => {
      const generator = table.generator(id)
      return generator.kind === 'exponential' && !table.isReal(table.power(id))
    }
    const phasePart = (m: string): string =>
      trimmed([...m].map((c, id) => (c !== '\0' && isPhase(id) ? c : '\0')).join(''))
    const shared = monomialContent(denominator)
    const offset = phasePart(shared)
    const bare = dividePolynomials(denominator, new Map([[offset, 1n]]))!
    if ([...bare.keys()].some((m) => phasePart(m) !== '')) return null
    if (offset === '' && [...numerator.keys()].every((m) => phasePart(m) === '')) return null
    // Turns, as vectors of whole numbers over the phases, with the coefficient of each.
    const turns = new Map<string, { turn: readonly number[]; coefficient: Map<string, bigint> }>()
    for (const [m, c] of numerator) {
      const turn = Array.from(
        { length: Math.max(m.length, offset.length) },
        (_, id) => isPhaseAt(m, id, isPhase) - isPhaseAt(offset, id, isPhase),
      )
      while (turn.length > 0 && turn[turn.length - 1] === 0) turn.pop()
      const key = turn.join()
      const entry = turns.get(key) ?? { turn, coefficient: new Map<string, bigint>() }
      entry.coefficient.set(trimmed([...m].map((x, id) => (isPhase(id) ? '\0' : x)).join('')), c)
      turns.set(key, entry)
    }
    const { field, transcendental } = normalizer
    const terms: Expression[] = []
    const used = new Set<string>()
    for (const [key, { turn, coefficient }] of turns) {
      const opposite = turn.map((k) => -k + 0)
      if (used.has(key)) continue
      used.add(key)
      used.add(opposite.join())
      const forth = field.of(coefficient, bare)
      const partner = turn.length === 0 ? undefined : turns.get(opposite.join())
      const back = field.of(partner?.coefficient ?? new Map(), bare)
      if (turn.length === 0) {
        terms.push(this.plain(forth))
        continue
      }
      let angle = field.rational(0n)
      for (const [id, k] of turn.entries()) {
        const generator = k === 0 ? null : table.generator(id)
        if (generator?.kind === 'exponential')
          angle = field.add(angle, transcendental.scale(generator.exponent, [BigInt(k), BigInt(generator.index)]))
      }
      const real = field.divide(angle, transcendental.imaginary())
      // The sign of the angle that reads naturally: a positive leading coefficient.
      const flip = leadingCoefficient(real.numerator) < 0n
      const shown = normalizer.expression(flip ? field.negate(real) : real)
      const even = field.add(forth, back)
      const odd = field.multiply(
        transcendental.imaginary(),
        flip ? field.subtract(back, forth) : field.subtract(forth, back),
      )
      if (!isZeroFraction(even)) terms.push(multiply(this.plain(even), call('cos', shown)))
      if (!isZeroFraction(odd)) terms.push(multiply(this.plain(odd), call('sin', shown)))
    }
    return add(...terms)
  }

  private plain(a: Fraction): Expression {
    if (isZeroFraction(a)) return rational(0)
    const above = this.factored(a.numerator)
    const below = this.factored(a.denominator)
    return multiply(
      divide(rational(above.content), rational(below.content)),
      ...above.factors,
      ...below.factors.map((f) => flatPower(f, rational(-1))),
    )
  }
}

const isPhaseAt = (m: string, id: number, isPhase: (id: number) => boolean): number =>
  id < m.length && m.charCodeAt(id) > 0 && isPhase(id) ? m.charCodeAt(id) : 0
