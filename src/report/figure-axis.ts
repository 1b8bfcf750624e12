/** Ranges and ticks of axes. */

/** An axis ready to be drawn. */
export interface AxisScale {
  readonly domain: readonly [number, number]
  /** Ticks with a label, within the domain. */
  readonly major: readonly number[]
  /** Ticks without. */
  readonly minor: readonly number[]
  readonly label: (value: number) => string
}

/** How much of the span is left free at either end. */
const margin = 0.03
/** Most ticks with a label, where nothing else is said. */
const usualTicks = 8

/**
 * An axis for the given values, those alone that can be shown on it. A logarithmic one has ticks at powers of ten; a linear
 * one starts at zero where `fromZero` is wanted and zero is near.
 */
export function axisScale(
  values: readonly number[],
  log: boolean,
  fromZero = false,
  most: number = usualTicks,
): AxisScale {
  const shown = values.filter((value) => Number.isFinite(value) && (!log || value > 0))
  return log ? logarithmic(shown, most) : linear(shown, fromZero, most)
}

const smallest = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)

function linear(values: readonly number[], fromZero: boolean, mostTicks: number): AxisScale {
  let [low, high] = values.length === 0 ? [0, 1] : [smallest(values), largest(values)]
  if (low === high) [low, high] = [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2]
  const free = margin * (high - low)
  const domain = [fromZero && low >= 0 && low < 0.3 * high ? 0 : low - free, high + free] as const
  const step = niceStep((domain[1] - domain[0]) / mostTicks)
  const first = Math.ceil(domain[0] / step)
  const count = Math.floor(domain[1] / step) - first + 1
  const major = Array.from({ length: count }, (_, k) => (first + k) * step)
  return { domain, major, minor: [], label: plainNumber(step, Math.max(Math.abs(domain[0]), Math.abs(domain[1]))) }
}

/** The next of 1, 2, 5 times a power of ten. */
function niceStep(least: number): number {
  const unit = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((f) => f * unit >= least * (1 - 1e-9)) ?? 10
  return factor * unit
}

/** Numbers with the digits that a step needs; very large and very small ones in powers of ten. */
function plainNumber(step: number, most: number): (value: number) => string {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const usual = digits <= 5 && most < 1e6
  return (value) => {
    if (Math.abs(value) < step / 1e6) return '0'
    if (usual) return signed(value, Math.abs(value).toFixed(digits))
    const exponent = Math.floor(Math.log10(most) + 1e-9)
    const mantissa = (Math.abs(value) / 10 ** exponent).toFixed(Math.max(0, digits + exponent))
    return signed(value, `${mantissa}·${powerOfTen(exponent)}`)
  }
}

const signed = (value: number, digits: string): string => (value < 0 ? `−${digits}` : digits)

function logarithmic(values: readonly number[], mostTicks: number): AxisScale {
  let [low, high] = values.length === 0 ? [0, 1] : [Math.log10(smallest(values)), Math.log10(largest(values))]
  if (low === high) [low, high] = [low - 0.5, high + 0.5]
  const free = margin * (high - low)
  ;[low, high] = [low - free, high + free]
  const inside = (value: number): boolean => Math.log10(value) >= low && Math.log10(value) <= high
  const decades = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, k) => Math.floor(low) + k)
  const powers = decades.filter((exponent) => exponent >= low && exponent <= high)
  const between = decades.flatMap((exponent) =>
    [2, 3, 4, 5, 6, 7, 8, 9].map((digit) => Number(`${digit}e${exponent}`)).filter(inside),
  )
  const label = (value: number): string => {
    const exponent = Math.floor(Math.log10(value) + 1e-9)
    const digit = Math.round(value / 10 ** exponent)
    return digit === 1 ? powerOfTen(exponent) : `${digit}·${powerOfTen(exponent)}`
  }
  const domain = [10 ** low, 10 ** high] as const
  if (powers.length < 2) {
    // Less than two decades: powers of ten alone would not name the scale.
    const isMajor = (value: number): boolean =>
      decades.some((exponent) => value === Number(`2e${exponent}`) || value === Number(`5e${exponent}`))
    const tens = powers.map((exponent) => Number(`1e${exponent}`))
    const major = [...tens, ...between.filter(isMajor)].sort((a, b) => a - b)
    if (major.length > 1) return { domain, major, minor: between.filter((value) => !isMajor(value)), label }
    // Hardly a logarithmic axis: ticks as on a linear one.
    const plain = linear([...domain], false, mostTicks)
    return { ...plain, domain, major: plain.major.filter((value) => value > 0 && inside(value)) }
  }
  const every = Math.ceil(powers.length / mostTicks)
  const isMajor = (exponent: number): boolean => exponent % every === 0
  const skipped = powers.filter((exponent) => !isMajor(exponent)).map((exponent) => Number(`1e${exponent}`))
  return {
    domain,
    major: powers.filter(isMajor).map((exponent) => Number(`1e${exponent}`)),
    minor: every === 1 ? between : skipped,
    label,
  }
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** `10⁻²`. */
export const powerOfTen = (exponent: number): string =>
  `10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => raised[Number(digit)]).join('')}`
