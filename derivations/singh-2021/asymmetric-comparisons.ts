/** Critical weight variances of sampled asymmetric networks beside what the thesis and its approximations say of them. */
import { besideCriticalValue, type SampledCheck, sampledCriticalOrder, sampledCriticalValue } from 'corrigenda'
import { criticalLength, criticalSeparation } from './asymmetric-critical.js'
import {
  antiCorrelation,
  approximateCritical,
  centredShare,
  exactLength,
  exactSeparation,
  named,
  printedStability,
} from './asymmetric-quantities.js'

const fixed = { squaredMean: centredShare } as const
const reduced = 1 - (antiCorrelation / (1 + antiCorrelation)) * centredShare
const limit = 'the exact limit'

/** Every approximation of a boundary, as printed and done correctly, and the limit that it approximates. */
const boundaries = {
  rai: {
    name: "RAI's boundary of the length",
    critical: criticalLength.uncorrelated,
    beside: [
      named('(B.1) as it is printed', () => printedStability(1)),
      named('closure by the root mean square', () =>
        approximateCritical('uncorrelated', { replacement: 'rms' }, 'length'),
      ),
      named('closure by the mean with m^2 = q/pi', () =>
        approximateCritical('uncorrelated', { replacement: 'mean', ...fixed }, 'length'),
      ),
      named('closure by the mean with its own mean', () =>
        approximateCritical('uncorrelated', { replacement: 'mean' }, 'length'),
      ),
      named(limit, exactLength.uncorrelated),
    ],
  },
  raai: {
    name: "RAAI's boundary of the length",
    critical: criticalLength.antiCorrelated,
    beside: [
      named('(C.1) as it is printed', () => printedStability(reduced)),
      named('closure by the root mean square with m^2 = q/pi', () =>
        approximateCritical('antiCorrelated', { replacement: 'rms', ...fixed }, 'length'),
      ),
      named('closure by the root mean square with its own mean', () =>
        approximateCritical('antiCorrelated', { replacement: 'rms' }, 'length'),
      ),
      named('closure by the mean with m^2 = q/pi', () =>
        approximateCritical('antiCorrelated', { replacement: 'mean', ...fixed }, 'length'),
      ),
      named('closure by the mean with its own mean', () =>
        approximateCritical('antiCorrelated', { replacement: 'mean' }, 'length'),
      ),
      named(limit, exactLength.antiCorrelated),
    ],
  },
  separation: {
    name: "RAAI's boundary of order",
    critical: criticalSeparation,
    beside: [
      named('(B.2) without the reduced deviation', () =>
        approximateCritical('uncorrelated', { replacement: 'rms' }, 'separation'),
      ),
      named('closure by the root mean square with m^2 = q/pi', () =>
        approximateCritical('antiCorrelated', { replacement: 'rms', ...fixed }, 'separation'),
      ),
      named('closure by the root mean square with its own mean', () =>
        approximateCritical('antiCorrelated', { replacement: 'rms' }, 'separation'),
      ),
      named('closure by the mean with m^2 = q/pi', () =>
        approximateCritical('antiCorrelated', { replacement: 'mean', ...fixed }, 'separation'),
      ),
      named('closure by the mean with its own mean', () =>
        approximateCritical('antiCorrelated', { replacement: 'mean' }, 'separation'),
      ),
      named(limit, exactSeparation),
    ],
  },
} as const

type Boundary = keyof typeof boundaries

/** A number that networks are claimed to have. */
export const sampledBoundary = (boundary: Boundary): SampledCheck => {
  const { name, ...parts } = boundaries[boundary]
  return sampledCriticalValue({ ...parts, name: `${name} in sampled networks` })
}

/** A number that an approximation gives, beside that of networks. */
export const besideBoundary = (boundary: Boundary): SampledCheck => {
  const { name, ...parts } = boundaries[boundary]
  return besideCriticalValue({ ...parts, name: `${name} in sampled networks` })
}

/** An approximation, by its name above, and the boundary that it approximates. */
type Approximated = readonly [boundary: Boundary, approximation: string]

const orderedOf = ([boundary, approximation]: Approximated) => {
  const { critical, beside } = boundaries[boundary]
  const found = beside.find(({ name }) => name === approximation)
  if (!found) throw new TypeError(`no approximation of ${boundary} is the ${approximation}`)
  return { name: found.name, value: found.value, critical }
}

/** Whether an approximation lies above (1) or below (-1) the boundary of sampled networks. */
export const sampledSide = (...of: Approximated): SampledCheck =>
  sampledCriticalOrder({ name: 'the approximation against sampled networks', numbers: [orderedOf(of)] })

/** How many boundaries of sampled networks an approximation overestimates. */
export const sampledOverestimates = (of: readonly Approximated[]): SampledCheck =>
  sampledCriticalOrder({
    name: 'boundaries of sampled networks that the approximation overestimates',
    numbers: of.map(orderedOf),
    stated: (signs) => signs.filter((sign) => sign > 0).length,
  })

export const rmsName = 'closure by the root mean square'
export const rmsFixedName = 'closure by the root mean square with m^2 = q/pi'
export const meanFixedName = 'closure by the mean with m^2 = q/pi'
