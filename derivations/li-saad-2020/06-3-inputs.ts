/** Section 6.3: how outputs of equal networks depend on the overlap of their inputs; correlated weights. */
import {
  confirm,
  derive,
  directCheck,
  expanded,
  gaussianExpectation,
  lastSide,
  type SampledCheck,
  sampledExtrapolations,
  scalarValue,
  uses,
} from 'corrigenda'
import { withMaps } from './06-2-robustness.js'
import { type Maps, mapsOf, meanOf, pairsOf, paper, recursions, typicalOverlap } from './results-quantities.js'

/** Input overlaps on a grid inside (-1, 1), and close to both ends. */
export const inputOverlaps: readonly number[] = [
  -0.999,
  ...Array.from({ length: 39 }, (_, k) => (k - 19) / 20),
  0.99,
  0.999,
]
const depths = [1, 2, 3, 4, 6, 8, 12, 20]

export const flips = derive(
  'sec-6.3.flips',
  { distance: 'sec-5.distance' },
  'the Hamming distance of section 5 solved for the overlap',
  ({ distance }, { read }) => ({ sides: [read('n'), lastSide(distance)], relations: ['='] }),
)

// ---- Uncorrelated weights ------------------------------------------------------------------------------------------------

const decorrelates = withMaps('output overlaps of sign-DNN against depth', ({ sign }) => {
  for (const start of inputOverlaps.filter((q) => q !== 0))
    for (const [k, layers] of depths.slice(1).entries()) {
      const [before, after] = [depths[k]!, layers].map((l) => Math.abs(typicalOverlap(sign, 0, l, start)))
      if (!(after! < before!))
        return {
          holds: false,
          summary: `from q^0 = ${start} the overlap is ${before} at L = ${depths[k]} and ${after} at L = ${layers}`,
          witness: { at: { 'q^0': String(start), L: String(layers) }, left: String(before), right: String(after) },
        }
    }
  return {
    holds: true,
    summary: `falls in absolute value from depth to depth, L = ${depths.join(', ')}, at ${inputOverlaps.length - 1} input overlaps from -0.999 to 0.999; zero stays zero`,
  }
})
export const signDecorrelates = uses('sec-6.3.sign-decorrelates', recursions, '(9) without rotation, depth by depth')

const correlates = withMaps('output overlaps of relu-DNN against depth', ({ relu }) => {
  for (const start of inputOverlaps)
    for (const [k, layers] of depths.slice(1).entries()) {
      const [before, after] = [depths[k]!, layers].map((l) => typicalOverlap(relu, 0, l, start))
      if (!(after! > before!))
        return {
          holds: false,
          summary: `from q^0 = ${start} the overlap is ${before} at L = ${depths[k]} and ${after} at L = ${layers}`,
          witness: { at: { 'q^0': String(start), L: String(layers) }, left: String(before), right: String(after) },
        }
    }
  // Where the output is less similar than the input: above this input overlap, found by halving.
  let [low, high] = [0.5, 0.9999]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (typicalOverlap(relu, 0, paper.layers, middle) > middle) low = middle
    else high = middle
  }
  return {
    holds: true,
    summary: `rises from depth to depth, L = ${depths.join(', ')}, at ${inputOverlaps.length} input overlaps from -0.999 to 0.999; but at L = 4 inputs that overlap by more than ${low.toPrecision(4)} have outputs that overlap less than they do`,
    numbers: { crossing: low },
  }
})
export const rectifierCorrelates = uses(
  'sec-6.3.rectifier-correlates',
  recursions,
  '(10) without rotation and (9) at the output, depth by depth',
)

/** Powers and coefficients with which overlaps of hidden layers and outputs approach one. */
const forgets = withMaps('approach to overlap one', ({ relu }) => {
  const hidden = (layers: number, start: number): number => {
    let q = start
    for (let l = 0; l < layers; l++) q = relu.hidden(0, q)
    return 1 - q
  }
  const layers = [1000, 2000, 4000]
  const found = [-0.5, 0, 0.5, 0.9].map((start) => {
    const [a, b, c] = layers.map((l) => hidden(l, start))
    const outputs = layers.map((l) => 1 - relu.output(0, 1 - hidden(l, start)))
    return {
      start,
      power: Math.log(c! / b!) / Math.log(2),
      // The correction goes as log(l)/l, so the coefficient is told and the power judged.
      coefficient: c! * layers[2]! ** 2,
      outputPower: Math.log(outputs[2]! / outputs[1]!) / Math.log(2),
      remaining: a!,
    }
  })
  const worst = Math.max(
    ...found.map(({ power, outputPower }) => Math.max(Math.abs(power + 2), Math.abs(outputPower + 1))),
  )
  const spread = Math.max(...found.map((f) => f.coefficient)) / Math.min(...found.map((f) => f.coefficient)) - 1
  const limit = (9 * Math.PI ** 2) / 2
  return {
    holds: worst < 0.02 && spread < 0.02,
    summary: `one minus the hidden overlap goes as l^${found[0]!.power.toFixed(3)}, one minus the output's as L^${found[0]!.outputPower.toFixed(3)}, alike from input overlaps ${found.map((f) => f.start).join(', ')}: coefficient ${found[1]!.coefficient.toPrecision(4)} at l = 4000 (9 pi^2/2 = ${limit.toPrecision(4)})`,
    witness: { at: {}, left: '-2, -1', right: found.map((f) => `${f.power}, ${f.outputPower}`).join('; ') },
    numbers: { power: found[0]!.power, outputPower: found[0]!.outputPower, coefficient: found[1]!.coefficient, spread },
  }
})
export const forgetting = uses('sec-6.3.forgetting', recursions, '(10) iterated to 4000 layers')

