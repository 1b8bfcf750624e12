/** Sparse networks of majority gates: the joint law of both networks, equations (13) and (14), and networks sampled layer by layer. */
import {
  add,
  type CheckInput,
  claimedValue,
  confirm,
  derive,
  differentiate,
  directCheck,
  type Expression,
  type Finding,
  type Formula,
  half,
  type Instances,
  index,
  lastSide,
  multiply,
  one,
  rational,
  type SampledCase,
  sampledExpectations,
  sampledExtrapolations,
  substitute,
  substituteSymbols,
  symbol,
  tableEstimates,
  unitHash,
  zero,
} from 'corrigenda'
import { majorityLayer, majorityMean, majorityOverlap, majorityPolynomial, majorityProduct } from 'corrigenda/theory'
import { keptByFlips } from './02-dense.js'
import { gateMap, writtenGate } from './gates.js'

export const failure = (
  summary: string,
  at: Readonly<Record<string, string>>,
  left: string | number,
  right: string | number,
): Finding => ({
  holds: false,
  summary,
  witness: { at, left: String(left), right: String(right) },
})

// ---- The joint distribution ----------------------------------------------------------------------------------------------

export const joint = derive(
  'sec-sparse.joint',
  { definition: 'sec-sparse.joint-definition' },
  'each delta of two signs a and b as (1 + a b)/2, the products averaged over the neurons',
  ({ definition }, { read }) => {
    const sums: Expression[] = []
    substitute(lastSide(definition), (node) => {
      if (node.kind === 'indexedSum') sums.push(node.body)
      return undefined
    })
    const body = substitute(sums[0] ?? one, (node) =>
      node.kind === 'function' && node.name === 'kroneckerDelta'
        ? multiply(half, add(one, multiply(node.arguments[0]!, node.arguments[1]!)))
        : undefined,
    )
    // A polynomial in both states of a neuron: its coefficients times the means of their powers.
    const [a, b] = [symbol('referenceOfNeuron'), symbol('stateOfNeuron')]
    const polynomial = substitute(body, (node) =>
      node.kind === 'indexed' ? (node.name === 'state' ? b : a) : undefined,
    )
    const at = (e: Expression): Expression =>
      substituteSymbols(e, new Map([['referenceOfNeuron', zero], ['stateOfNeuron', zero]]), { absent: 'ignore' }) // biome-ignore format: pairs
    const byA = differentiate(polynomial, a)
    const byB = differentiate(polynomial, b)
    return add(
      at(polynomial),
      multiply(at(byA), read('\\hat{m}^l')),
      multiply(at(byB), read('m^l')),
      multiply(at(differentiate(byA, b)), read('q^l')),
    )
  },
)

// ---- The layer maps ------------------------------------------------------------------------------------------------------

interface MeansOfInput {
  readonly reference: Expression
  readonly perturbed: Expression
  readonly product: Expression
}

/** Means of a gate's input in both networks and of their product: states by their joint law, the perturbed one's flipped. */
function meansOfInput(joint: Formula, flips: Formula, read: (latex: string) => Expression): MeansOfInput {
  const law = (a: number, b: number): Expression =>
    substitute(lastSide(joint), (node) => {
      if (node.kind === 'symbol' && node.name === 'referenceState') return rational(a)
      if (node.kind === 'symbol' && node.name === 'state') return rational(b)
      // The layer before.
      return node.kind === 'indexed'
        ? { ...node, indices: node.indices.map((s) => ({ ...s, index: index('l', -1) })) }
        : undefined
    })
  const mean = (value: (a: number, b: number) => number): Expression =>
    add(...[1, -1].flatMap((a) => [1, -1].map((b) => multiply(rational(value(a, b)), law(a, b)))))
  const uniform = substitute(keptByFlips(flips), (node) => (node.kind === 'indexed' ? read('p') : undefined))
  return {
    reference: mean((a) => a),
    perturbed: multiply(uniform, mean((_, b) => b)), // biome-ignore format: one line
    product: multiply(uniform, mean((a, b) => a * b)), // biome-ignore format: one line
  }
}

