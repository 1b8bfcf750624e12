import { DomainError } from '../../expression/errors.js'
import type { Moments } from '../../statistics/moments.js'
import { MomentCollector, columnOf as momentsAt } from '../moment-table.js'
import type { Trajectory } from '../trajectory.js'
import type { Collector } from './collect.js'
import type { ModePowerObservable, ModePowerSummary } from './observable.js'
import { windowTransform } from './window-transform.js'

/** Moments over networks of one mode of one field. */
export interface ModeMoments {
  readonly re: Moments
  readonly im: Moments
  /** Of |epsilon_q|^2; its second moment gives E|epsilon_q|^4. */
  readonly power: Moments
}

/** Moments over networks of epsilon_q(a) times the conjugate of epsilon_q(b). */
export interface CrossMoments {
  readonly re: Moments
  readonly im: Moments
}

const modeCount = (window: number): number => window / 2 + 1

/** Column of the table where a field's mode starts: Re, Im, power. */
const modeColumn = (window: number, field: number, mode: number): number => 3 * (field * modeCount(window) + mode)

/** Column where a pair's mode starts: Re, Im. Pairs (a, b), a < b, stand in order (0,1), (0,2), …, (1,2), …. */
function crossColumn(window: number, fields: number, a: number, b: number, mode: number): number {
  const pair = a * fields - (a * (a + 1)) / 2 + (b - a - 1)
  return 3 * fields * modeCount(window) + 2 * (pair * modeCount(window) + mode)
}

export function collectModePower(
  { last, fields, references = fields.map(() => 0) }: ModePowerObservable,
  columns: readonly ((trajectory: Trajectory) => Float64Array)[],
): Collector {
  const transforms = fields.map(() => windowTransform(last))
  const pairs = (fields.length * (fields.length - 1)) / 2
  const row = new Float64Array((3 * fields.length + 2 * pairs) * modeCount(last))
  const moments = new MomentCollector(row.length)
  return {
    add: (trajectory) => {
      const modes = transforms.map((transform, f) => transform(columns[f]!(trajectory), references[f]!))
      let at = 0
      for (const { re, im } of modes)
        for (let m = 0; m < re.length; m++) {
          row[at++] = re[m]!
          row[at++] = im[m]!
          row[at++] = re[m]! * re[m]! + im[m]! * im[m]!
        }
      for (let a = 0; a < modes.length; a++)
        for (let b = a + 1; b < modes.length; b++) {
          const [x, y] = [modes[a]!, modes[b]!]
          for (let m = 0; m < x.re.length; m++) {
            row[at++] = x.re[m]! * y.re[m]! + x.im[m]! * y.im[m]!
            row[at++] = x.im[m]! * y.re[m]! - x.re[m]! * y.im[m]!
          }
        }
      moments.add(row)
    },
    summary: () => ({ kind: 'modePower', window: last, fields: fields.length, table: moments.table() }),
  }
}

function checkMode({ window, fields }: ModePowerSummary, mode: number, ...chosen: readonly number[]): void {
  if (!Number.isSafeInteger(mode) || mode < 0 || mode > window / 2)
    throw new DomainError(`mode ${mode}: a window of ${window} layers has modes 0 to ${window / 2}`)
  for (const field of chosen)
    if (!Number.isSafeInteger(field) || field < 0 || field >= fields)
      throw new DomainError(`field ${field}: the summary holds fields 0 to ${fields - 1}`)
}

/** A field's mode, q = 2 pi mode / window. @throws DomainError outside the summary. */
export function modeMoments(summary: ModePowerSummary, mode: number, field = 0): ModeMoments {
  checkMode(summary, mode, field)
  const at = modeColumn(summary.window, field, mode)
  return {
    re: momentsAt(summary.table, at),
    im: momentsAt(summary.table, at + 1),
    power: momentsAt(summary.table, at + 2),
  }
}

/** The cross power of two fields' modes. For a > b the conjugate is returned. @throws DomainError outside the summary. */
export function crossMoments(summary: ModePowerSummary, mode: number, a: number, b: number): CrossMoments {
  checkMode(summary, mode, a, b)
  if (a === b) throw new DomainError(`field ${a} with itself: use modeMoments`)
  if (a > b) {
    const { re, im } = crossMoments(summary, mode, b, a)
    return { re, im: { ...im, mean: -im.mean, m3: -im.m3 } }
  }
  const at = crossColumn(summary.window, summary.fields, a, b, mode)
  return { re: momentsAt(summary.table, at), im: momentsAt(summary.table, at + 1) }
}
