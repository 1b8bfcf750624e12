import { DomainError, LimitError } from '../expression/errors.js'
import {
  children,
  type DerivativeNode,
  type Expression,
  type IndexedSumNode,
  type IntegralNode,
  mapChildren,
  type PowerNode,
} from '../expression/expression.js'
import { spend } from '../numeric/budget.js'
import { brief } from '../numeric/describe.js'
import { derivativeOf } from './derivative.js'
import { type FractionField, isZeroFraction, oneFraction, rationalValue, zeroFraction } from './fraction.js'
import {
  type Assumptions,
  everywhere,
  type Fraction,
  GeneratorTable,
  type Interval,
  positiveInterval,
} from './generators.js'
import { shortened } from './integers.js'
import { callKnown } from './known-functions.js'
import { distribute } from './linear-nodes.js'
import { isConstant } from './polynomial.js'
import { lowest, type Rational } from './rational.js'
import { boundedKey, fractionExpression } from './to-expression.js'
import { Transcendental } from './transcendental.js'

/** Functions with real values on a part of the real line only. */
const partlyReal: ReadonlySet<string> = new Set(['log', 'asin', 'acos', 'logGamma'])

/** Writes expressions as fractions over one growing table of generators. */
export class Normalizer {
  readonly table: GeneratorTable
  readonly field: FractionField
  readonly transcendental: Transcendental
  private readonly memory = new WeakMap<Expression, Fraction>()

  constructor(readonly assumptions: Assumptions = {}) {
    this.table = new GeneratorTable(assumptions)
    this.transcendental = new Transcendental(this.table)
    this.field = this.transcendental.field
  }

  /** The normal form. Throws DomainError on division by what is identically zero, LimitError beyond size bounds. */
  of(e: Expression): Fraction {
    const known = this.memory.get(e)
    if (known) return this.field.of(known.numerator, known.denominator)
    spend(20)
    const result = this.compute(e)
    this.memory.set(e, result)
    return result
  }

  /** The canonical formula of a fraction. */
  expression(a: Fraction): Expression {
    return fractionExpression(this.table, a)
  }

  /** The canonical formula of an expression. */
  canonical(e: Expression): Expression {
    return this.expression(this.of(e))
  }

  /** A generator that stands for a formula taken as a whole. */
  atom(e: Expression, real = this.isRealAtom(e), interval: Interval = this.intervalOf(e)): Fraction {
    return this.field.generator(this.table.register(boundedKey(e), { kind: 'atom', expression: e }, real, interval))
  }

  private compute(e: Expression): Fraction {
    const { field, transcendental } = this
    switch (e.kind) {
      case 'number':
        return field.rational(e.numerator, e.denominator)
      case 'constant':
        if (e.name === 'i') return transcendental.imaginary()
        return e.name === 'pi' ? transcendental.atomPi() : transcendental.exp(oneFraction)
      case 'symbol':
      case 'indexed':
        return this.atom(e)
      case 'sum':
        return field.sum(e.terms.map((t) => this.of(t)))
      case 'product':
        return e.factors.map((f) => this.of(f)).reduce((a, b) => field.multiply(a, b), oneFraction)
      case 'power':
        return this.power(e)
      case 'function':
        return callKnown(this, e.name, e.arguments)
      case 'conjugate':
        return this.conjugate(this.of(e.of))
      case 'modulus':
        return this.modulus(this.of(e.of))
      case 'indexedSum':
      case 'integral':
        return this.linear(e)
      case 'derivative':
        return this.derivative(e)
      default:
        return this.atom(mapChildren(e, (child) => this.canonicalChild(child)))
    }
  }

  /** Derivatives are carried out as far as they go; what is left of unknown functions are generators. */
  private derivative(e: DerivativeNode): Fraction {
    const of = this.canonical(e.of)
    const { variable } = e
    const open = { ...e, of, variable: this.canonicalChild(variable) }
    if (variable.kind !== 'symbol' && variable.kind !== 'indexed' && variable.kind !== 'apply') return this.atom(open)
    try {
      const result = derivativeOf(of, variable, e.order, (step) => this.canonical(step))
      return result.kind === 'derivative' ? this.atom(result) : this.of(result)
    } catch (error) {
      if (error instanceof DomainError) return this.atom(open)
      throw error
    }
  }

  /** Children of unevaluated nodes: canonical where they have a scalar value. */
  private canonicalChild(e: Expression): Expression {
    switch (e.kind) {
      case 'matrix':
      case 'matrixProduct':
      case 'transpose':
      case 'configuration':
        return mapChildren(e, (child) => this.canonicalChild(child))
      default:
        return this.canonical(e)
    }
  }