const forGates = (derived: (k: number) => Expression): Instances => ({
  kind: 'instances',
  describe: 'the polynomial of a majority of independent inputs, by its Fourier coefficients',
  sizes: [1, 3].map((neurons) => ({ lastLayer: 1, neurons, inputs: 1 })),
  variables: [],
  exponent: ({ neurons }) => derived(neurons ?? 1),
  instantiate: (claimed, { neurons }) => writtenGate(claimed, neurons ?? 1),
  complete: null,
})

export const magnetisation = derive(
  'eq-13',
  { joint: 'sec-sparse.joint', flips: 'sec-sparse.flips' },
  'the mean of a majority of independent inputs, each flipped with probability p',
  ({ joint, flips }, { read }) => {
    const { perturbed } = meansOfInput(joint, flips, read)
    return forGates((k) => majorityMean(k, perturbed))
  },
)

export const overlap = derive(
  'eq-14',
  { joint: 'sec-sparse.joint', flips: 'sec-sparse.flips' },
  'the mean product of two majorities of independent pairs of inputs, the perturbed ones flipped with probability p',
  ({ joint, flips }, { read }) => {
    const { reference, perturbed, product } = meansOfInput(joint, flips, read)
    return forGates((k) => majorityProduct(k, reference, perturbed, product))
  },
)

/** Joint states drawn from the seed: shares of the four pairs of signs. */
function randomState(key: string) {
  const shares = [1, 2, 3, 4].map((n) => unitHash(`${key} ${n}`))
  const total = shares.reduce((a, b) => a + b)
  const [pp, pm, mp, mm] = shares.map((x) => x / total) as [number, number, number, number]
  return { reference: pp + pm - mp - mm, perturbed: pp - pm + mp - mm, overlap: pp - pm - mp + mm }
}

/** Larger gates by adding up all their inputs in order, against the closed sum over their counts. */
const largerGates = (which: 'perturbed' | 'overlap', inputs: readonly number[]) =>
  directCheck('gates with more inputs', 'property', ({ claimed, seed }) => {
    let tried = 0
    for (const k of inputs) {
      const map = gateMap(claimed, k)
      for (let n = 0; n < 4; n++) {
        const state = randomState(`${seed} ${k} ${n}`)
        const flipped = unitHash(`${seed} ${k} ${n} p`)
        const stated = map(
          { referenceMagnetisation: state.reference, magnetisation: state.perturbed, overlap: state.overlap },
          flipped,
        )
        const found = majorityLayer(k, state, { flipped })[which]
        tried += 1
        if (!(Math.abs(stated - found) < 1e-10))
          return failure(`gates with ${k} inputs`, { k: String(k), p: String(flipped) }, stated, found)
      }
    }
    return {
      holds: true,
      summary: `${tried} random joint states and perturbations for ${inputs.join(' and ')} inputs agree to 10 digits`,
      numbers: { tried, seed },
    }
  })

const degree = directCheck('degrees of both polynomials', 'exact', (input) => {
  for (const k of [1, 3, 5, 7, 9, 11]) {
    const mean = majorityPolynomial(k).findLastIndex(({ numerator }) => numerator !== 0n)
    const product = Math.max(...majorityOverlap(k).map((t) => t.first + t.second + t.overlap))
    const stated = claimedValue(input.claimed, input, { inputsPerNeuron: k })
    if (mean !== stated || product !== stated)
      return failure(
        `of ${k} inputs they are ${mean} and ${product}`,
        { k: String(k) },
        stated,
        Math.max(mean, product),
      )
  }
  return {
    holds: true,
    summary: 'k for both, for gates with 1 to 11 inputs: the coefficient of the highest power never vanishes',
  }
})

// ---- Sampled networks ----------------------------------------------------------------------------------------------------

export const sparsePair = (widths: number, depth: number, k: number, p: number, magnetisation: number, flips = 0) =>
  ({
    kind: 'pair',
    activation: 'sign',
    widths,
    depth,
    weights: { kind: 'sparse', inputs: k, reference: 'plus' },
    weightVariance: 1,
    perturbation: { kind: 'signFlips', p },
    input: { magnetisation, flips: { kind: 'probability', probability: flips } },
  }) as const

