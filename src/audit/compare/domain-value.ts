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

/** How a value is shown: a simple fraction as such, otherwise in decimals. */
export function valueText(value: number): string {
  for (let denominator = 1; denominator <= 16; denominator++) {
    const numerator = value * denominator
    if (Number.isInteger(numerator) || Math.abs(numerator - Math.round(numerator)) < 1e-12 * Math.abs(numerator))
      return denominator === 1 ? String(Math.round(numerator)) : `${Math.round(numerator)}/${denominator}`
  }
  return String(value)
}
