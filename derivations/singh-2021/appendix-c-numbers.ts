/** Appendix C: the critical values of RAAI and table C.1, and what the text says of them. */
import { confirm, derive, lastSide, printedNumber, rational } from 'corrigenda'
import { lengthNumber, orderNumber } from './appendix-b-numbers.js'
import { besideBoundary, sampledOverestimates, sampledSide } from './asymmetric-comparisons.js'
import {
  antiCorrelation,
  approximateCritical,
  boundaryAtShare,
  centredShare,
  exactLength,
  exactSeparation,
  exactShare,
  named,
  numberOf,
  orderOf,
  printedStability,
} from './asymmetric-quantities.js'

const share = antiCorrelation / (1 + antiCorrelation)
const reduced = 1 - share * centredShare
const rms = { replacement: 'rms', squaredMean: centredShare } as const
const ownRms = { replacement: 'rms' } as const
const mean = { replacement: 'mean', squaredMean: centredShare } as const
const ownMean = { replacement: 'mean' } as const
type Scheme = 'uncorrelated' | 'antiCorrelated'
type Factor = 'length' | 'separation'

const exact = (scheme: Scheme, factor: Factor): number =>
  factor === 'length' ? exactLength[scheme]() : exactSeparation()

const lengthRms = printedNumber({
  name: "boundary of RAAI's approximate length",
  readings: [
    named('the root mean square approximation with m^2 = q/pi', () =>
      approximateCritical('antiCorrelated', rms, 'length'),
    ),
  ],
  beside: [
    named('(C.1) as it is printed', () => printedStability(reduced)),
    named('(C.1) as it is printed with k/((1+k) pi) for 1 - k/((1+k) pi)', () => printedStability(1 - reduced)),
    named("with the recursion's own mean", () => approximateCritical('antiCorrelated', ownRms, 'length')),
    named('exactly, as N goes to infinity', exactLength.antiCorrelated),
  ],
})

const separationRms = printedNumber({
  name: 'where equal inputs of RAAI become unstable in the approximation',
  readings: [
    named('the root mean square approximation with m^2 = q/pi', () =>
      approximateCritical('antiCorrelated', rms, 'separation'),
    ),
  ],
  beside: [
    named('(B.2) without the reduced deviation', () => approximateCritical('uncorrelated', ownRms, 'separation')),
    named("with the recursion's own mean", () => approximateCritical('antiCorrelated', ownRms, 'separation')),
    named('exactly, as N goes to infinity', exactSeparation),
  ],
})

/** A boundary by the mean, in every sense that the text allows. */
const meanNumber = (name: string, scheme: Scheme, factor: Factor) =>
  printedNumber({
    name,
    readings: [
      named('the mean with m^2 = q/pi', () => approximateCritical(scheme, mean, factor)),
      named('the mean of the recursion itself', () => approximateCritical(scheme, ownMean, factor)),
      named('the mean of the exact law', () => boundaryAtShare(scheme, factor, exactShare())),
    ],
    beside: [named('exactly, as N goes to infinity', () => exact(scheme, factor))],
  })

/** How many boundaries an approximation puts above the exact ones. */
const overestimated = (closures: readonly (() => number)[], limits: readonly (() => number)[]) => (): number =>
  closures.filter((closure, k) => closure() > limits[k]!()).length

const boundariesBy = (closure: typeof mean | typeof ownMean) => [
  () => approximateCritical('uncorrelated', closure, 'length'),
  () => approximateCritical('antiCorrelated', closure, 'separation'),
  () => approximateCritical('antiCorrelated', closure, 'length'),
]
const limits = [exactLength.uncorrelated, exactSeparation, exactLength.antiCorrelated]

const meanCount = printedNumber({
  name: 'boundaries that the mean overestimates',
  readings: [named('with m^2 = q/pi', overestimated(boundariesBy(mean), limits))],
  beside: [named('with the mean of the recursion itself', overestimated(boundariesBy(ownMean), limits))],
})

const rmsCount = printedNumber({
  name: "RAAI's boundaries that the root mean square overestimates",
  readings: [
    named(
      'with m^2 = q/pi',
      overestimated(
        [
          () => approximateCritical('antiCorrelated', rms, 'separation'),
          () => approximateCritical('antiCorrelated', rms, 'length'),
        ],
        limits.slice(1),
      ),
    ),
  ],
  beside: [
    named(
      "with the recursion's own mean",
      overestimated(
        [
          () => approximateCritical('antiCorrelated', ownRms, 'separation'),
          () => approximateCritical('antiCorrelated', ownRms, 'length'),
        ],
        limits.slice(1),
      ),
    ),
  ],
})

