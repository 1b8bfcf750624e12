/** Sections 6.1 and 6.2: which architecture is the more robust to perturbed weights, and how far. */
import {
  type CheckInput,
  call,
  confirm,
  DomainError,
  derive,
  directCheck,
  type Finding,
  integrate,
  lastSide,
  measuredOrder,
  power,
  printedNumber,
  sampledExpectations,
  scalarValue,
  unitHash,
  uses,
} from 'corrigenda'
import {
  architectures,
  binarisationAsDilution,
  exactLaw,
  type Maps,
  mapsOf,
  meanOf,
  pairsOf,
  paper,
  recursions,
  typicalOverlap,
} from './results-quantities.js'

/** A check that needs the maps of both architectures. */
export const withMaps = (
  name: string,
  find: (maps: { readonly sign: Maps; readonly relu: Maps }, input: CheckInput) => Finding,
) =>
  directCheck(name, 'numeric', (input) => {
    const [sign, relu] = architectures.map((architecture) => mapsOf(input, architecture))
    if (!sign || !relu) return { holds: null, summary: 'needs the premises `sign` and `rectifier`' }
    return find({ sign, relu }, input)
  })

// ---- ReLU networks are more robust -----------------------------------------------------------------------------------------

/** Dilutions of the layers alike, and of each layer by itself, at random: more than the paper's uniform ones. */
function rotationsOf(instance: number, layers: number): readonly number[] {
  const uniform = unitHash(`uniform ${instance}`)
  return Array.from({ length: layers }, (_, l) =>
    Math.sqrt(instance % 2 === 0 ? uniform : unitHash(`layer ${instance} ${l}`)),
  )
}

const moreRobust = (only: number | null) =>
  withMaps('typical overlaps of both architectures', ({ sign, relu }) => {
    let least = { gap: Number.POSITIVE_INFINITY, layers: 0 }
    let instances = 0
    for (const layers of [2, 3, 4, 6, 10, 20])
      for (let instance = 0; instance < (only === null ? 100 : 1); instance++) {
        const rotations = only === null ? rotationsOf(instance, layers) : Math.sqrt(only)
        const [a, b] = [sign, relu].map((maps) => typicalOverlap(maps, rotations, layers))
        instances += 1
        if (b! - a! < least.gap) least = { gap: b! - a!, layers }
        if (!(b! > a!))
          return {
            holds: false,
            summary: `at L = ${layers} the overlap of relu-DNN is ${b}, that of sign-DNN ${a}`,
            witness: { at: { L: String(layers), p: String(rotations) }, left: String(b), right: String(a) },
          }
      }
    const example = [sign, relu].map((maps) => typicalOverlap(maps, Math.sqrt(only ?? paper.dilution), paper.layers))
    return {
      holds: true,
      summary: `relu-DNN have the larger overlap in all ${instances} networks of 2 to 20 layers${only === null ? ', dilutions of the layers alike and different' : ''}; the least difference is ${least.gap.toExponential(1)} (L = ${least.layers}); at L = 4 and p = ${(only ?? paper.dilution).toPrecision(4)} the overlaps are ${example[0]!.toPrecision(4)} and ${example[1]!.toPrecision(4)}`,
      numbers: { instances, leastDifference: least.gap, sign: example[0]!, rectifier: example[1]! },
    }
  })

export const dilutionRobustness = uses('sec-6.1.robustness', recursions, 'both recursions, compared at every depth')
export const binarisationRobustness = uses('sec-6.2.robustness', recursions, 'both recursions, compared at every depth')

/** Mean overlaps of sign networks at N = 64 with the perturbation itself, against the exact law. */
export const sampledMeans = sampledExpectations({
  name: 'mean overlaps of diluted and binarised sign networks by their weights',
  stream: 'li-saad-2020-means',
  finiteWidth: 'the exact law at N = 16, with the perturbation itself and not with Gaussian fields',
  cases: (depth) =>
    [{ kind: 'dilution', p: paper.dilution } as const, { kind: 'binarisation' } as const].map((perturbation) => {
      const ensemble = pairsOf('sign', { perturbation, widths: 16 })
      return {
        parameters: { N: 16, L: paper.layers },
        request: {
          ensemble,
          level: 'weights' as const,
          observables: [{ kind: 'layers' as const, field: 'pairOverlap' as const }],
          networks: depth === 'quick' ? 5000 : 20_000,
        },
        measured: (summary) => [1, 2, 3, 4].map((column) => meanOf(summary, 0, column)),
        predicted: () =>
          [1, 2, 3, 4].map((layer) =>
            exactLaw(ensemble)
              .layer(layer)
              .reduce((sum, log, k) => sum + Math.exp(log) * (k / 8 - 1), 0),
          ),
        label: (k) => `the mean overlap of layer ${k + 1} under ${perturbation.kind}`,
      }
    }),
})

// ---- What is left at 90 % ----------------------------------------------------------------------------------------------------

