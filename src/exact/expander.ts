import { DomainError } from '../expression/errors.js'
import {
  add,
  call,
  children,
  divide,
  type Expression,
  exp,
  imaginaryUnit,
  type KnownFunction,
  keyOf,
  multiply,
  negate,
  power,
  rational,
  subtract,
  symbol,
} from '../expression/expression.js'
import { substituteSymbol } from '../expression/substitute.js'
import { brief } from '../numeric/describe.js'
import { derivativeOf } from './derivative.js'
import { isZeroFraction, oneFraction, rationalValue, zeroFraction } from './fraction.js'
import type { Assumptions, Fraction } from './generators.js'
import { Normalizer } from './normalizer.js'

/** c[0] t^start + c[1] t^(start+1) + … + O(t^end), with c.length = end - start. */
export interface Series {
  readonly start: number
  readonly coefficients: readonly Fraction[]
}

/** Truncated Laurent series in one bookkeeping parameter t that multiplies every small quantity. */
export class Expander {
  readonly normalizer: Normalizer
  private readonly smallKeys: ReadonlySet<string>
  private readonly memory = new WeakMap<Expression, Series>()
  private readonly involved = new WeakMap<Expression, boolean>()

  constructor(
    smalls: readonly Expression[],
    /** Coefficients kept in each series. */
    private readonly length: number,
    assumptions: Assumptions,
  ) {
    this.normalizer = new Normalizer(assumptions)
    this.smallKeys = new Set(smalls.map(keyOf))
  }

  of(e: Expression): Series {
    const known = this.memory.get(e)
    if (known) return known
    const series = this.compute(e)
    this.memory.set(e, series)
    return series
  }

  /** Only symbols, indexed quantities, fields and their derivatives are small themselves. */
  private isSmall(e: Expression): boolean {
    if (e.kind !== 'symbol' && e.kind !== 'indexed' && e.kind !== 'apply' && e.kind !== 'derivative') return false
    return this.smallKeys.has(keyOf(e)) || (e.kind === 'derivative' && this.isSmall(e.of))
  }

  private involvesSmall(e: Expression): boolean {
    const known = this.involved.get(e)
    if (known !== undefined) return known
    const answer = this.isSmall(e) || children(e).some((c) => this.involvesSmall(c))
    this.involved.set(e, answer)
    return answer
  }

  private constant(a: Fraction): Series {
    return { start: 0, coefficients: Array.from({ length: this.length }, (_, k) => (k === 0 ? a : zeroFraction)) }
  }

  private compute(e: Expression): Series {
    const { normalizer } = this
    if (this.isSmall(e)) {
      const { coefficients } = this.constant(normalizer.atom(e))
      return { start: 1, coefficients }
    }
    if (!this.involvesSmall(e)) return this.constant(normalizer.of(e))
    switch (e.kind) {
      case 'sum':
        return e.terms.map((t) => this.of(t)).reduce((a, b) => this.add(a, b))
      case 'product':
        return e.factors.map((f) => this.of(f)).reduce((a, b) => this.multiply(a, b))
      case 'power':
        return this.powerOf(e.base, e.exponent)
      case 'function':
        if (e.name === 'exp') return this.exp(this.of(e.arguments[0]!))
        if (e.name === 'log') return this.log(this.of(e.arguments[0]!), e)
        if (byExponentials.has(e.name)) return this.of(byExponentials.get(e.name)!(e.arguments[0]!))
        return this.taylor(e.arguments, (args) => call(e.name, ...args), e)
      case 'apply':
        return this.taylor(e.arguments, (args) => ({ ...e, arguments: args }), e)
      case 'indexedSum':
      case 'integral': {
        const body = this.of(e.body)
        return {
          start: body.start,
          coefficients: body.coefficients.map((c) =>
            isZeroFraction(c) ? c : normalizer.of({ ...e, body: normalizer.expression(c) }),
          ),
        }
      }
      default:
        throw new DomainError(`a node of kind ${e.kind} cannot be expanded in small quantities, in \`${brief(e)}\``)
    }
  }

