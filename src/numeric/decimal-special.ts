import type { Decimal } from 'decimal.js'
import { DomainError } from '../expression/errors.js'

type Context = typeof Decimal

/** B_2, B_4, …, B_{2 count} as exact [numerator, denominator], from the tangent numbers (Brent & Harvey 2011, algorithm TangentNumbers). */
function bernoulliEven(count: number): readonly (readonly [bigint, bigint])[] {
  const tangent: bigint[] = [0n, 1n]
  for (let k = 2; k <= count; k++) tangent[k] = BigInt(k - 1) * tangent[k - 1]!
  for (let k = 2; k <= count; k++)
    for (let j = k; j <= count; j++) tangent[j] = BigInt(j - k) * tangent[j - 1]! + BigInt(j - k + 2) * tangent[j]!
  return Array.from({ length: count }, (_, i) => {
    const n = BigInt(2 * (i + 1))
    const sign = i % 2 === 0 ? 1n : -1n
    return [sign * n * tangent[i + 1]!, 4n ** n - 2n ** n] as const
  })
}

const bernoulliCache = new Map<number, readonly (readonly [bigint, bigint])[]>()
const bernoulli = (count: number): readonly (readonly [bigint, bigint])[] => {
  const known = bernoulliCache.get(count) ?? bernoulliEven(count)
  bernoulliCache.set(count, known)
  return known
}

/** log Gamma(x) for x > 0 to the precision of `context`: recurrence up to x of the size of the digits, then Stirling's series. */
export function logGammaDecimal(context: Context, x: Decimal): Decimal {
  if (!x.isPositive() || x.isZero()) throw new DomainError(`logGamma(${x.toString()}): the argument must be positive`)
  const digits = context.precision
  const Wide = context.clone({ precision: digits + 20 })
  let shifted = new Wide(x)
  let product = new Wide(1)
  while (shifted.lt(digits)) {
    product = product.mul(shifted)
    shifted = shifted.add(1)
  }
  const twoPi = Wide.acos(-1).mul(2)
  let sum = shifted.sub(0.5).mul(shifted.ln()).sub(shifted).add(twoPi.ln().div(2))
  const inverseSquare = new Wide(1).div(shifted.mul(shifted))
  let power = new Wide(1).div(shifted)
  for (const [k, [numerator, denominator]] of bernoulli(digits + 20).entries()) {
    const order = 2 * (k + 1)
    const term = new Wide(String(numerator))
      .div(String(denominator))
      .div(order * (order - 1))
      .mul(power)
    sum = sum.add(term)
    if (term.abs().lt(new Wide(10).pow(-digits - 15))) break
    power = power.mul(inverseSquare)
  }
  return new context(sum.sub(product.ln()))
}

/** Gamma(x) at real x, poles excluded; negative arguments by reflection. */
export function gammaDecimal(context: Context, x: Decimal): Decimal {
  if (x.isInteger() && x.lte(0)) throw new DomainError(`gamma(${x.toString()}) is a pole`)
  if (x.lt(-1e6)) throw new DomainError(`gamma(${x.toString()}): too small a value; the least argument is -1000000`)
  if (x.gt(1e7)) throw new DomainError(`gamma(${x.toString()}) is too large; use logGamma`)
  const Wide = context.clone({ precision: context.precision + 25 })
  if (x.lt(0.5)) {
    const pi = Wide.acos(-1)
    const fraction = new Wide(x).mod(2)
    return new context(
      pi.div(
        pi
          .mul(fraction)
          .sin()
          .mul(logGammaDecimal(Wide, new Wide(1).sub(x)).exp()),
      ),
    )
  }
  return new context(logGammaDecimal(Wide, new Wide(x)).exp())
}

/** erf(x) by its series with positive terms (Abramowitz & Stegun 7.1.6); beyond the precision it is 1. */
function erfSeries(Wide: Context, x: Decimal): Decimal {
  const square = x.mul(x)
  let term = new Wide(x)
  let sum = new Wide(x)
  const least = new Wide(10).pow(-Wide.precision - 2)
  for (let n = 1; term.abs().gt(sum.abs().mul(least)); n++) {
    term = term
      .mul(square)
      .mul(2)
      .div(2 * n + 1)
    sum = sum.add(term)
  }
  return sum.mul(2).mul(square.neg().exp()).div(Wide.acos(-1).sqrt())
}

/** erf(x) to the precision of `context`. */
export function erfDecimal(context: Context, x: Decimal): Decimal {
  if (x.isZero()) return new context(0)
  if (
    x
      .abs()
      .pow(2)
      .gt(context.precision * 2.4 + 10)
  )
    return new context(x.isPositive() ? 1 : -1)
  const Wide = context.clone({ precision: context.precision + 10 })
  return new context(erfSeries(Wide, new Wide(x)))
}

/** erfc beyond this underflows the exponents that are carried. */
const largestErfc = 4000

/**
 * erfc(x) to full relative precision: where the digits that cancel are fewer than those asked for, by the erf series
 * carried to as many more; beyond, by Laplace's continued fraction (Abramowitz & Stegun 7.1.14), evaluated backwards,
 * whose terms needed grow as (digits / x)^2.
 */
export function erfcDecimal(context: Context, x: Decimal): Decimal {
  if (x.lte(0)) return new context(1).add(erfDecimal(context, x.neg()))
  if (x.gt(largestErfc))
    throw new DomainError(`erfc(${x.toString()}): too small a value; the largest argument is ${largestErfc}`)
  const digits = context.precision
  const square = x.toNumber() ** 2
  if (square < Math.min(digits, 1000 - digits)) {
    const lost = Math.ceil(square / Math.LN10)
    const Wide = context.clone({ precision: digits + lost + 15 })
    return new context(new Wide(1).sub(erfSeries(Wide, new Wide(x))))
  }
  const Wide = context.clone({ precision: digits + 15 })
  const argument = new Wide(x)
  const terms = Math.ceil(30 + ((digits + 5) * Math.LN10) ** 2 / (8 * square))
  let tail = argument
  for (let n = terms; n >= 1; n--) tail = argument.add(new Wide(n).div(2).div(tail))
  const size = argument.mul(argument).neg().exp()
  return new context(size.div(Wide.acos(-1).sqrt()).div(tail))
}
