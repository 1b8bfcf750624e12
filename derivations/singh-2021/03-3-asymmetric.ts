/** Section 3.3: phases and critical values of RAI and RAAI. */
import {
  claimedValue,
  confirm,
  derive,
  directCheck,
  gaussianActivation,
  gaussianSecondMoment,
  gaussianSquaredSlope,
  lastSide,
  type NumberReading,
  printedNumber,
  rational,
  rectifiedForm,
  signalMaps,
  uses,
} from 'corrigenda'
import { closureStep, layerLaws, separationFactor } from 'corrigenda/theory'
import { orderNumber, simulatedLength } from './appendix-b-numbers.js'
import { besideBoundary, sampledBoundary, sampledSide } from './asymmetric-comparisons.js'
import { deadFractions } from './asymmetric-networks.js'
import {
  antiCorrelation,
  approximateCorrelation,
  approximateCritical,
  asymmetric,
  centredShare,
  chaosBefore,
  exactLength,
  exactSeparation,
  type Growth,
  lawAtGrowth,
  named,
  once,
  orderOf,
  withoutBias,
} from './asymmetric-quantities.js'
import { sampledHe } from './symmetric-critical.js'

// ---- What is said of single neurons ----------------------------------------------------------------------------------------

export const symmetricDead = derive(
  'sec-3.3.1.symmetric-dead',
  {},
  'a law that is its own mirror image, and continuous, has half its weight below zero',
  () => rational(1, 2),
)

const positiveMean = directCheck('mean of the pre-activations', 'numeric', () => {
  const means = layerLaws(asymmetric, { weightVariance: 0.36 }, 10).map(({ expectation }) => expectation((h) => h))
  const found = means.slice(1)
  return {
    holds: found.every((mean) => mean > 1e-3) && Math.abs(means[0]!) < 1e-9,
    summary: `E h in layers 2 to 10 is ${found.map((m) => m.toPrecision(3)).join(', ')}; in the first, whose inputs are as often negative, 0`,
    numbers: { least: Math.min(...found) },
  }
})

// ---- Fixed points of the length ----------------------------------------------------------------------------------------------

const proposed = 0.36
const bounded = directCheck('the proposed variance against the boundaries', 'numeric', () => {
  const limits = {
    approximate: approximateCritical('uncorrelated', { replacement: 'rms' }, 'length'),
    exact: exactLength.uncorrelated(),
  }
  return {
    holds: proposed < limits.approximate && proposed < limits.exact,
    summary: `${proposed} lies below the boundary of the length, ${limits.exact.toPrecision(6)} exactly and ${limits.approximate.toPrecision(6)} in the approximation of appendix B`,
    numbers: limits,
  }
})

/** Fixed points of q = (1 + N zeta q)/(N + 1), the approximate map with its fictitious node. */
const nonZero = directCheck('fixed point with the fictitious node', 'numeric', () => {
  const widths = [100, 1000, 10_000]
  const zeta = closureStep(
    { ...asymmetric, replacement: 'rms' },
    { mean: 1, meanSquare: 1 },
    { weightVariance: proposed },
  ).meanSquare
  const fixed = widths.map((n) => 1 / (1 + n * (1 - zeta)))
  const scaled = fixed.map((q, k) => q * widths[k]!)
  return {
    holds: fixed.every((q) => q > 0 && Number.isFinite(q)) && Math.abs(scaled[2]! / scaled[1]! - 1) < 0.01,
    summary: `at sigma_w^2 = 0.36, where lengths shrink by ${zeta.toPrecision(4)} a layer without the fictitious node, it is ${fixed.map((q) => q.toPrecision(3)).join(', ')} at N = ${widths.join(', ')}: positive and finite, of order 1/N`,
    numbers: { widths, fixed, zeta },
  }
})

const equalInputs = printedNumber({
  name: 'correlation one layer after equal inputs',
  readings: [named('in the approximation of appendix B', () => approximateCorrelation(1, proposed))],
  beside: [named('after inputs of correlation 0.99', () => approximateCorrelation(0.99, proposed))],
})

// ---- Phases ------------------------------------------------------------------------------------------------------------------

/** How many ranges of the weight variance have close inputs parting, of those given in ascending order. */
export const chaoticRanges = (points: readonly Pick<Growth, 'separation'>[]): number =>
  points.filter(({ separation }, k) => separation > 1 && !(k > 0 && points[k - 1]!.separation > 1)).length