  private add(a: Series, b: Series): Series {
    const { field } = this.normalizer
    const start = Math.min(a.start, b.start)
    const end = Math.min(a.start + a.coefficients.length, b.start + b.coefficients.length)
    const at = (s: Series, k: number): Fraction => s.coefficients[k - s.start] ?? zeroFraction
    return {
      start,
      coefficients: Array.from({ length: Math.max(0, end - start) }, (_, k) =>
        field.add(at(a, start + k), at(b, start + k)),
      ),
    }
  }

  private multiply(a: Series, b: Series): Series {
    const { field } = this.normalizer
    const length = Math.min(a.coefficients.length, b.coefficients.length)
    const coefficients = Array.from({ length }, (_, n) => {
      const terms: Fraction[] = []
      for (let k = 0; k <= n; k++) {
        const x = a.coefficients[k]!
        const y = b.coefficients[n - k]!
        if (!isZeroFraction(x) && !isZeroFraction(y)) terms.push(field.multiply(x, y))
      }
      return field.sum(terms)
    })
    return { start: a.start + b.start, coefficients }
  }

  /** Without leading zeros. */
  private trimmed(a: Series): Series {
    const skip = a.coefficients.findIndex((c) => !isZeroFraction(c))
    if (skip <= 0) return skip === 0 ? a : { start: a.start + a.coefficients.length, coefficients: [] }
    return { start: a.start + skip, coefficients: a.coefficients.slice(skip) }
  }

  private powerOf(base: Expression, exponent: Expression): Series {
    const { normalizer } = this
    const { field } = normalizer
    if (this.involvesSmall(exponent)) {
      const log =
        base.kind === 'constant' && base.name === 'e' ? this.constant(oneFraction) : this.log(this.of(base), base)
      return this.exp(this.multiply(this.of(exponent), log))
    }
    const a = this.trimmed(this.of(base))
    const alpha = normalizer.of(exponent)
    const value = rationalValue(alpha)
    const whole = value?.[1] === 1n ? Number(value[0]) : null
    if (a.coefficients.length === 0) {
      // All that is known is that the base is small of that order.
      if (whole !== null && whole > 0) return { start: a.start * whole, coefficients: [] }
      throw new Unresolved()
    }
    const shift =
      whole === null
        ? a.start === 0
          ? 0
          : (Number(value?.[0] ?? Number.NaN) * a.start) / Number(value?.[1] ?? 1n)
        : whole * a.start
    if (!Number.isInteger(shift))
      throw new DomainError(`\`${brief(base)}\` is of order ${a.start}: the power is no series in whole orders`)
    const lead = a.coefficients[0]!
    const u = a.coefficients.map((c) => field.divide(c, lead))
    const result: Fraction[] = [oneFraction]
    for (let n = 1; n < u.length; n++) {
      const terms: Fraction[] = []
      for (let k = 1; k <= n; k++) {
        if (isZeroFraction(u[k]!)) continue
        const weight = field.subtract(field.multiply(alpha, field.rational(BigInt(k))), field.rational(BigInt(n - k)))
        terms.push(field.multiply(field.multiply(weight, u[k]!), result[n - k]!))
      }
      result.push(field.multiply(field.sum(terms), field.rational(1n, BigInt(n))))
    }
    const factor = normalizer.of(power(normalizer.expression(lead), exponent))
    return { start: shift, coefficients: result.map((c) => field.multiply(c, factor)) }
  }

  /** Constant term and coefficients of a series that begins at order 0 or later. */
  private regular(series: Series, what: string): readonly Fraction[] {
    const a = this.trimmed(series)
    if (a.start < 0) throw new DomainError(`${what} of a quantity of order ${a.start}: it has an essential singularity`)
    return [...Array.from({ length: a.start }, () => zeroFraction), ...a.coefficients].slice(0, this.length)
  }