export const networksAt = (depth: CheckInput['depth'], standard: number): number =>
  depth === 'quick' ? Math.ceil(standard / 4) : depth === 'full' ? 4 * standard : standard

/** One layer, from inputs whose joint law is known: exact at every width, since gates draw different, independent inputs. */
const oneLayer = (field: 'perturbedMean' | 'pairOverlap') =>
  sampledExpectations({
    name: 'sparse networks of one layer, connections and flips drawn',
    stream: 'sparse-layer',
    finiteWidth: 'one layer from independent inputs: exact at every width',
    cases: (depth) =>
      (
        [
          [3, 0.1, 0.5, 0],
          [3, 0.2, 0.3, 0.15],
          [5, 0.05, 0.4, 0.1],
        ] as const
      ).map(
        ([k, p, m, f]): SampledCase => ({
          parameters: { k, p, '\\hat{m}^{l-1}': m, 'q^{l-1}': 1 - 2 * f },
          request: {
            ensemble: sparsePair(200, 1, k, p, m, f),
            level: 'weights',
            observables: [{ kind: 'layers', field, layers: [1] }],
            networks: networksAt(depth, 4000),
          },
          measured: tableEstimates,
          predicted: (claimed) => [
            gateMap(claimed, k)({ referenceMagnetisation: m, magnetisation: m * (1 - 2 * f), overlap: 1 - 2 * f }, p),
          ],
          label: () => (field === 'pairOverlap' ? 'the mean overlap' : 'the mean magnetisation'),
        }),
      ),
  })

/** Several layers of the claimed maps, from m^0 and q^0 = 1. */
export function iterated(
  magnetisation: Formula,
  overlap: Formula,
  layers: number,
  p: number,
  m: number,
): readonly { readonly referenceMagnetisation: number; readonly magnetisation: number; readonly overlap: number }[] {
  const [mean, product] = [gateMap(magnetisation, 3), gateMap(overlap, 3)]
  const list = [{ referenceMagnetisation: m, magnetisation: m, overlap: 1 }]
  for (let l = 0; l < layers; l++) {
    const before = list[l]!
    list.push({
      referenceMagnetisation: mean(
        { referenceMagnetisation: 0, magnetisation: before.referenceMagnetisation, overlap: 0 },
        0,
      ),
      magnetisation: mean(before, p),
      overlap: product(before, p),
    })
  }
  return list
}

const watched = [2, 4, 8]
export const severalLayers = (field: 'perturbedMean' | 'pairOverlap') =>
  sampledExtrapolations({
    name: 'sparse networks of eight layers, extrapolated in the width',
    stream: 'sparse-layers',
    cases: [0.05, 0.12].map((p) => ({
      parameters: { k: 3, p, 'm^0': 0.6 },
      // Without the second power the limits of two hundred runs leaned by a fifth of their standard error.
      widths: [100, 200, 400, 800],
      powers: [0, 1, 2],
      request: (width, depth) => ({
        ensemble: sparsePair(width, 8, 3, p, 0.6),
        level: 'weights' as const,
        observables: [{ kind: 'layers' as const, field, layers: watched }],
        networks: networksAt(depth, 800),
      }),
      measured: (summary) => tableEstimates(summary),
      predicted: (claimed, input) => {
        const magnetisation = field === 'perturbedMean' ? claimed : input.premises['magnetisation']!
        const overlap = field === 'pairOverlap' ? claimed : input.premises['overlap']!
        const layers = iterated(magnetisation, overlap, 8, p, 0.6)
        return watched.map((l) => (field === 'perturbedMean' ? layers[l]!.magnetisation : layers[l]!.overlap))
      },
      label: (n) => `the ${field === 'perturbedMean' ? 'magnetisation' : 'overlap'} of layer ${watched[n]}`,
    })),
  })

export const confirmations = [
  confirm(magnetisation, largerGates('perturbed', [5, 7]), oneLayer('perturbedMean')),
  confirm(overlap, largerGates('overlap', [5]), oneLayer('pairOverlap')),
  confirm('sec-sparse.polynomial', degree),
]
