import { columnCount, type Ensemble } from '../ensemble.js'
import { type Field, type Level, resolveField } from '../fields.js'
import { MomentCollector } from '../moment-table.js'
import { pairWidths } from '../pairs/ensemble.js'
import { latticeSteps, type PairFieldName } from '../pairs/fields.js'
import type { Trajectory } from '../trajectory.js'
import type { Collector, ColumnOf } from './collect.js'
import type { ConditionalObservable, HistogramObservable, LatticeObservable } from './observable.js'

/** Counts of a field at one layer: on its lattice, or in equal bins. */
export function collectCounts(
  observable: LatticeObservable | HistogramObservable,
  ensemble: Ensemble,
  level: Level,
  columnOf: (trajectory: Trajectory) => Float64Array,
): Collector {
  const at = (column: Float64Array): number => column[observable.layer ?? column.length - 1]!
  if (observable.kind === 'histogram') {
    const { from, to, bins } = observable
    const counts = new Array<number>(bins + 2).fill(0)
    return {
      add: (trajectory) => {
        const bin = Math.floor(((at(columnOf(trajectory)) - from) / (to - from)) * bins)
        counts[Math.max(0, Math.min(bins + 1, bin + 1))]!++
      },
      summary: () => ({ kind: 'histogram', from, to, counts }),
    }
  }
  const { field, layer } = observable
  const { index, size } = latticeOf(field, layer, ensemble, level)
  const counts = new Array<number>(size).fill(0)
  return {
    add: (trajectory) => {
      counts[index(at(columnOf(trajectory)))]!++
    },
    summary: () => ({ kind: 'lattice', counts }),
  }
}

/** Moments of one field apart for each value of another. */
export function collectConditional(
  { field, given, layer }: ConditionalObservable,
  ensemble: Ensemble,
  level: Level,
  columnOf: ColumnOf,
): Collector {
  const { index, size } = latticeOf(given, layer, ensemble, level)
  const [observed, condition] = [columnOf(field), columnOf(given)]
  const collectors = Array.from({ length: size }, () => new MomentCollector(columnCount(ensemble)))
  const at = layer ?? columnCount(ensemble) - 1
  return {
    add: (trajectory) => collectors[index(condition(trajectory)[at]!)]!.add(observed(trajectory)),
    summary: () => ({ kind: 'conditional', tables: collectors.map((collector) => collector.table()) }),
  }
}

/** Where a value lies on a field's lattice, and how many points that has. A valid lattice is of a pair ensemble. */
function latticeOf(field: Field, layer: number | undefined, ensemble: Ensemble, level: Level) {
  const { name } = resolveField(field, ensemble, level)
  const steps =
    ensemble.kind === 'pair'
      ? latticeSteps(name as PairFieldName, pairWidths(ensemble)[layer ?? ensemble.depth]!, ensemble)
      : 0
  return { size: steps + 1, index: (value: number): number => Math.round((steps * (1 + value)) / 2) }
}