  private exp(series: Series): Series {
    const { field, transcendental } = this.normalizer
    const a = this.regular(series, 'exp')
    const result: Fraction[] = [a.length === 0 ? oneFraction : transcendental.exp(a[0]!)]
    for (let n = 1; n < a.length; n++) {
      const terms: Fraction[] = []
      for (let k = 1; k <= n; k++)
        if (!isZeroFraction(a[k]!))
          terms.push(field.multiply(field.multiply(a[k]!, result[n - k]!), field.rational(BigInt(k), BigInt(n))))
      result.push(field.sum(terms))
    }
    return { start: 0, coefficients: result }
  }

  private log(series: Series, e: Expression): Series {
    const { field, transcendental } = this.normalizer
    const a = this.trimmed(series)
    if (a.coefficients.length === 0) throw new Unresolved()
    if (a.start !== 0)
      throw new DomainError(`the log of a quantity of order ${a.start} is no power series, in \`${brief(e)}\``)
    const lead = a.coefficients[0]!
    const u = a.coefficients.map((c) => field.divide(c, lead))
    const result: Fraction[] = [transcendental.log(lead)]
    for (let n = 1; n < u.length; n++) {
      const terms: Fraction[] = [u[n]!]
      for (let k = 1; k < n; k++)
        terms.push(field.multiply(field.multiply(result[k]!, u[n - k]!), field.rational(BigInt(-k), BigInt(n))))
      result.push(field.sum(terms))
    }
    return { start: 0, coefficients: result }
  }

  /** Taylor expansion of a function of one or more arguments around their values at t = 0, argument by argument. */
  private taylor(
    args: readonly Expression[],
    make: (args: readonly Expression[]) => Expression,
    e: Expression,
  ): Series {
    const moving = args.map((a) => this.involvesSmall(a))
    if (moving.filter(Boolean).length !== 1)
      throw new DomainError(`more than one argument is small, in \`${brief(e)}\``)
    const place = moving.indexOf(true)
    const { normalizer } = this
    const a = this.regular(this.of(args[place]!), 'a function')
    const name = 'seriesArgument'
    const centre = normalizer.expression(a[0] ?? zeroFraction)
    const u: Series = { start: 0, coefficients: [zeroFraction, ...a.slice(1)] }
    let derivative = make(args.with(place, symbol(name)))
    let sum = this.constant(normalizer.of(substituteSymbol(derivative, name, centre)))
    let powerOfU = this.constant(oneFraction)
    let factorial = 1n
    for (let n = 1; n < this.length; n++) {
      derivative = derivativeOf(normalizer.canonical(derivative), symbol(name), 1)
      factorial *= BigInt(n)
      powerOfU = this.multiply(powerOfU, u)
      const coefficient = normalizer.of(multiply(rational(1n, factorial), substituteSymbol(derivative, name, centre)))
      sum = this.add(sum, this.multiply(this.constant(coefficient), powerOfU))
    }
    return sum
  }
}

/** A leading term was not resolved with the coefficients kept: more are needed. */
export class Unresolved extends Error {}

/** Circular and hyperbolic functions as exponentials, whose series is a recurrence and not a tower of derivatives. */
const byExponentials: ReadonlyMap<KnownFunction, (u: Expression) => Expression> = new Map<
  KnownFunction,
  (u: Expression) => Expression
>([
  ['cosh', (u) => multiply(rational(1, 2), add(exp(u), exp(negate(u))))],
  ['sinh', (u) => multiply(rational(1, 2), subtract(exp(u), exp(negate(u))))],
  ['tanh', (u) => quotient(exp(multiply(rational(2), u)))],
  ['cos', (u) => multiply(rational(1, 2), add(exp(turned(u)), exp(negate(turned(u)))))],
  ['sin', (u) => multiply(rational(1, 2), divide(subtract(exp(turned(u)), exp(negate(turned(u)))), imaginaryUnit))],
  ['tan', (u) => divide(quotient(exp(multiply(rational(2), turned(u)))), imaginaryUnit)],
])

const turned = (u: Expression): Expression => multiply(imaginaryUnit, u)

/** (e - 1) / (e + 1). */
const quotient = (e: Expression): Expression => divide(subtract(e, rational(1)), add(e, rational(1)))
