import { InputError } from '../../expression/errors.js'
import { real } from '../../numeric/arithmetic.js'
import { evaluate } from '../../numeric/evaluate.js'
import type { CheckInput, DirectCheck } from '../derivation.js'
import type { Evidence, Method } from '../evidence.js'
import { expanded } from './values.js'

/** One way of computing a number that a paper prints. */
export interface NumberReading {
  /** What it is, as it goes on after "is": `the weak inequality, normalised on the lattice`. */
  readonly name: string
  readonly value: (input: CheckInput) => number
  /** Id of the statement's declared reading that it is computed under. @defaultValue none: the text as it stands */
  readonly reading?: string
}

/** A number in the prose and every defensible way of computing it. */
export interface PrintedNumber {
  readonly name: string
  /** Any of these may reproduce the number. At least one. */
  readonly readings: readonly NumberReading[]
  /** Numbers told beside it that do not judge it: the exact value where the paper estimates. @defaultValue none */
  readonly beside?: readonly NumberReading[]
  /** @defaultValue 'numeric' */
  readonly method?: Exclude<Method, 'sampled' | 'exact'>
}

const mostDecimals = 9

/** Half a unit of a number's last decimal; for numbers that are no short decimals, what rounding may change. */
export function halfLastUnit(value: number): number {
  for (let decimals = 0; decimals <= mostDecimals; decimals++) {
    const scaled = value * 10 ** decimals
    if (Math.abs(scaled - Math.round(scaled)) <= 16 * Number.EPSILON * Math.max(1, Math.abs(scaled)))
      return 0.5 / 10 ** decimals
  }
  return 1e-12 * Math.abs(value)
}

const shown = (x: number): string => x.toPrecision(6)

/**
 * Compares a printed number with its readings within its printed digits (half a unit of the last decimal; zeros that end
 * it are not seen): holds where a reading reproduces it. The summary says which one does, and what the others give; where
 * every one that does is computed under a declared reading of the statement, the number holds under that reading. Throws
 * InputError where a reading is named that the statement does not declare.
 */
export function printedNumber({ name, readings, beside = [], method = 'numeric' }: PrintedNumber): DirectCheck {
  return {
    kind: 'direct',
    name,
    run: (input): Evidence => {
      for (const { reading } of readings) refuseUndeclared(reading, input)
      const claimed = evaluate<number>(expanded(input.claimed, input), scalarsAlone, real)
      const tolerance = halfLastUnit(claimed)
      const values = readings.map((one) => ({ name: one.name, reading: one.reading, value: one.value(input) }))
      const further = beside.map((reading) => ({ name: reading.name, value: reading.value(input) }))
      // Rounding moves a number by half a unit at most, and doubles err by a little more.
      const fits = values.filter(({ value }) => Math.abs(value - claimed) <= tolerance * (1 + 1e-9))
      const others = [...values.filter((v) => !fits.includes(v)), ...further]
      const told = others.map((other) => `${other.name}: ${shown(other.value)}`).join('; ')
      const base = { method, target: input.target }
      const numbers = Object.fromEntries([...values, ...further].map((v) => [v.name, v.value]))
      if (fits.length > 0)
        return {
          ...base,
          outcome: 'holds',
          summary: `${name}: ${claimed} is ${fits.map((fit) => `${fit.name} (${shown(fit.value)})`).join(', or ')}${told && `; ${told}`}`,
          witness: null,
          numbers,
          ...underReading(fits),
        }
      const nearest = values.reduce((a, b) => (Math.abs(b.value - claimed) < Math.abs(a.value - claimed) ? b : a))
      return {
        ...base,
        outcome: 'refuted',
        summary: `${name}: ${claimed} is none of ${values.map((v) => `${v.name}: ${shown(v.value)}`).join('; ')}`,
        witness: {
          at: { reading: nearest.name },
          left: String(claimed),
          right: String(nearest.value),
          note: 'printed, and by the reading that comes nearest',
        },
        numbers,
      }
    },
  }
}

/** The reading that a number holds under, where it does not hold for the text as it stands. */
const underReading = (fits: readonly { readonly reading: string | undefined }[]): Pick<Evidence, 'reading'> => {
  const [first] = fits
  return first?.reading === undefined || fits.some(({ reading }) => reading === undefined)
    ? {}
    : { reading: first.reading }
}

function refuseUndeclared(reading: string | undefined, { context: { statement } }: CheckInput): void {
  if (reading === undefined || statement.readings.some(({ id }) => id === reading)) return
  throw new InputError(
    `a number is computed under the reading '${reading}', which the statement does not declare: name it under \`readings\` in its data`,
  )
}

const scalarsAlone = {
  symbol: (name: string): never => {
    throw new TypeError(`${name} stands in what should be a number`)
  },
  indexed: (name: string): never => {
    throw new TypeError(`${name} stands in what should be a number`)
  },
}
