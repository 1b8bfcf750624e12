/** Critical weight variances of sampled asymmetric networks beside what the thesis and its approximations say of them. */
import {
  besideCriticalValue,
  type NumberReading,
  type SampledCheck,
  sampledCriticalOrder,
  sampledCriticalValue,
} from 'corrigenda'
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

type Scheme = 'uncorrelated' | 'antiCorrelated'
type Factor = 'length' | 'separation'

const closureNames = { rms: 'closure by the root mean square', mean: 'closure by the mean' } as const
const reduced = 1 - (antiCorrelation / (1 + antiCorrelation)) * centredShare

/** An approximation with the thesis' ratio of squared mean and mean square. */
const closure = (replacement: 'rms' | 'mean', scheme: Scheme, factor: Factor): NumberReading =>
  named(`${closureNames[replacement]} with m^2 = q/pi`, () =>
    approximateCritical(scheme, { replacement, squaredMean: centredShare }, factor),
  )
/** The same with the ratio that the approximation itself has. */
const ownClosure = (replacement: 'rms' | 'mean', scheme: Scheme, factor: Factor): NumberReading =>
  named(`${closureNames[replacement]} with its own mean`, () => approximateCritical(scheme, { replacement }, factor))

/** No mean enters the root mean square without correlations of the weights. */
const rmsRai = named(closureNames.rms, () => approximateCritical('uncorrelated', { replacement: 'rms' }, 'length'))
const meanRai = closure('mean', 'uncorrelated', 'length')
const rmsRaai = closure('rms', 'antiCorrelated', 'length')
const meanRaai = closure('mean', 'antiCorrelated', 'length')
const rmsOrder = closure('rms', 'antiCorrelated', 'separation')
const meanOrder = closure('mean', 'antiCorrelated', 'separation')

/** Every approximation of a boundary, as printed and done correctly, and the limit that it approximates. */
const boundaries = {
  rai: {
    name: "RAI's boundary of the length in sampled networks",
    critical: criticalLength.uncorrelated,
    beside: [
      named('(B.1) as it is printed', () => printedStability(1)),
      rmsRai,
      meanRai,
      ownClosure('mean', 'uncorrelated', 'length'),
      named('the exact limit', exactLength.uncorrelated),
    ],
  },
  raai: {
    name: "RAAI's boundary of the length in sampled networks",
    critical: criticalLength.antiCorrelated,
    beside: [
      named('(C.1) as it is printed', () => printedStability(reduced)),
      rmsRaai,
      ownClosure('rms', 'antiCorrelated', 'length'),
      meanRaai,
      ownClosure('mean', 'antiCorrelated', 'length'),
      named('the exact limit', exactLength.antiCorrelated),
    ],
  },
  order: {
    name: "RAAI's boundary of order in sampled networks",
    critical: criticalSeparation,
    beside: [
      named('(B.2) without the reduced deviation', () =>
        approximateCritical('uncorrelated', { replacement: 'rms' }, 'separation'),
      ),
      rmsOrder,
      ownClosure('rms', 'antiCorrelated', 'separation'),
      meanOrder,
      ownClosure('mean', 'antiCorrelated', 'separation'),
      named('the exact limit', exactSeparation),
    ],
  },
} as const

type Boundary = keyof typeof boundaries

/** A number that networks are claimed to have. */
export const sampledBoundary = (boundary: Boundary): SampledCheck => sampledCriticalValue(boundaries[boundary])

/** A number that an approximation gives, beside that of networks. */
export const besideBoundary = (boundary: Boundary): SampledCheck => besideCriticalValue(boundaries[boundary])

const ordered = (boundary: Boundary, { name, value }: NumberReading, premise: string | null = null) => ({
  name,
  value,
  critical: boundaries[boundary].critical,
  ...(premise === null ? {} : { premise }),
})
const side = (boundary: Boundary, approximation: NumberReading): SampledCheck =>
  sampledCriticalOrder({
    name: 'the approximation against sampled networks',
    numbers: [ordered(boundary, approximation, 'estimate')],
  })
const overestimates = (numbers: readonly ReturnType<typeof ordered>[]): SampledCheck =>
  sampledCriticalOrder({
    name: 'boundaries of sampled networks that the approximation overestimates',
    numbers,
    stated: (signs) => signs.filter((sign) => sign > 0).length,
  })

/** Whether the root mean square lies above (1) or below (-1) a boundary of sampled networks. */
export const sampledSide = {
  rai: side('rai', rmsRai),
  raai: side('raai', rmsRaai),
  order: side('order', rmsOrder),
} as const satisfies Record<Boundary, SampledCheck>

/** How many boundaries of sampled networks an approximation overestimates: RAAI's two, and all three. */
export const sampledOverestimates = {
  rms: overestimates([ordered('order', rmsOrder, 'correlation'), ordered('raai', rmsRaai, 'length')]),
  mean: overestimates([ordered('rai', meanRai), ordered('order', meanOrder), ordered('raai', meanRaai)]),
} as const
