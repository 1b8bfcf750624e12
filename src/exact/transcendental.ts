import { FractionField, fractionKey, isZeroFraction, oneFraction, rationalValue, zeroFraction } from './fraction.js'
import { contentOf, gcdIntegers, monomialContent, squareFreeFactors } from './gcd.js'
import { everywhere, type Fraction, type GeneratorTable, positiveInterval } from './generators.js'
import { cyclotomicRelation, factorInteger } from './integers.js'
import {
  commonMonomial,
  constantPolynomial,
  divideMonomials,
  dividePolynomials,
  isConstant,
  leadingCoefficient,
  multiplyPolynomials,
  negatePolynomial,
  onePolynomial,
  type Polynomial,
  polynomialKey,
  powerPolynomial,
  samePolynomial,
} from './polynomial.js'
import { PositiveBases } from './positive-bases.js'
import { lowest, principal, type Rational, times } from './rational.js'

/** A fraction taken apart for powers and logarithms: what is known to be positive, and the rest whose sign or phase is not. */
interface Parts {
  /** Positive polynomial bases with multiplicities. */
  readonly bases: readonly (readonly [Polynomial, Rational])[]
  /** Real exponents of exponentials. */
  readonly exponents: readonly Fraction[]
  /** exp(i pi turn). */
  readonly turn: Rational
  readonly opaque: Fraction
}

/** Radicals, exponentials and logarithms over a generator table, principal branches. */
export class Transcendental {
  readonly field: FractionField
  private readonly positive: PositiveBases
  /** The finest exponential of each basis term. */
  private readonly current = new Map<string, number>()

  constructor(readonly table: GeneratorTable) {
    this.field = new FractionField(table)
    this.positive = new PositiveBases(this.field)
  }

  /** base^(p/q). */
  power(base: Fraction, exponent: Rational): Fraction {
    const [p, q] = exponent
    if (q === 1n && p <= 10_000n && p >= -10_000n) return this.field.power(base, Number(p))
    if (isZeroFraction(base)) return zeroFraction
    const parts = this.split(base)
    const factors = parts.bases.map(([b, multiplicity]) => this.positive.root(b, times(multiplicity, exponent)))
    for (const e of parts.exponents) factors.push(this.exp(this.scale(e, exponent)))
    factors.push(this.opaqueRoot(parts.opaque, parts.turn, exponent))
    return factors.reduce((a, b) => this.field.multiply(a, b), oneFraction)
  }

  /** Principal logarithm, expanded over what is known to be positive. */
  log(argument: Fraction): Fraction {
    const { field, table } = this
    const parts = this.split(argument)
    const terms = parts.bases.map(([b, m]) => this.scale(this.positive.log(b), m))
    terms.push(...parts.exponents)
    const trivial = fractionKey(parts.opaque) === fractionKey(oneFraction)
    const turn = principal(parts.turn)
    if (trivial && turn[0] !== 0n) terms.push(this.scale(field.multiply(this.imaginary(), this.atomPi()), turn))
    if (!trivial) {
      const whole = field.multiply(parts.opaque, this.unity(parts.turn))
      const id = table.register(`log ${fractionKey(whole)}`, { kind: 'logarithm', argument: whole }, false, everywhere)
      terms.push(field.generator(id))
    }
    return field.sum(terms)
  }

  /** exp(exponent) as a product over the terms of the exponent. */
  exp(exponent: Fraction): Fraction {
    let result = oneFraction
    const monomial = monomialContent(exponent.denominator)
    for (const [m, c] of exponent.numerator) {
      const shared = commonMonomial(m, monomial)
      const d = dividePolynomials(exponent.denominator, new Map([[shared, contentOf(exponent.denominator)]]))!
      const basis: Fraction = { numerator: new Map([[divideMonomials(m, shared)!, 1n]]), denominator: d }
      result = this.field.multiply(result, this.expOfTerm(basis, lowest(c, contentOf(exponent.denominator))))
    }
    return result
  }

  imaginary(): Fraction {
    return this.field.generator(this.imaginaryId())
  }

  scale(a: Fraction, factor: Rational): Fraction {
    return this.field.multiply(a, this.field.rational(...factor))
  }

  /** |a|: of a real expression, or of a complex one as sqrt(a conj(a)) by the caller. */
  absolute(a: Fraction): Fraction {
    const { field } = this
    const part = (p: Polynomial): Fraction => {
      const content = contentOf(p)
      let result = field.polynomial(constantPolynomial(content))
      const rest = dividePolynomials(p, constantPolynomial(content))!
      for (const [factor, multiplicity] of this.factors(rest))
        result = field.multiply(result, field.power(this.absoluteOfFactor(factor), multiplicity))
      return result
    }
    return field.divide(part(a.numerator), part(a.denominator))
  }