  /** Whether a formula has real values wherever it has one, as far as its shape tells. */
  isRealAtom(e: Expression): boolean {
    const { complex } = this.assumptions
    spend(2)
    switch (e.kind) {
      case 'constant':
        return e.name !== 'i'
      case 'symbol':
      case 'indexed':
        return !complex?.has(e.name)
      case 'apply':
        return !complex?.has(e.name)
      case 'modulus':
        return true
      case 'conjugate':
        return this.isRealAtom(e.of)
      case 'power':
      case 'function':
        if (!children(e).every((c) => this.isRealAtom(c))) return false
        if (
          e.kind === 'power' ? e.exponent.kind === 'number' && e.exponent.denominator === 1n : !partlyReal.has(e.name)
        )
          return true
        return this.isRealForm(this.of(e))
      default:
        return children(e).every((c) => this.isRealAtom(c))
    }
  }

  isRealForm({ numerator, denominator }: Fraction): boolean {
    return this.table.isReal(numerator) && this.table.isReal(denominator)
  }

  private intervalOf(e: Expression): Interval {
    const { positive, domains } = this.assumptions
    if (e.kind !== 'symbol' && e.kind !== 'indexed' && e.kind !== 'apply') return everywhere
    const domain = domains?.get(e.name)
    const isPositive = positive?.has(e.name) ?? false
    if (!domain) return isPositive ? positiveInterval : everywhere
    const low = isPositive ? Math.max(0, domain.minimum) : domain.minimum
    return {
      low,
      high: domain.maximum,
      openLow: !domain.includeMinimum || (isPositive && low === 0),
      openHigh: !domain.includeMaximum,
    }
  }

  private power(e: PowerNode): Fraction {
    const { field, transcendental } = this
    const exponent = this.of(e.exponent)
    if (e.base.kind === 'constant' && e.base.name === 'e') return transcendental.exp(exponent)
    const base = this.of(e.base)
    const value = rationalValue(exponent)
    if (value) {
      if (isZeroFraction(base) && value[0] < 0n) throw new DomainError(`division by zero, in \`${brief(e)}\``)
      if (value[1] === 1n && (value[0] > 2000n || value[0] < -2000n))
        throw new LimitError(`the power ${shortened(value[0])}, in \`${brief(e)}\`; powers up to 2000 are expanded`)
      return transcendental.power(base, value)
    }
    // x^(c + n) = x^c x^n: the rational part of the exponent stays a root or an integer power.
    const fixed = this.constantPart(exponent)
    const rest = field.subtract(exponent, field.rational(...fixed))
    return field.multiply(
      transcendental.power(base, fixed),
      transcendental.exp(field.multiply(rest, transcendental.log(base))),
    )
  }

  /** The rational number among the terms of a fraction with constant denominator. */
  constantPart(a: Fraction): Rational {
    if (!isConstant(a.denominator)) return [0n, 1n]
    return lowest(a.numerator.get('') ?? 0n, a.denominator.get('')!)
  }

  /** |x|; of a complex expression the root of x conj(x). */
  modulus(x: Fraction): Fraction {
    if (isZeroFraction(x)) return zeroFraction
    if (this.table.isReal(x.numerator) && this.table.isReal(x.denominator)) return this.transcendental.absolute(x)
    return this.transcendental.power(this.field.multiply(x, this.conjugate(x)), [1n, 2n])
  }

  /** Complex conjugate: real generators stay, i and phases turn, complex quantities become generators of their own. */
  conjugate(x: Fraction): Fraction {
    const { field, table, transcendental } = this
    const images = new Map<number, Fraction>()
    const used = new Set<number>()
    for (const p of [x.numerator, x.denominator])
      for (const m of p.keys()) for (let k = 0; k < m.length; k++) if (m.charCodeAt(k) > 0) used.add(k)
    for (const id of used) {
      const generator = table.generator(id)
      if (table.isReal(table.power(id))) continue
      if (generator.kind === 'imaginary') images.set(id, field.negate(field.generator(id)))
      else if (generator.kind === 'unity') images.set(id, transcendental.unity([-1n, BigInt(generator.order)]))
      else if (generator.kind === 'exponential')
        images.set(
          id,
          transcendental.exp(transcendental.scale(this.conjugate(generator.exponent), [1n, BigInt(generator.index)])),
        )
      else if (generator.kind === 'atom' && generator.expression.kind === 'conjugate')
        images.set(id, this.of(generator.expression.of))
      else if (generator.kind === 'atom' && generator.expression.kind === 'indexedSum')
        images.set(id, this.of(conjugateBody(generator.expression)))
      else images.set(id, this.atom({ kind: 'conjugate', of: this.expression(field.generator(id)) }, false, everywhere))
    }
    return images.size === 0 ? x : field.substitute(x, images)
  }

  /** Sums and integrals: linear, dummy letters renamed, factors free of the letter outside. */
  private linear(e: IndexedSumNode | IntegralNode): Fraction {
    return distribute(e, this)
  }
}

/** The conjugate of a sum is the sum of the conjugates. */
const conjugateBody = (e: IndexedSumNode): IndexedSumNode => ({ ...e, body: { kind: 'conjugate', of: e.body } })
