/** Section 3.3: what it makes of the approximations of appendices B and C. */
import { confirm, derive, directCheck, printedNumber, rational } from 'corrigenda'
import { halfLastUnit } from 'corrigenda/audit'
import {
  approximateCritical,
  centredShare,
  chaosBefore,
  exactLength,
  exactSeparation,
  named,
  numberOf,
} from './asymmetric-quantities.js'

const rms = { replacement: 'rms' } as const

/** A bound that is said to be enough: it lies below the boundary, by less than a unit of its last decimal. */
const sufficient = directCheck('a bound on the weight variance', 'numeric', ({ claimed }) => {
  const bound = numberOf(claimed)
  const approximate = approximateCritical('uncorrelated', rms, 'length')
  const unit = 2 * halfLastUnit(bound)
  return {
    holds: bound > 0 && bound <= approximate && approximate < bound + unit,
    summary: `below ${bound} the approximate length has a finite fixed point, whose stability ends at ${approximate.toPrecision(6)}; exactly it ends at ${exactLength.uncorrelated().toPrecision(6)}`,
    witness: { at: {}, left: String(bound), right: approximate.toPrecision(6), note: 'the bound, and the boundary' },
    numbers: { approximate, exact: exactLength.uncorrelated() },
  }
})

const predicted = printedNumber({
  name: 'chaotic ranges of bounded RAI that the approximation finds beyond those of the exact limit',
  readings: [
    named(
      'the difference of both counts',
      () =>
        chaosBefore(
          approximateCritical('uncorrelated', rms, 'separation'),
          approximateCritical('uncorrelated', rms, 'length'),
        ) - chaosBefore(exactSeparation(), exactLength.uncorrelated()),
    ),
  ],
})

export const approximatePhases = derive(
  'sec-3.3.2.approximate-phases',
  { length: 'sec-3.3.2.length-boundary', correlation: 'sec-3.3.2.correlation-boundary' },
  'one where the correlation has its boundary before the length, none otherwise',
  ({ length, correlation }) => rational(chaosBefore(numberOf(correlation), numberOf(length))),
)
const related = { ...rms, squaredMean: centredShare } as const
const boundedChaos = printedNumber({
  name: 'chaotic phases of bounded RAAI in the approximation of appendix C',
  readings: [
    named('with m^2 = q/pi, as the appendix has it', () =>
      chaosBefore(
        approximateCritical('antiCorrelated', related, 'separation'),
        approximateCritical('antiCorrelated', related, 'length'),
      ),
    ),
  ],
  beside: [
    named("with the recursion's own mean", () =>
      chaosBefore(
        approximateCritical('antiCorrelated', rms, 'separation'),
        approximateCritical('antiCorrelated', rms, 'length'),
      ),
    ),
  ],
})

export const confirmations = [
  confirm('sec-3.3.1.length-boundary', sufficient),
  confirm('sec-3.3.1.predicted-order', predicted),
  confirm(approximatePhases, boundedChaos),
]
