import { columnCount, type Ensemble } from '../ensemble.js'
import { type Field, fieldKey, type Level, resolveField } from '../fields.js'
import { MomentCollector } from '../moment-table.js'
import type { Trajectory } from '../trajectory.js'
import { collectConditional, collectCounts } from './counts.js'
import { collectModePower } from './mode-power.js'
import type { ModeHistogramObservable, Observable, ObservableSummary, SamplesObservable } from './observable.js'
import { windowTransform } from './window-transform.js'

/** Takes networks one by one and says at the end what it saw. */
export interface Collector {
  /** `network` is the network's number in the whole simulation. */
  add(trajectory: Trajectory, network: number): void
  summary(): ObservableSummary
}

/** Where a field lies in trajectories. */
export type ColumnOf = (field: Field) => (trajectory: Trajectory) => Float64Array

/** A collector for a valid observable. */
export function makeCollector(observable: Observable, ensemble: Ensemble, level: Level): Collector {
  const columnOf: ColumnOf = (field) => {
    const key = fieldKey(resolveField(field, ensemble, level))
    return (trajectory) => trajectory.get(key)!
  }
  switch (observable.kind) {
    case 'layers': {
      const { layers } = observable
      if (layers === undefined || layers === 'all')
        return tableCollector('layers', columnCount(ensemble), columnOf(observable.field), (column) => column)
      return tableCollector('layers', layers.length, columnOf(observable.field), (column, row) => {
        for (let k = 0; k < layers.length; k++) row[k] = column[layers[k]!]!
        return row
      })
    }
    case 'windowMean': {
      const { last } = observable
      return tableCollector('windowMean', 1, columnOf(observable.field), (column, row) => {
        let sum = 0
        for (let l = column.length - last; l < column.length; l++) sum += column[l]!
        row[0] = sum / last
        return row
      })
    }
    case 'autocovariance': {
      const { last, lags, reference } = observable
      return tableCollector('autocovariance', lags.length, columnOf(observable.field), (column, row) => {
        const end = column.length
        for (const [k, lag] of lags.entries()) {
          let sum = 0
          for (let l = end - last; l + lag < end; l++) sum += (column[l]! - reference) * (column[l + lag]! - reference)
          row[k] = sum / (last - lag)
        }
        return row
      })
    }
    case 'modePower':
      return collectModePower(observable, observable.fields.map(columnOf))
    case 'samples':
      return collectSamples(observable, columnOf(observable.field))
    case 'modeHistogram':
      return collectModeHistogram(observable, columnOf(observable.field))
    case 'lattice':
    case 'histogram':
      return collectCounts(observable, ensemble, level, columnOf(observable.field))
    case 'conditional':
      return collectConditional(observable, ensemble, level, columnOf)
  }
}

function tableCollector(
  kind: 'layers' | 'windowMean' | 'autocovariance',
  columns: number,
  columnOf: (trajectory: Trajectory) => Float64Array,
  fill: (column: Float64Array, row: Float64Array) => Float64Array,
): Collector {
  const moments = new MomentCollector(columns)
  const row = new Float64Array(columns)
  return {
    add: (trajectory) => moments.add(fill(columnOf(trajectory), row)),
    summary: () => ({ kind, table: moments.table() }),
  }
}

function collectSamples({ count }: SamplesObservable, columnOf: (trajectory: Trajectory) => Float64Array): Collector {
  const trajectories: number[][] = []
  return {
    add: (trajectory, network) => {
      if (network < count) trajectories.push([...columnOf(trajectory)])
    },
    summary: () => ({ kind: 'samples', wanted: count, trajectories }),
  }
}

function collectModeHistogram(
  { last, reference, modes, halfRange, bins }: ModeHistogramObservable,
  columnOf: (trajectory: Trajectory) => Float64Array,
): Collector {
  const transform = windowTransform(last)
  const counts = modes.map(() => new Array<number>(bins + 2).fill(0))
  return {
    add: (trajectory) => {
      const { re } = transform(columnOf(trajectory), reference)
      for (const [k, mode] of modes.entries()) {
        const bin = Math.floor(((re[mode]! + halfRange) / (2 * halfRange)) * bins)
        const slot = bin < 0 ? 0 : bin >= bins ? bins + 1 : bin + 1
        counts[k]![slot]!++
      }
    },
    summary: () => ({ kind: 'modeHistogram', modes, halfRange, counts }),
  }
}
