import type { Ensemble } from '../ensemble.js'
import { type Level, resolveField } from '../fields.js'
import { pairWidths } from '../pairs/ensemble.js'
import { latticeSteps, type PairFieldName } from '../pairs/fields.js'
import type { Trajectory } from '../trajectory.js'
import type { Collector } from './collect.js'
import type { HistogramObservable, LatticeObservable } from './observable.js'

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
  const steps = stepsOf(observable, ensemble, level)
  const counts = new Array<number>(steps + 1).fill(0)
  return {
    add: (trajectory) => {
      counts[Math.round((steps * (1 + at(columnOf(trajectory)))) / 2)]!++
    },
    summary: () => ({ kind: 'lattice', counts }),
  }
}

/** A valid lattice observable is of a pair ensemble. */
function stepsOf({ field, layer }: LatticeObservable, ensemble: Ensemble, level: Level): number {
  if (ensemble.kind !== 'pair') return 0
  const { name } = resolveField(field, ensemble, level)
  return latticeSteps(name as PairFieldName, pairWidths(ensemble)[layer ?? ensemble.depth]!, ensemble)
}