const residual = withMaps('overlaps at p = 0.9 as the depth grows', ({ sign, relu }) => {
  const depths = [2, 4, 8, 16, 64, 256]
  const [a, b] = [sign, relu].map((maps) => depths.map((layers) => typicalOverlap(maps, Math.sqrt(0.9), layers)))
  const limit = b!.at(-1)!
  const settled = Math.abs(limit - b!.at(-2)!) < 1e-9
  const holds = settled && limit > 1e-3 && a!.at(-1)! < 1e-9
  return {
    holds,
    summary: `the overlap of relu-DNN falls to ${limit.toPrecision(5)} and stays there, that of sign-DNN is ${a!.map((q) => q.toPrecision(2)).join(', ')} at depths ${depths.join(', ')}`,
    witness: { at: { p: '0.9', L: '256' }, left: String(limit), right: String(a!.at(-1)) },
    numbers: { limit, depths, sign: a!, rectifier: b! },
  }
})
export const residualCorrelation = uses('sec-6.1.residual', recursions, 'both recursions at p = 0.9 to 256 layers')

// ---- Small dilution ------------------------------------------------------------------------------------------------------------

const smallDilution = withMaps('how the overlap falls from one', ({ sign, relu }) => {
  const powers: number[] = []
  const lines: string[] = []
  for (const [maps, name, exponent, dilutions] of [
    [sign, 'sign-DNN', (layers: number) => 2 ** -layers, [1e-10, 1e-12]],
    // Terms of (10) cancel to the rounding of its inverse sine where the dilution is smaller.
    [relu, 'relu-DNN', () => 0.5, [1e-4, 1e-6]],
  ] as const)
    for (const layers of [1, 2, 3, 4]) {
      const lost = (p: number): number => 1 - typicalOverlap(maps, Math.sqrt(p), layers)
      const [p, q] = dilutions
      const measured = Math.log(lost(p) / lost(q)) / Math.log(p / q)
      powers.push(measured)
      lines.push(`${name} L = ${layers}: p^${measured.toFixed(3)}`)
      // A power below one is an infinite slope at p = 0.
      if (!(measured < 0.9 && Math.abs(measured - exponent(layers)) < 0.02))
        return {
          holds: false,
          summary: `${name} of ${layers} layers lose p^${measured.toPrecision(4)}`,
          witness: { at: { L: String(layers) }, left: String(exponent(layers)), right: String(measured) },
        }
    }
  const one = [sign, relu].map((maps) => typicalOverlap(maps, 0.1, paper.layers))
  return {
    holds: true,
    summary: `one minus the overlap goes as ${lines.join(', ')}; a hundredth of the weights removed leaves overlaps of ${one[0]!.toPrecision(3)} and ${one[1]!.toPrecision(3)} at L = 4`,
    numbers: { powers, sign: one[0]!, rectifier: one[1]! },
  }
})
export const dilutionSlope = uses('sec-6.1.small-dilution', recursions, 'both recursions at small p')

// ---- Binarisation as dilution --------------------------------------------------------------------------------------------------

export const equivalentDilution = derive(
  'sec-6.2.equivalent-dilution',
  { angle: 'sec-4.2.binarisation-angle' },
  'the square of the sine of the angle by which binarisation rotates',
  ({ angle }) => power(call('sin', lastSide(angle)), 2),
)
/** The angle in degrees, which the text gives beside the formula. */
export const degrees = uses('sec-4.2.degrees', { angle: 'sec-4.2.binarisation-angle' }, 'the angle in degrees')
const inDegrees = printedNumber({
  name: 'angle of binarisation',
  readings: [
    {
      name: 'the inverse cosine in degrees',
      value: ({ premises }) => {
        const { angle } = premises
        if (!angle) throw new DomainError('needs the premise `angle`')
        return (scalarValue(lastSide(angle), {}) * 180) / Math.PI
      },
    },
  ],
})

/** The angle of two random vectors has a density proportional to sin(theta)^(N - 2). */
const randomAngle = directCheck('law of the angle of two random vectors', 'numeric', () => {
  const binarised = Math.acos(Math.sqrt(2 / Math.PI))
  const found = [16, 64, 256, 1024].map((dimension) => {
    const density = (theta: number): number => Math.sin(theta) ** (dimension - 2)
    const kinks = [Math.PI / 2]
    const total = integrate(density, 0, Math.PI, { kinks }).value
    const square =
      integrate((theta) => (theta - Math.PI / 2) ** 2 * density(theta), 0, Math.PI, { kinks }).value / total
    return { dimension, spread: Math.sqrt(square), below: integrate(density, 0, binarised).value / total }
  })
  const order = measuredOrder(found.map(({ dimension, spread }) => ({ x: dimension, y: spread })))
  const example = found[1]!
  return {
    holds: Math.abs(order + 0.5) < 0.02 && example.below < 1e-6,
    summary: `it spreads about 90 degrees as N^${order.toFixed(3)}; at N = 64 by ${((example.spread * 180) / Math.PI).toFixed(1)} degrees, and two random vectors are within 37 degrees with probability ${example.below.toExponential(1)}`,
    witness: { at: { N: '16, 1024' }, left: '-1/2', right: String(order) },
    numbers: { order, spread: example.spread, below: example.below },
  }
})

export const confirmations = [
  confirm('sec-4.2.orthogonal', randomAngle),
  confirm(dilutionRobustness, moreRobust(null), sampledMeans),
  confirm(binarisationRobustness, moreRobust(binarisationAsDilution)),
  confirm(residualCorrelation, residual),
  confirm(dilutionSlope, smallDilution),
  confirm(degrees, inDegrees),
]
