import type { MeasuredValue, ValueBeside } from '../audit/evidence.js'
import { withError } from '../statistics/with-error.js'
import type { PaperReport } from './report.js'

/** A row of a table of what stands beside a measured number. */
export interface MeasuredRow {
  readonly name: string
  readonly value: string
  /** In per cent of the measured number, with its sign. */
  readonly off: string
  readonly compatible: boolean
}

/** A measured number with everything that a paper and its audit say of it. */
export interface MeasuredGroup {
  readonly quantity: string
  /** `1.2182 ± 0.0015`. */
  readonly measured: string
  /** `95 %: 1.2152 to 1.2212`. */
  readonly interval: string
  /** What was measured: the check's name. */
  readonly name: string
  readonly rows: readonly MeasuredRow[]
  /** What it is at finite widths; null where that is not known. */
  readonly widths: string | null
}

/** `1.233 ± 0.002 at width 128, …`; null where no widths are given. */
export function widthsText({ widths = [] }: MeasuredValue): string | null {
  if (widths.length === 0) return null
  return widths
    .map(({ width, value, standardError }) => `${withError(value, standardError)} at width ${width}`)
    .join(', ')
}

/** `1.2182 ± 0.0015`. */
export const measuredText = ({ value, standardError }: MeasuredValue): string => withError(value, standardError)

/** `95 %: 1.2152 to 1.2212`, to the digits that the error allows. */
export function intervalText({
  interval: [from = Number.NaN, to = Number.NaN],
  level,
  standardError,
}: MeasuredValue): string {
  const places = Math.max(0, Math.min(12, 1 - Math.floor(Math.log10(standardError))))
  return `${Math.round(100 * level)} %: ${from.toFixed(places)} to ${to.toFixed(places)}`
}

const row = ({ name, value, relative, compatible }: ValueBeside): MeasuredRow => ({
  name,
  value: String(Number(value.toPrecision(6))),
  off: `${relative < 0 ? '-' : '+'}${Math.abs(100 * relative).toFixed(Math.abs(relative) < 0.0995 ? 2 : 1)} %`,
  compatible,
})

/** The numbers beside one measured number, in the check's order. */
export const measuredRows = ({ beside = [] }: MeasuredValue): readonly MeasuredRow[] => beside.map(row)

/**
 * Every number that was measured for a paper, once, with what any of its statements says of it: printed and corrected numbers
 * by the statement's label, then the numbers that checks put beside it, each once.
 */
export function measuredGroups({ statements }: Pick<PaperReport, 'statements'>): readonly MeasuredGroup[] {
  const found = new Map<
    string,
    { measured: MeasuredValue; name: string; stated: MeasuredRow[]; others: MeasuredRow[] }
  >()
  for (const { label, checks } of statements)
    for (const { measured, name } of checks) {
      if (measured === undefined) continue
      const key = JSON.stringify([measured.quantity, measured.value, measured.interval])
      const group = found.get(key) ?? { measured, name, stated: [], others: [] }
      found.set(key, group)
      for (const one of measuredRows(measured)) {
        const isStated = one.name === 'printed' || one.name === 'corrected'
        const list = isStated ? group.stated : group.others
        const named = isStated ? { ...one, name: `${one.name}, ${label}` } : one
        if (!list.some((other) => other.name === named.name && other.value === named.value)) list.push(named)
      }
    }
  return [...found.values()].map(({ measured, name, stated, others }) => ({
    quantity: measured.quantity,
    measured: measuredText(measured),
    interval: intervalText(measured),
    name,
    rows: [...stated, ...others],
    widths: widthsText(measured),
  }))
}
