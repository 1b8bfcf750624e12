import { DomainError, LimitError } from '../expression/errors.js'
import { FractionField, fractionKey, isZeroFraction, oneFraction, rationalValue, zeroFraction } from './fraction.js'
import { contentOf, gcdIntegers, monomialContent } from './gcd.js'
import { everywhere, type Fraction, type GeneratorTable, positiveInterval } from './generators.js'
import { factorInteger } from './integers.js'
import { absolute, absoluteOfFactor, factorsOf, singleGenerator } from './moduli.js'
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
  powerPolynomial,
  samePolynomial,
} from './polynomial.js'
import { largestIndex, PositiveBases } from './positive-bases.js'
import { lowest, principal, type Rational, times } from './rational.js'
import { RootsOfUnity } from './unity.js'

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
  private readonly roots: RootsOfUnity
  /** The finest exponential of each basis term. */
  private readonly current = new Map<string, number>()

  constructor(readonly table: GeneratorTable) {
    this.field = new FractionField(table)
    this.positive = new PositiveBases(this.field)
    this.roots = new RootsOfUnity(this.field, this.positive)
  }

  /** base^(p/q). */
  power(base: Fraction, exponent: Rational): Fraction {
    const [p, q] = exponent
    if (q === 1n && p <= 10_000n && p >= -10_000n) return this.field.power(base, Number(p))
    if (isZeroFraction(base)) {
      if (p < 0n) throw new DomainError('division by zero')
      return zeroFraction
    }
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
    return this.roots.imaginary()
  }

  /** exp(i pi turn). Throws LimitError for orders beyond `largestOrderOfUnity`. */
  unity(turn: Rational): Fraction {
    return this.roots.unity(turn)
  }

  /** |a| of a real expression. */
  absolute(a: Fraction): Fraction {
    return absolute(this.field, a)
  }

  scale(a: Fraction, factor: Rational): Fraction {
    return this.field.multiply(a, this.field.rational(...factor))
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
      const factors = factorsOf(this.table, rest)
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
          const modulus = absoluteOfFactor(this.field, factor)
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

  /** (opaque * exp(i pi turn))^(p/q), whose branch is unknown: a generator of its own. */
  private opaqueRoot(opaque: Fraction, turn: Rational, [p, q]: Rational): Fraction {
    const { field, table } = this
    const constant = rationalValue(opaque)
    if (constant?.[0] === constant?.[1] && constant) return this.unity(times(principal(turn), [p, q]))
    if (q > BigInt(largestIndex)) throw new LimitError(`a root of index ${q}; at most ${largestIndex} is carried out`)
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