/** With a bias of order one lengths have a fixed point, at which close inputs part from the exact critical weight variance on. */
const boundedChaos = (boundary: () => number) => (): number => chaosBefore(exactSeparation(), boundary())

/** How many kinds of fate there are: bounded or not, close inputs parting or not. */
const phasesAmong = (points: readonly { readonly isBounded: boolean; readonly separation: number }[]): number =>
  new Set(points.map(({ isBounded, separation }) => `${isBounded} ${separation > 1}`)).size

/** A number computed under the declared reading of a bias variance of order one. */
const withBias = (name: string, value: () => number): NumberReading => ({
  ...named(name, value),
  reading: 'bias-of-order-one',
})

const noChaos = printedNumber({
  name: 'chaotic ranges of RAI where the length is bounded',
  readings: [
    named('with a bias of order 1/N', () =>
      chaoticRanges(withoutBias.uncorrelated().filter(({ growth }) => growth <= 1)),
    ),
    named('with a bias of order one', boundedChaos(exactLength.uncorrelated)),
  ],
  beside: [
    named('from where close inputs would part', exactSeparation),
    named('up to where the length is bounded', exactLength.uncorrelated),
  ],
})
const unboundedOrder = printedNumber({
  name: 'chaotic ranges of RAI where the length grows',
  readings: [
    named('differences against lengths', () =>
      chaoticRanges(withoutBias.uncorrelated().filter(({ growth }) => growth > 1)),
    ),
  ],
  beside: [
    named('the largest growth of differences over that of lengths', () =>
      Math.max(...withoutBias.uncorrelated().map((g) => g.separation)),
    ),
  ],
})
/** With a bias of order one: weight variances below the boundary of the length, at whose fixed points the law of the fields is one. */
const atFixedLength = (boundary: number) =>
  [0.25, 0.5, 0.75, 0.9, 0.99].map((part) => ({
    isBounded: true,
    separation: separationFactor(lawAtGrowth(1), part * boundary),
  }))

const threePhases = printedNumber({
  name: 'phases of RAAI',
  readings: [
    named('with a bias of order 1/N', () =>
      phasesAmong(withoutBias.antiCorrelated().map((g) => ({ ...g, isBounded: g.growth <= 1 }))),
    ),
    withBias('with a bias of order one', () =>
      phasesAmong([
        ...atFixedLength(exactLength.antiCorrelated()),
        ...withoutBias
          .antiCorrelated()
          .filter(({ growth }) => growth > 1)
          .map((g) => ({ ...g, isBounded: false })),
      ]),
    ),
  ],
  beside: [
    named('order ends at', exactSeparation),
    named('the length diverges at', exactLength.antiCorrelated),
    named('the least growth of differences over that of lengths without bias', () =>
      Math.min(...withoutBias.antiCorrelated().map((g) => g.separation)),
    ),
  ],
})

// ---- Numbers ---------------------------------------------------------------------------------------------------------------

const ofAppendix = 'the number of the appendix'
export const antiLengthBoundary = derive(
  'sec-3.3.2.length-boundary',
  { boundary: 'sec-C.1.boundary' },
  ofAppendix,
  ({ boundary }) => lastSide(boundary),
)
export const antiCorrelationBoundary = derive(
  'sec-3.3.2.correlation-boundary',
  { boundary: 'sec-C.2.boundary' },
  ofAppendix,
  ({ boundary }) => lastSide(boundary),
)
export const underestimates = derive(
  'sec-3.3.1.underestimates',
  { estimate: 'sec-3.3.1.length-boundary', simulated: 'sec-3.3.1.simulated-boundary' },
  'the order of both numbers',
  ({ estimate, simulated }) => orderOf(estimate, simulated),
)
export const overestimates = derive(
  'sec-3.3.2.overestimates',
  { estimate: 'sec-3.3.2.length-boundary', simulated: 'sec-3.3.2.simulated-length' },
  'the order of both numbers',
  ({ estimate, simulated }) => orderOf(estimate, simulated),
)
export const overestimatesCorrelation = derive(
  'sec-3.3.2.overestimates-correlation',
  { estimate: 'sec-3.3.2.correlation-boundary', simulated: 'sec-3.3.2.simulated-correlation' },
  'the order of both numbers',
  ({ estimate, simulated }) => orderOf(estimate, simulated),
)

