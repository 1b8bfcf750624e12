import { DomainError } from '../../expression/errors.js'
import type { Domain } from '../../expression/notation.js'

/** How far values are drawn from zero, or from a finite end, where a domain is wider than that. */
const reach = 6

/** Whether a value lies in a domain (null: the whole line). */
export function inDomain(domain: Domain | null, value: number): boolean {
  if (!Number.isFinite(value)) return false
  if (domain === null) return true
  if (domain.integer && !Number.isInteger(value)) return false
  const above = domain.includeMinimum ? value >= domain.minimum : value > domain.minimum
  const below = domain.includeMaximum ? value <= domain.maximum : value < domain.maximum
  return above && below
}

/**
 * A value of a domain from a number in (0, 1): even over a bounded interval; over a wide or unbounded one even in the
 * logarithm of the distance from its finite end, or from zero, up to e^6, so that no size is favoured.
 */
export function valueFrom(domain: Domain | null, unit: number): number {
  const minimum = domain?.minimum ?? Number.NEGATIVE_INFINITY
  const maximum = domain?.maximum ?? Number.POSITIVE_INFINITY
  const value = spread(minimum, maximum, unit)
  if (!domain?.integer) return value
  const low = Math.ceil(domain.includeMinimum ? minimum : minimum + 0.5)
  const high = Math.floor(domain.includeMaximum ? maximum : maximum - 0.5)
  return Math.min(Math.max(Math.round(value), low), high)
}

function spread(minimum: number, maximum: number, unit: number): number {
  if (maximum - minimum <= 20) return minimum + (maximum - minimum) * unit
  if (minimum >= 0 || (Number.isFinite(minimum) && maximum === Number.POSITIVE_INFINITY))
    return Math.min(minimum + Math.exp(reach * (1.5 * unit - 0.5)), minimum + (maximum - minimum) * 0.999)
  if (maximum <= 0 || (Number.isFinite(maximum) && minimum === Number.NEGATIVE_INFINITY))
    return Math.max(maximum - Math.exp(reach * (1.5 * unit - 0.5)), minimum + (maximum - minimum) * 0.001)
  const magnitude = Math.exp(Math.abs(2 * unit - 1) * reach) - 1 + 0.05
  return unit < 0.5 ? Math.max(-magnitude, minimum * 0.999) : Math.min(magnitude, maximum * 0.999)
}

/** Fractions in order of simplicity: 1, 2, 1/2, 0, 3, 1/3, 2/3, 3/2, … with both signs. */
const simpleFractions: readonly number[] = (() => {
  const found: { value: number; cost: number }[] = []
  for (let denominator = 1; denominator <= 10; denominator++)
    for (let numerator = 0; numerator <= 20; numerator++) {
      const value = numerator / denominator
      if (found.some((f) => f.value === value)) continue
      const cost = numerator === 0 ? 3.5 : numerator + denominator + (denominator > 1 ? 0.5 : 0)
      found.push({ value, cost })
      if (value !== 0) found.push({ value: -value, cost: cost + 0.25 })
    }
  return found.sort((a, b) => a.cost - b.cost).map((f) => f.value)
})()

/** The simplest values of a domain, simplest first. */
export const simpleValues = (domain: Domain | null): readonly number[] =>
  simpleFractions.filter((value) => inDomain(domain, value))

/** The simplest fraction with a denominator up to 16 of which a double is the nearest value; null where there is none. */
function simpleFraction(value: number): readonly [numerator: number, denominator: number] | null {
  for (let denominator = 1; denominator <= 16; denominator++) {
    const numerator = Math.round(value * denominator)
    if (Number.isSafeInteger(numerator) && numerator / denominator === value) return [numerator, denominator]
  }
  return null
}

/** How a value is shown: a simple fraction as such, otherwise in decimals. */
export function valueText(value: number): string {
  const [numerator, denominator] = simpleFraction(value) ?? []
  if (numerator === undefined) return String(value)
  return denominator === 1 ? String(numerator) : `${numerator}/${denominator}`
}

/** The very number that `valueText` shows, as a fraction. */
export function exactValue(value: number): readonly [numerator: bigint, denominator: bigint] {
  const [numerator, denominator] = simpleFraction(value) ?? []
  return numerator === undefined ? exactDecimal(value) : [BigInt(numerator), BigInt(denominator!)]
}

/** The shortest decimal that is nearest to a double, as a fraction: the very number that `String` shows. */
export function exactDecimal(value: number): readonly [numerator: bigint, denominator: bigint] {
  const [, sign = '', whole = '', decimals = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? []
  if (whole === '') throw new DomainError(`${value} is no number to evaluate a formula at`)
  const digits = BigInt(`${sign}${whole}${decimals}`)
  const scale = Number(exponent) - decimals.length
  return scale >= 0 ? [digits * 10n ** BigInt(scale), 1n] : [digits, 10n ** BigInt(-scale)]
}
