/** Appendix B: the critical values of RAI, and what the text says of them. */
import { confirm, derive, printedNumber } from 'corrigenda'
import { besideBoundary, sampledBoundary, sampledSide } from './asymmetric-comparisons.js'
import {
  approximateCritical,
  centredShare,
  exactLength,
  exactSeparation,
  named,
  orderOf,
  printedStability,
} from './asymmetric-quantities.js'

const rms = { replacement: 'rms' } as const

/** Told beside every number of RAI's length: the approximation as printed, done correctly, by the mean, and exactly. */
const besideLength = [
  named('(B.1) as it is printed', () => printedStability(1)),
  named('the mean with m^2 = q/pi', () =>
    approximateCritical('uncorrelated', { replacement: 'mean', squaredMean: centredShare }, 'length'),
  ),
  named('the mean of the recursion itself', () =>
    approximateCritical('uncorrelated', { replacement: 'mean' }, 'length'),
  ),
  named('exactly, as N goes to infinity', exactLength.uncorrelated),
]

export const lengthNumber = printedNumber({
  name: "boundary of RAI's approximate length",
  readings: [
    named('where the root mean square approximation is marginal', () =>
      approximateCritical('uncorrelated', rms, 'length'),
    ),
  ],
  beside: besideLength,
})

export const simulatedLength = printedNumber({
  name: "critical weight variance of RAI's length",
  readings: [named('the exact limit', exactLength.uncorrelated)],
  beside: [
    named('the approximation by the root mean square', () => approximateCritical('uncorrelated', rms, 'length')),
    ...besideLength.slice(0, 3),
  ],
})

const separationNumber = printedNumber({
  name: 'where (B.2) is one',
  readings: [named('the root mean square approximation', () => approximateCritical('uncorrelated', rms, 'separation'))],
  beside: [
    named('the mean with m^2 = q/pi', () =>
      approximateCritical('uncorrelated', { replacement: 'mean', squaredMean: centredShare }, 'separation'),
    ),
    named('the mean of the recursion itself', () =>
      approximateCritical('uncorrelated', { replacement: 'mean' }, 'separation'),
    ),
    named('exactly, as N goes to infinity', exactSeparation),
  ],
})

/** The sign of an approximation less the exact value, beside what the printed numbers say. */
export const orderNumber = (name: string, first: () => number, second: () => number) =>
  printedNumber({
    name,
    readings: [named('the sign of the first less the second', () => Math.sign(first() - second()))],
    beside: [named('the first', first), named('the second', second)],
  })

const approximateLength = (): number => approximateCritical('uncorrelated', rms, 'length')
const approximateSeparation = (): number => approximateCritical('uncorrelated', rms, 'separation')

export const underestimates = derive(
  'sec-B.1.underestimates',
  { estimate: 'sec-B.1.boundary', simulated: 'sec-B.1.simulated-boundary' },
  'the order of both numbers',
  ({ estimate, simulated }) => orderOf(estimate, simulated),
)

export const order = derive(
  'sec-B.2.order',
  { length: 'sec-B.1.boundary', correlation: 'sec-B.2.boundary' },
  'the order of both numbers',
  ({ length, correlation }) => orderOf(length, correlation),
)

export const confirmations = [
  confirm('sec-B.1.boundary', lengthNumber, besideBoundary('rai')),
  confirm('sec-B.1.simulated-boundary', simulatedLength, sampledBoundary('rai')),
  confirm('sec-B.2.boundary', separationNumber),
  confirm(
    underestimates,
    orderNumber('the approximation against the exact limit', approximateLength, exactLength.uncorrelated),
    sampledSide.rai,
  ),
  confirm(order, orderNumber('the boundaries of length and correlation', approximateLength, approximateSeparation)),
  confirm(
    'sec-B.1.same-with-mean',
    orderNumber(
      'the boundaries of length and correlation by the mean',
      () => approximateCritical('uncorrelated', { replacement: 'mean', squaredMean: centredShare }, 'length'),
      () => approximateCritical('uncorrelated', { replacement: 'mean', squaredMean: centredShare }, 'separation'),
    ),
    orderNumber(
      'the same by the mean of the recursion itself',
      () => approximateCritical('uncorrelated', { replacement: 'mean' }, 'length'),
      () => approximateCritical('uncorrelated', { replacement: 'mean' }, 'separation'),
    ),
  ),
]