const rms = { replacement: 'rms', squaredMean: centredShare } as const
const antiLength = printedNumber({
  name: "critical weight variance of RAAI's length",
  readings: [named('the exact limit', exactLength.antiCorrelated)],
  beside: [
    named('the approximation by the root mean square with m^2 = q/pi', () =>
      approximateCritical('antiCorrelated', rms, 'length'),
    ),
    named("the same with the recursion's own mean", () =>
      approximateCritical('antiCorrelated', { replacement: 'rms' }, 'length'),
    ),
  ],
})
const antiSeparation = printedNumber({
  name: 'weight variance from which equal inputs of RAAI are unstable',
  readings: [withBias('the exact limit', exactSeparation)],
  beside: [
    named('the approximation by the root mean square with m^2 = q/pi', () =>
      approximateCritical('antiCorrelated', rms, 'separation'),
    ),
    named("the same with the recursion's own mean", () =>
      approximateCritical('antiCorrelated', { replacement: 'rms' }, 'separation'),
    ),
  ],
})

// ---- Table 3.1 ---------------------------------------------------------------------------------------------------------------

const heVariance = printedNumber({
  name: 'weight variance of He initialisation',
  readings: [
    named(
      'that which keeps the mean square of a ReLU layer',
      () => 1 / gaussianSecondMoment(gaussianActivation(rectifiedForm), 1).value,
    ),
  ],
})
/** sigma_w^2 at which close inputs neither part nor meet at a fixed point of the length: 1/E phi'^2, whatever the correlations. */
const slopeVariance = (): number => 1 / gaussianSquaredSlope(gaussianActivation(rectifiedForm), 1).value

/** Ranges of chaos of symmetric schemes, with a bias of order one where lengths are bounded, and relative to lengths where they grow. */
function symmetricChaos(rowCorrelation: number): number {
  const variances = Array.from({ length: 40 }, (_, k) => 0.1 * (k + 1))
  const growth = signalMaps({ activation: rectifiedForm, weightVariance: 1, biasVariance: 0, rowCorrelation }).length(1)
  return chaoticRanges(
    variances.map((s) => ({ separation: s / (slopeVariance() * Math.max(1, s * growth * (1 + 1e-12))) })),
  )
}
const chaosOf = (name: string, count: () => number, without: (() => number) | null = null) =>
  printedNumber({
    name: `chaotic ranges of ${name}`,
    readings: [
      ...(without === null ? [] : [named('ranges of the weight variance with a bias of order 1/N', without)]),
      named('ranges of the weight variance with a bias of order one', count),
    ],
  })
const asymmetricChaos = (scheme: 'uncorrelated' | 'antiCorrelated') => (): number =>
  chaoticRanges([
    { separation: 0 },
    { separation: boundedChaos(exactLength[scheme])() === 1 ? 2 : 0 },
    ...withoutBias[scheme]().filter(({ growth }) => growth > 1),
  ])

const chaosWithoutBias = (scheme: 'uncorrelated' | 'antiCorrelated') => (): number =>
  chaoticRanges(withoutBias[scheme]())

const biasEntry = (scheme: string, variance: number) =>
  directCheck(`bias variance of ${scheme} in units of 1/N`, 'numeric', (input) => {
    const stated = claimedValue(input.claimed, input, {})
    return {
      holds: Math.abs(stated - variance) < 1e-9,
      summary: `on an equal footing with the weights it is ${variance} over the width, and ${stated} is printed`,
      witness: { at: { scheme }, left: String(stated), right: String(variance) },
    }
  })

const deepDead = once(() => layerLaws(asymmetric, { weightVariance: 0.36, biasVariance: 0.36 }, 60).at(-1)!.negative)