  imaginaryId(): number {
    const known = this.table.find('i')
    if (known !== undefined) return known
    return this.table.register('i', { kind: 'imaginary' }, false, everywhere, {
      degree: 2,
      value: constantPolynomial(-1n),
    })
  }

  atomPi(): Fraction {
    const id = this.table.register('pi', { kind: 'atom', expression: { kind: 'constant', name: 'pi' } }, true, {
      low: 3,
      high: 4,
      openLow: true,
      openHigh: true,
    })
    return this.field.generator(id)
  }

  /** exp(i pi turn), by i and square roots of 2 and 3 where they suffice (denominators 2, 3, 4, 6, 12), else by a root of unity. */
  unity(turn: Rational): Fraction {
    const { field } = this
    const [p, q] = lowest(turn[0], turn[1])
    if (q === 1n) return field.rational(p % 2n === 0n ? 1n : -1n)
    let result = oneFraction
    let remaining = turn
    for (const part of coprimeParts(q)) {
      const cofactor = q / part
      let share = 0n
      while ((share * cofactor - p) % part !== 0n) share++
      result = field.multiply(result, field.power(this.primitiveUnity(part), Number(share)))
      remaining = lowest(remaining[0] * part - share * remaining[1], remaining[1] * part)
    }
    return remaining[0] % 2n === 0n ? result : field.negate(result)
  }

  /** exp(i pi / order) of a prime-power order. */
  private primitiveUnity(order: bigint): Fraction {
    const { field } = this
    const i = this.imaginary()
    if (order === 2n) return i
    if (order === 4n)
      return field.multiply(field.add(oneFraction, i), this.positive.root(constantPolynomial(2n), [-1n, 2n]))
    if (order === 3n)
      return this.scale(
        field.add(oneFraction, field.multiply(i, this.positive.root(constantPolynomial(3n), [1n, 2n]))),
        [1n, 2n],
      )
    const id = this.table.register(`unity ${order}`, { kind: 'unity', order: Number(order) }, false, everywhere)
    if (!this.table.relationOf(id)) this.table.relate(id, cyclotomicRelation(Number(order), id))
    return field.generator(id)
  }

  private split(a: Fraction): Parts {
    const bases: (readonly [Polynomial, Rational])[] = []
    const exponents: Fraction[] = []
    let turn: Rational = [0n, 1n]
    let opaque = oneFraction
    for (const [p, side] of [
      [a.numerator, 1n],
      [a.denominator, -1n],
    ] as const) {
      const content = contentOf(p)
      for (const [prime, k] of factorInteger(content)) bases.push([constantPolynomial(prime), [side * BigInt(k), 1n]])
      let rest = dividePolynomials(p, constantPolynomial(content))!
      const factors = this.factors(rest)
      for (const [factor, k] of factors) rest = dividePolynomials(rest, powerPolynomial(factor, k)) ?? rest
      // What division by the factors leaves is a sign.
      if (leadingCoefficient(rest) < 0n) turn = lowest(turn[0] + turn[1], turn[1])
      for (const [factor, k] of factors) {
        const multiplicity: Rational = [side * BigInt(k), 1n]
        const known = this.knownFactor(factor, multiplicity)
        if (known) {
          bases.push(...known.bases)
          exponents.push(...known.exponents)
          turn = lowest(turn[0] * known.turn[1] + known.turn[0] * turn[1], turn[1] * known.turn[1])
        } else {
          const odd = this.table.isReal(factor) ? k % 2 : k
          const modulus = this.absoluteOfFactor(factor)
          if (k - odd > 0) bases.push([modulus.numerator, [side * BigInt(k - odd), 1n]])
          if (odd > 0)
            opaque = this.field.multiply(opaque, this.field.power(this.field.polynomial(factor), Number(side) * odd))
        }
      }
    }
    return { bases, exponents, turn, opaque }
  }

  /** Factors known to be positive or negative, or to be exponentials or roots of unity. */
  private knownFactor(factor: Polynomial, multiplicity: Rational): Omit<Parts, 'opaque'> | null {
    const none = { bases: [], exponents: [], turn: [0n, 1n] as Rational }
    const id = singleGenerator(factor)
    if (id !== null) {
      const generator = this.table.generator(id)
      if (generator.kind === 'imaginary') return { ...none, turn: times(multiplicity, [1n, 2n]) }
      if (generator.kind === 'unity') return { ...none, turn: times(multiplicity, [1n, BigInt(generator.order)]) }
      if (generator.kind === 'exponential' && this.table.isPositive(factor))
        return {
          ...none,
          exponents: [this.scale(generator.exponent, times(multiplicity, [1n, BigInt(generator.index)]))],
        }
      if (
        generator.kind === 'root' &&
        this.table.isPositive(factor) &&
        samePolynomial(generator.clearing, onePolynomial)
      )
        return {
          ...none,
          bases: this.positive
            .refined(generator.base)
            .map(([b, k]) => [b, times(multiplicity, [BigInt(k), BigInt(generator.index)])]),
        }
    }
    if (this.table.isPositive(factor))
      return {
        ...none,
        bases: this.positive.refined(factor).map(([b, k]) => [b, times(multiplicity, [BigInt(k), 1n])]),
      }
    const negative = negatePolynomial(factor)
    if (this.table.isPositive(negative))
      return {
        ...none,
        bases: this.positive.refined(negative).map(([b, k]) => [b, times(multiplicity, [BigInt(k), 1n])]),
        turn: multiplicity,
      }
    return null
  }