// ---- Correlated weights --------------------------------------------------------------------------------------------------

/** cN of the captions. */
export const captionStrength = 2 / 3

/** The correlation of two weights of a neuron that the statement claims, at cN = strength, in units of 1/N. */
const correlationOf = (claimed: number): number => claimed

/**
 * The maps with weights whose covariance is I + (g/N) J: fields gain g times the product of the two networks' mean
 * activations, whose mean over Gaussian fields is (E max(Z, 0))^2 in units of the fields' variance.
 */
export function correlatedMaps({ hidden, output }: Maps, strength: number): Maps {
  const square = meanActivity ** 2 * 2
  return {
    output,
    hidden: (rotation, overlap) => (hidden(rotation, overlap) + strength * square) / (1 + strength * square),
  }
}
const meanActivity = gaussianExpectation((z) => Math.max(z, 0), { kinks: [0] }).value

const signOfCorrelation = directCheck('correlation of two weights of a neuron', 'numeric', (input) => {
  const side = expanded(input.claimed, input)
  for (const width of [2, 16, 64, 1000])
    for (const c of [-captionStrength / width, captionStrength / width]) {
      const claimed = correlationOf(scalarValue(side, { correlationStrength: c }))
      // Eigenvalues of a matrix with ones on the diagonal and equal numbers off it.
      const eigenvalue = Math.min(1 - claimed, 1 + (width - 1) * claimed)
      const wrongSign = Math.sign(claimed) !== Math.sign(c)
      if (wrongSign || !(eigenvalue > 0))
        return {
          holds: false,
          summary: wrongSign
            ? `with c = ${c.toPrecision(4)} two weights have the correlation ${claimed.toPrecision(4)}`
            : `with c = ${c.toPrecision(4)} the covariance has the eigenvalue ${eigenvalue.toPrecision(4)}`,
          witness: {
            at: { c: String(c), N: String(width) },
            left: String(claimed),
            right: wrongSign ? `a number of the sign of c` : 'a positive definite covariance',
            note: 'correlation of two weights; c < 0 is called negative correlation',
          },
        }
    }
  return {
    holds: true,
    summary: 'has the sign of c, and the covariance is positive definite, at c = 2/(3N) and -2/(3N) for N = 2 to 1000',
  }
})

const correlationWidths = [24, 48, 96, 192]
const correlationOverlaps = [0, 0.5]

/** Mean output overlaps of sampled networks at both signs, extrapolated, against the maps with the claimed covariance. */
export const sampledCorrelation = (
  strengths: readonly number[],
  covariance: (c: number, input: Parameters<SampledCheck['judge']>[0]) => number,
): SampledCheck =>
  sampledExtrapolations({
    name: 'output overlaps of networks with correlated weights',
    stream: 'li-saad-2020-correlated',
    cases: strengths.flatMap((strength) =>
      correlationOverlaps.map((start) => ({
        parameters: { cN: strength, 'q^0': start, L: paper.layers },
        widths: correlationWidths,
        powers: [0, 1, 2],
        request: (width, depth) => ({
          ensemble: pairsOf('relu', {
            widths: width,
            // The simulator's rows have the covariance I - cJ.
            weights: { kind: 'gaussian', rowCorrelation: -strength / width },
            input: { flips: { kind: 'overlap', overlap: start } },
          }),
          level: 'preactivations',
          observables: [{ kind: 'layers', field: 'pairOverlap', layers: [paper.layers] }],
          networks: depth === 'quick' ? 2000 : 8000,
        }),
        measured: (summary) => [meanOf(summary, 0, 0)],
        predicted: (_, input) => {
          const maps = mapsOf(input, 'relu')
          return maps
            ? [typicalOverlap(correlatedMaps(maps, covariance(strength, input)), 0, paper.layers, start)]
            : [Number.NaN]
        },
        label: () => `the mean output overlap from q^0 = ${start} at correlation ${strength.toPrecision(3)}/N`,
      })),
    ),
  })

