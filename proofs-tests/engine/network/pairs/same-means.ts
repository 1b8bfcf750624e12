import { expect } from 'vitest'
import type { Field, Level, PairEnsemble } from '../../../../src/network/index.js'
import { smallestDetectableDeviation } from '../../../../src/statistics/power.js'
import { twoSampleZTest } from '../../../../src/statistics/tests.js'
import { layerMeans } from './models.js'

/** Networks of each side of a comparison. */
export const networks = 16_000
const floor = 1e-5

const everything: readonly Field[] = [
  'pairOverlap',
  'referenceOverlap',
  'perturbedOverlap',
  'referenceMean',
  'perturbedMean',
]

/** Mean of every field at every layer, compared between two levels; `reach` is the deviation that would be caught. */
export function expectSameMeans(ensemble: PairEnsemble, a: Level, b: Level, fields = everything, reach = 0.1): void {
  const [x, y] = [layerMeans(ensemble, a, networks, fields), layerMeans(ensemble, b, networks, fields)]
  for (const [f, column] of x.entries())
    for (const [l, estimate] of column.entries()) {
      const other = y[f]![l]!
      const standardError = Math.hypot(estimate.standardError, other.standardError)
      if (standardError < 1e-14) expect(other.value).toBeCloseTo(estimate.value, 12)
      else {
        expect(twoSampleZTest(estimate, other).pValue).toBeGreaterThan(floor)
        expect(smallestDetectableDeviation({ standardError, alpha: floor })).toBeLessThan(reach)
      }
    }
}