const deadNumber = (scheme: 'uncorrelated' | 'antiCorrelated', variance: number) => {
  const model = scheme === 'uncorrelated' ? asymmetric : { ...asymmetric, rowCorrelation: antiCorrelation }
  const mean = (biasVariance: number, from: number): number => {
    const shares = layerLaws(model, { weightVariance: variance, biasVariance }, 10)
      .slice(from)
      .map(({ negative }) => negative)
    return shares.reduce((sum, x) => sum + x) / shares.length
  }
  return printedNumber({
    name: 'dead node probability of ten layers fed with standard normal inputs',
    readings: [
      named(
        'the mean over layers 1 to 10 with a bias variance of order 1/N',
        once(() => mean(0, 0)),
      ),
      named(
        'the mean over layers 2 to 10 with a bias variance of order 1/N',
        once(() => mean(0, 1)),
      ),
      withBias(
        'the mean over layers 1 to 10 with the bias variance of order one',
        once(() => mean(variance, 0)),
      ),
      withBias(
        'the mean over layers 2 to 10 with the bias variance of order one',
        once(() => mean(variance, 1)),
      ),
    ],
    beside: [named('deep in a network at a fixed point of the length', deepDead)],
  })
}

const symmetricDeadNumber = printedNumber({
  name: 'dead node probability of a symmetric scheme',
  readings: [named('the weight of a centred normal law below zero', () => 0.5)],
})

export const lowerDead = derive(
  'table-3.1.lower-dead',
  { asymmetric: 'table-3.1.raai-dead', symmetric: 'table-3.1.aci-dead' },
  'the order of both entries',
  ({ asymmetric: first, symmetric }) => orderOf(first, symmetric),
)

export const heBias = uses(
  'table-3.1.rai-bias-variance',
  { weight: 'table-3.1.rai-weight-variance' },
  'weights and bias are on an equal footing',
)
export const raaiBias = uses(
  'table-3.1.raai-bias-variance',
  { weight: 'table-3.1.raai-weight-variance' },
  'weights and bias are on an equal footing',
)

export const confirmations = [
  confirm('sec-3.3.1.positive-mean', positiveMean),
  confirm('sec-3.3.1.proposed-bounded', bounded),
  confirm('sec-3.3.1.non-zero', nonZero),
  confirm('sec-3.3.1.equal-inputs', equalInputs),
  confirm('sec-3.3.1.no-chaos', noChaos),
  confirm('sec-3.3.1.unbounded-order', unboundedOrder),
  confirm('sec-3.3.1.simulated-boundary', simulatedLength, sampledBoundary('rai')),
  confirm(
    underestimates,
    orderNumber(
      'the approximation against the exact limit',
      () => approximateCritical('uncorrelated', { replacement: 'rms' }, 'length'),
      exactLength.uncorrelated,
    ),
    sampledSide.rai,
  ),
  confirm('sec-3.3.1.length-boundary', besideBoundary('rai')),
  confirm(antiLengthBoundary, besideBoundary('raai')),
  confirm(antiCorrelationBoundary, besideBoundary('order')),
  confirm(overestimates, sampledSide.raai),
  confirm(overestimatesCorrelation, sampledSide.order),
  confirm('sec-3.3.2.three-phases', threePhases),
  confirm('sec-3.3.2.simulated-length', antiLength, sampledBoundary('raai')),
  confirm('sec-3.3.2.simulated-correlation', antiSeparation, sampledBoundary('order')),
  confirm('table-3.1.he-weight-variance', heVariance, sampledHe),
  confirm(
    'table-3.1.he-chaos',
    chaosOf('He initialisation', () => symmetricChaos(0)),
  ),
  confirm('table-3.1.he-dead', symmetricDeadNumber),
  confirm(
    'table-3.1.aci-chaos',
    chaosOf('ACI', () => symmetricChaos(antiCorrelation)),
  ),
  confirm('table-3.1.aci-dead', symmetricDeadNumber),
  confirm(heBias, biasEntry('RAI', 0.36)),
  confirm(raaiBias, biasEntry('RAAI', 0.9)),
  confirm('table-3.1.rai-chaos', chaosOf('RAI', asymmetricChaos('uncorrelated'), chaosWithoutBias('uncorrelated'))),
  confirm('table-3.1.rai-dead', deadNumber('uncorrelated', 0.36), deadFractions('uncorrelated')),
  confirm(
    'table-3.1.raai-chaos',
    chaosOf('RAAI', asymmetricChaos('antiCorrelated'), chaosWithoutBias('antiCorrelated')),
  ),
  confirm('table-3.1.raai-dead', deadNumber('antiCorrelated', 0.9), deadFractions('antiCorrelated')),
]