export const weightCorrelation = uses(
  'sec-6.3.weight-correlation',
  recursions,
  'weights called negatively correlated have a negative correlation; the mean-field maps with that covariance',
)
/** What the claim makes of weights that are called correlated with strength c. */
const sampledClaim = sampledCorrelation([-captionStrength, captionStrength], (c, input) =>
  scalarValue(expanded(input.claimed, input), { correlationStrength: c }),
)

const ordered = withMaps('order of the output overlaps', ({ relu }, input) => {
  const { covariance } = input.premises
  if (!covariance) return { holds: null, summary: 'needs the premise `covariance`' }
  const strengthOf = (c: number): number => scalarValue(expanded(covariance, input), { correlationStrength: c })
  const maps = [-captionStrength, 0, captionStrength].map((c) => correlatedMaps(relu, strengthOf(c)))
  let instances = 0
  for (const layers of [2, 3, 4, 8, 16])
    for (const start of inputOverlaps) {
      const [negative, none, positive] = maps.map((m) => typicalOverlap(m, 0, layers, start))
      instances += 1
      if (!(negative! < none! && none! < positive!))
        return {
          holds: false,
          summary: `from q^0 = ${start} at L = ${layers} the overlaps are ${negative}, ${none}, ${positive}`,
          witness: {
            at: { 'q^0': String(start), L: String(layers) },
            left: [negative, none, positive].join(', '),
            right: 'rising from negative to positive c',
          },
        }
    }
  const example = maps.map((m) => typicalOverlap(m, 0, paper.layers, 0.5))
  return {
    holds: true,
    summary: `overlaps rise from negative over no to positive correlation in all ${instances} networks of 2 to 16 layers; from q^0 = 1/2 at L = 4: ${example.map((q) => q.toPrecision(4)).join(', ')}`,
    numbers: { instances, overlaps: example },
  }
})
/** The same order where the inputs are equal and the weights of the copy are rotated. */
const orderedUnderRotation = withMaps('order of the output overlaps', ({ relu }, input) => {
  const { covariance } = input.premises
  if (!covariance) return { holds: null, summary: 'needs the premise `covariance`' }
  const strengthOf = (c: number): number => scalarValue(expanded(covariance, input), { correlationStrength: c })
  const maps = [-captionStrength, 0, captionStrength].map((c) => correlatedMaps(relu, strengthOf(c)))
  let instances = 0
  for (const layers of [2, 3, 4, 8, 16])
    for (const rotation of [0.1, 0.3, 0.5, Math.SQRT1_2, 0.9]) {
      const [negative, none, positive] = maps.map((m) => typicalOverlap(m, rotation, layers))
      instances += 1
      if (!(negative! < none! && none! < positive!))
        return {
          holds: false,
          summary: `for weights rotated with eta = ${rotation} at L = ${layers} the overlaps are ${negative}, ${none}, ${positive}`,
          witness: {
            at: { '\\eta': String(rotation), L: String(layers) },
            left: [negative, none, positive].join(', '),
            right: 'rising from negative to positive c',
          },
        }
    }
  const example = maps.map((m) => typicalOverlap(m, Math.SQRT1_2, paper.layers))
  return {
    holds: true,
    summary: `overlaps rise from negative over no to positive correlation in all ${instances} networks of 2 to 16 layers; for half of the weights removed at L = 4: ${example.map((q) => q.toPrecision(4)).join(', ')}`,
    numbers: { instances, overlaps: example },
  }
})
export const negativeCorrelationOfWeights = uses(
  'sec-6.3.negative-correlation-parameters',
  { ...recursions, covariance: 'sec-6.3.weight-correlation' },
  'the mean-field maps with the covariance of the weights, of both copies alike',
)
export const negativeCorrelation = uses(
  'sec-6.3.negative-correlation',
  { ...recursions, covariance: 'sec-6.3.weight-correlation' },
  'the mean-field maps with the covariance of the weights',
)

export const confirmations = [
  confirm(signDecorrelates, decorrelates),
  confirm(rectifierCorrelates, correlates),
  confirm(forgetting, forgets),
  confirm(weightCorrelation, signOfCorrelation, sampledClaim),
  confirm(negativeCorrelationOfWeights, orderedUnderRotation),
  confirm(
    negativeCorrelation,
    ordered,
    sampledCorrelation([-captionStrength, captionStrength], (c) => c),
  ),
]