  /** Generators that divide, then square-free factors of the rest. */
  private factors(a: Polynomial): readonly (readonly [Polynomial, number])[] {
    const monomial = monomialContent(a)
    const result: (readonly [Polynomial, number])[] = []
    for (let id = 0; id < monomial.length; id++)
      if (monomial.charCodeAt(id) > 0) result.push([this.table.power(id), monomial.charCodeAt(id)])
    const rest = dividePolynomials(a, new Map([[monomial, 1n]]))!
    if (!isConstant(rest)) result.push(...squareFreeFactors(rest))
    return result
  }

  /** (opaque * exp(i pi turn))^(p/q), whose branch is unknown: a generator of its own. */
  private opaqueRoot(opaque: Fraction, turn: Rational, [p, q]: Rational): Fraction {
    const { field, table } = this
    if (rationalValue(opaque)) return this.unity(times(principal(turn), [p, q]))
    const whole = field.multiply(opaque, this.unity(turn))
    const base = table.reduce(multiplyPolynomials(whole.numerator, powerPolynomial(whole.denominator, Number(q) - 1)))
    const id = table.register(
      `opaque root ${q} ${fractionKey(whole)}`,
      { kind: 'root', base, clearing: whole.denominator, index: Number(q) },
      false,
      everywhere,
      { degree: Number(q), value: base },
    )
    return field.power(field.divide(field.generator(id), field.polynomial(whole.denominator)), Number(p))
  }

  private absoluteOfFactor(factor: Polynomial): Fraction {
    const { field, table } = this
    if (table.isPositive(factor)) return field.polynomial(factor)
    const negative = negatePolynomial(factor)
    if (table.isPositive(negative)) return field.polynomial(negative)
    const argument = leadingCoefficient(factor) < 0n ? negative : factor
    const id = table.register(
      `abs ${polynomialKey(argument)}`,
      { kind: 'absolute', argument },
      true,
      positiveInterval,
      table.isReal(argument) ? { degree: 2, value: multiplyPolynomials(argument, argument) } : undefined,
    )
    return field.generator(id)
  }

  /** exp(c * basis) for a basis of one monomial over a primitive denominator. */
  private expOfTerm(basis: Fraction, c: Rational): Fraction {
    const { field, table } = this
    const special = this.specialExponent(basis, c)
    if (special) return special
    const key = `exp ${fractionKey(basis)}`
    const known = this.current.get(key)
    const knownGenerator = known === undefined ? undefined : table.generator(known)
    const index = knownGenerator?.kind === 'exponential' ? BigInt(knownGenerator.index) : 1n
    const wide = (index / gcdIntegers(index, c[1])) * c[1]
    let id = known
    if (id === undefined || wide !== index) {
      const real = table.isReal(basis.numerator) && table.isReal(basis.denominator)
      id = table.register(
        `${key} index ${wide}`,
        { kind: 'exponential', exponent: basis, index: Number(wide) },
        real,
        real ? positiveInterval : everywhere,
      )
      if (known !== undefined) table.relate(known, { degree: 1, value: table.power(id, Number(wide / index)) })
      this.current.set(key, id)
    }
    return field.generator(id, Number((c[0] * wide) / c[1]))
  }

  /** exp(i pi c) and exp(c log x). */
  private specialExponent(basis: Fraction, c: Rational): Fraction | null {
    if (!isConstant(basis.denominator)) return null
    const iPi = this.field.multiply(this.imaginary(), this.atomPi())
    if (fractionKey(basis) === fractionKey(iPi)) return this.unity(c)
    const id = singleGenerator(basis.numerator)
    const generator = id === null ? null : this.table.generator(id)
    return generator?.kind === 'logarithm' ? this.power(generator.argument, c) : null
  }
}

/** The id of a polynomial that is one generator. */
export function singleGenerator(a: Polynomial): number | null {
  if (a.size !== 1) return null
  const [m, c] = a.entries().next().value!
  if (c !== 1n || m.length === 0 || m.charCodeAt(m.length - 1) !== 1) return null
  for (let k = 0; k < m.length - 1; k++) if (m.charCodeAt(k) !== 0) return null
  return m.length - 1
}

/** Coprime prime-power factors of an order. */
const coprimeParts = (order: bigint): readonly bigint[] => factorInteger(order).map(([p, k]) => p ** BigInt(k))
