import { DomainError } from '../../expression/errors.js'
import { type MomentTable, mergeTables } from '../moment-table.js'
import type { ObservableSummary } from './observable.js'

const mismatch = (a: ObservableSummary, b: ObservableSummary): DomainError =>
  new DomainError(`summaries of different observables (${a.kind} and ${b.kind}, or of another shape) cannot be merged`)

/** What two consecutive shards saw together. @throws DomainError for summaries of different observables. */
export function mergeObservables(a: ObservableSummary, b: ObservableSummary): ObservableSummary {
  if (a.kind === 'samples' && b.kind === 'samples')
    return { ...a, trajectories: [...a.trajectories, ...b.trajectories].slice(0, a.wanted) }
  if (a.kind === 'modeHistogram' && b.kind === 'modeHistogram') {
    if (a.counts.length !== b.counts.length || a.counts[0]?.length !== b.counts[0]?.length) throw mismatch(a, b)
    return { ...a, counts: a.counts.map((row, k) => row.map((count, bin) => count + b.counts[k]![bin]!)) }
  }
  if ((a.kind === 'lattice' && b.kind === 'lattice') || (a.kind === 'histogram' && b.kind === 'histogram')) {
    if (a.counts.length !== b.counts.length) throw mismatch(a, b)
    return { ...a, counts: a.counts.map((count, k) => count + b.counts[k]!) }
  }
  if (a.kind === 'conditional' && b.kind === 'conditional') {
    if (a.tables.length !== b.tables.length) throw mismatch(a, b)
    return { ...a, tables: a.tables.map((table, k) => mergeChecked(a, b, table, b.tables[k]!)) }
  }
  if ('table' in a && 'table' in b && a.kind === b.kind) return { ...a, table: mergeChecked(a, b, a.table, b.table) }
  throw mismatch(a, b)
}

function mergeChecked(a: ObservableSummary, b: ObservableSummary, x: MomentTable, y: MomentTable): MomentTable {
  if (x.mean.length !== y.mean.length) throw mismatch(a, b)
  return mergeTables(x, y)
}
