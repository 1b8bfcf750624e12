import type { ShardSummary } from '../../network/index.js'
import { columnOf } from '../../network/moment-table.js'
import { type Estimate, meanEstimate } from '../../statistics/index.js'

/**
 * The means that an observable with a table of moments measured (layers, windows, autocovariances), with standard errors, in
 * the table's order: what a sampled check's `measured` returns.
 *
 * @param position of the observable in its request
 * @throws TypeError where the summary has no such observable, or one without a table
 */
export function tableEstimates(summary: ShardSummary, position = 0): readonly Estimate[] {
  const observable = summary.observables[position]
  if (!observable || !('table' in observable)) throw new TypeError(`observable ${position} is no table of moments`)
  return observable.table.mean.map((_, k) => meanEstimate(columnOf(observable.table, k)))
}
