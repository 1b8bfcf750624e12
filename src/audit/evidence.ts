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
  /** The statement holds to leading order only; `numbers.order` is the measured exponent of the error. */
  readonly leadingOrder?: boolean
  /** Id of the statement's declared reading under which it holds; absent for the text as it stands. */
  readonly reading?: string
  /** Decided on finitely many instances of a claim about infinitely many: supports `verified`, never `proved`. */
  readonly instances?: boolean
}

export type Verdict = 'definition' | 'proved' | 'verified' | 'asymptotic' | 'sampled' | 'erratum' | 'refuted' | 'open'

export type Severity = 'notation' | 'algebra' | 'observable'
