import type { Expression } from '../expression/expression.js'

/** How a check compares. */
export type Method = 'exact' | 'numeric' | 'property' | 'sampled'

export type Outcome = 'holds' | 'refuted' | 'undecided'

/** Parameter values at which two sides differ, and the sides' values there. Values are decimal strings or simple fractions. */
export interface Witness {
  readonly at: Readonly<Record<string, string>>
  readonly left: string
  readonly right: string
  readonly note?: string
}

/** One measured number of a sampled check beside what is claimed of it. */
export interface SampledTest {
  readonly label: string
  readonly prediction: number
  /** Measured minus predicted, in standard errors as measured; absent where no standard error enters the test. */
  readonly deviation?: number
  /** Chance of a deviation at least as large if the claim holds. */
  readonly pValue: number
  /** The smallest deviation that would be caught with the stated power at the level that the comparison has. */
  readonly detectable: number
}

/** A number that stands beside a measured one. */
export interface ValueBeside {
  /** What it is: printed or corrected, that of an approximation, the exact limit. */
  readonly name: string
  readonly value: number
  /** Its relative deviation from the measured number. */
  readonly relative: number
  /** Whether the measurement leaves room for it at the level at which claims are refuted. */
  readonly compatible: boolean
}

/** A number measured on sampled networks with its confidence interval, and what else is said to be that number. */
export interface MeasuredValue {
  /** In the paper's LaTeX. */
  readonly quantity: string
  readonly value: number
  readonly standardError: number
  readonly interval: readonly number[]
  /** Chance with which such an interval holds the true number. */
  readonly level: number
  /** Outside of it claims are refuted; absent where it is open. */
  readonly refutedOutside?: readonly number[]
  readonly beside?: readonly ValueBeside[]
  /** What it is at the widths that it was extrapolated from, by the same fit; widths at which it has none are left out. */
  readonly widths?: readonly { readonly width: number; readonly value: number; readonly standardError: number }[]
}

/** What one check found about one target. */
export interface Evidence {
  readonly method: Method
  readonly target: 'printed' | 'corrected'
  readonly outcome: Outcome
  /** One line a person can read. */
  readonly summary: string
  readonly witness: Witness | null
  /** Figures: digits of agreement, z-score, p-value, power, order of the error, sizes, seed. JSON-safe, no NaN. */
  readonly numbers: Readonly<Record<string, number | string | boolean | readonly number[]>>
  /** Of a sampled check: every comparison that it made. Not part of reports, which have their summary in `numbers`. */
  readonly tests?: readonly SampledTest[]
  /** The two expressions that were evaluated: what a witness without a note gives the values of. Not part of reports. */
  readonly compared?: { readonly left: Expression; readonly right: Expression }
  /** Of a sampled check that measures one number: the number and what it is compared with. */
  readonly measured?: MeasuredValue
  /** The statement holds to leading order only; `numbers.order` is the measured exponent of the error. */
  readonly leadingOrder?: boolean
  /** Id of the statement's declared reading under which it holds; absent for the text as it stands. */
  readonly reading?: string
  /** Decided on finitely many instances of a claim about infinitely many: supports `verified`, never `proved`. */
  readonly instances?: boolean
}

export type Verdict = 'definition' | 'proved' | 'verified' | 'asymptotic' | 'sampled' | 'erratum' | 'refuted' | 'open'

export type Severity = 'notation' | 'algebra' | 'observable'