// ---- What repeats a number -------------------------------------------------------------------------------------------------

const repeated = 'the number of the appendix'
export const lengthEntry = derive(
  'table-C.1.rms-length-raai',
  { boundary: 'sec-C.1.boundary' },
  repeated,
  ({ boundary }) => lastSide(boundary),
)
export const separationEntry = derive(
  'table-C.1.rms-correlation-raai',
  { boundary: 'sec-C.2.boundary' },
  repeated,
  ({ boundary }) => lastSide(boundary),
)

export const overestimates = derive(
  'sec-C.1.overestimates',
  { estimate: 'sec-C.1.boundary', simulated: 'sec-3.3.2.simulated-length' },
  'the order of both numbers',
  ({ estimate, simulated }) => orderOf(estimate, simulated),
)
export const overestimatesSeparation = derive(
  'sec-C.2.overestimates',
  { estimate: 'sec-C.2.boundary', simulated: 'sec-3.3.2.simulated-correlation' },
  'the order of both numbers',
  ({ estimate, simulated }) => orderOf(estimate, simulated),
)
export const underestimatesLength = derive(
  'table-C.1.rms-underestimates-rai',
  { estimate: 'table-C.1.rms-length-rai', simulated: 'sec-B.1.simulated-boundary' },
  'the order of both numbers',
  ({ estimate, simulated }) => orderOf(estimate, simulated),
)

export const rmsOverestimates = derive(
  'table-C.1.rms-overestimates-raai',
  {
    length: 'sec-C.1.boundary',
    correlation: 'sec-C.2.boundary',
    simulatedLength: 'sec-3.3.2.simulated-length',
    simulatedCorrelation: 'sec-3.3.2.simulated-correlation',
  },
  'how many of both numbers lie above the simulated ones',
  ({ length, correlation, simulatedLength, simulatedCorrelation }) =>
    rational(
      [numberOf(length) - numberOf(simulatedLength), numberOf(correlation) - numberOf(simulatedCorrelation)].filter(
        (gap) => gap > 0,
      ).length,
    ),
)

const lengthOrder = orderNumber(
  'the approximation against the exact limit',
  () => approximateCritical('antiCorrelated', rms, 'length'),
  exactLength.antiCorrelated,
)
const separationOrder = orderNumber(
  'the approximation against the exact limit',
  () => approximateCritical('antiCorrelated', rms, 'separation'),
  exactSeparation,
)
const rmsOrder = orderNumber(
  'the approximation against the exact limit',
  () => approximateCritical('uncorrelated', ownRms, 'length'),
  exactLength.uncorrelated,
)

export const confirmations = [
  confirm('sec-C.1.boundary', lengthRms, besideBoundary('raai')),
  confirm('sec-C.2.boundary', separationRms, besideBoundary('order')),
  confirm('table-C.1.rms-length-rai', lengthNumber, besideBoundary('rai')),
  confirm(lengthEntry, lengthRms, besideBoundary('raai')),
  confirm(separationEntry, separationRms, besideBoundary('order')),
  confirm(
    'table-C.1.mean-length-rai',
    meanNumber("RAI's boundary of the length by the mean", 'uncorrelated', 'length'),
    besideBoundary('rai'),
  ),
  confirm(
    'table-C.1.mean-correlation-raai',
    meanNumber("RAAI's boundary of order by the mean", 'antiCorrelated', 'separation'),
    besideBoundary('order'),
  ),
  confirm(
    'table-C.1.mean-length-raai',
    meanNumber("RAAI's boundary of the length by the mean", 'antiCorrelated', 'length'),
    besideBoundary('raai'),
  ),
  confirm(overestimates, lengthOrder, sampledSide.raai),
  confirm(overestimatesSeparation, separationOrder, sampledSide.order),
  confirm('sec-C.2.mean-overestimates', meanCount, sampledOverestimates.mean),
  confirm(underestimatesLength, rmsOrder, sampledSide.rai),
  confirm(rmsOverestimates, rmsCount, sampledOverestimates.rms),
  confirm('table-C.1.mean-overestimates', meanCount, sampledOverestimates.mean),
]
