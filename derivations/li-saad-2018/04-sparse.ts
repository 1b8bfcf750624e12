/** Sparse networks of majority gates: equations (13) and (14), their stationary states and what follows from them. */
import {
  add,
  type CheckInput,
  claimedValue,
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  type Finding,
  type Formula,
  findRoot,
  half,
  type Instances,
  index,
  keyOf,
  lastSide,
  multiply,
  negate,
  one,
  power,
  rational,
  type SampledCase,
  sampledExpectations,
  sampledExtrapolations,
  scalarValue,
  solvePolynomials,
  substitute,
  substituteSymbols,
  symbol,
  tableEstimates,
  unitHash,
  uses,
  zero,
} from 'corrigenda'
import {
  balancedLeaves,
  criticalShare,
  majorityEvolution,
  majorityLayer,
  majorityMean,
  majorityOverlap,
  majorityPolynomial,
  majorityProduct,
  nextFormulas,
  stationaryMagnetisations,
} from 'corrigenda/theory'
import { keptByFlips } from './02-dense.js'
import { gateMap, writtenGate } from './gates.js'

const failure = (
  summary: string,
  at: Readonly<Record<string, string>>,
  left: string | number,
  right: string | number,
): Finding => ({
  holds: false,
  summary,
  witness: { at, left: String(left), right: String(right) },
})

// ---- The joint distribution --------------------------------------------------------------------------------------------

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
      substituteSymbols(e, new Map([['referenceOfNeuron', zero], ['stateOfNeuron', zero]])) // biome-ignore format: pairs
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

// ---- The layer maps ----------------------------------------------------------------------------------------------------

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

// ---- Sampled networks --------------------------------------------------------------------------------------------------

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

// ---- Stationary states -------------------------------------------------------------------------------------------------

/** The magnetisation after a layer of gates with three inputs, in a symbol. */
const threeInputs = (magnetisation: Formula, m: Expression, p: Expression): Expression =>
  substitute(writtenGate(magnetisation, 3), (node) => {
    if (node.kind === 'indexed' && node.name === 'magnetisation') return m
    return node.kind === 'symbol' && node.name === 'flipping' ? p : undefined
  })

/** The condition for a stationary magnetisation other than 0, divided by it. */
function condition(magnetisation: Formula, p: Expression) {
  const m = symbol('finalMagnetisation')
  return { m, excess: divide(add(threeInputs(magnetisation, m, p), negate(m)), m) }
}

export const stationary = derive(
  'sec-sparse.stationary',
  { magnetisation: 'eq-13' },
  'the positive solution of m = (13) of m, divided by m',
  ({ magnetisation }, { read }) => {
    const { m, excess } = condition(magnetisation, read('p'))
    return solvedFor(excess, m, (p, value) => Math.abs(p.evaluate(value)) < 1e-9)
  },
)

interface Tried {
  readonly evaluate: (value: number) => number
}

/** Among the solutions in closed form, that which solves the equation at a perturbation and is positive. */
function solvedFor(
  excess: Expression,
  m: Extract<Expression, { kind: 'symbol' }>,
  accepts: (tried: Tried, value: number) => boolean,
): Expression {
  const at = 0.05
  const tried: Tried = {
    evaluate: (value) => scalarValue(excess, { flipping: at, finalMagnetisation: value }),
  }
  const solutions = solvePolynomials([excess], [m]).flat()
  const found = solutions.find((solution) => {
    try {
      const value = scalarValue(solution, { flipping: at })
      return value > 0 && accepts(tried, value)
    } catch {
      return false
    }
  })
  if (!found) throw new TypeError('the stationary magnetisation has no closed form')
  return found
}

export const referenceState = derive(
  'sec-sparse.reference-state',
  { magnetisation: 'eq-13' },
  'the positive solution of m = (13) of m without flips',
  ({ magnetisation }) => {
    const { m, excess } = condition(magnetisation, zero)
    return solvedFor(excess, m, (p, value) => Math.abs(p.evaluate(value)) < 1e-9)
  },
)

const referenceAttracts = directCheck('stationary states without flips', 'exact', () => {
  for (const k of [3, 5, 7, 9]) {
    const states = stationaryMagnetisations(k)
    const up = states.at(-1)!
    if (up.value !== 1 || !up.stable || up.slope !== 0) return failure(`of ${k} inputs`, { k: String(k) }, 1, up.value)
  }
  return { holds: true, summary: 'for 3, 5, 7 and 9 inputs 1 is stationary, and attracts with slope 0' }
})

export const criticalValue = derive(
  'sec-sparse.critical-value',
  { magnetisation: 'eq-13' },
  'where the slope of (13) at zero magnetisation is one',
  ({ magnetisation }) => {
    const [m, p] = [symbol('finalMagnetisation'), symbol('flipping')]
    const slope = substituteSymbols(
      differentiate(threeInputs(magnetisation, m, p), m),
      new Map([['finalMagnetisation', zero]]),
    )
    // Linear in p: slope = a + b p, so that p_c = (1 - a)/b.
    const b = differentiate(slope, p)
    const a = substituteSymbols(slope, new Map([['flipping', zero]]))
    return divide(add(one, negate(a)), b)
  },
)

const sameByEngine = directCheck('slope of the gate at zero', 'exact', (input) => {
  const { numerator, denominator } = criticalShare(3)
  const stated = lastSide(input.claimed)
  const same = stated.kind === 'number' && stated.numerator === numerator && stated.denominator === denominator
  return {
    holds: same,
    summary: `the critical share of a majority of three is ${numerator}/${denominator}, from its exact polynomial`,
    witness: { at: {}, left: keyOf(stated), right: `${numerator}/${denominator}` },
  }
})

export const transition = derive(
  'sec-sparse.transition',
  { magnetisation: 'eq-13', overlap: 'eq-14' },
  'where both maps, iterated from weakly biased inputs, end at an error below 1/2',
  () => ({
    kind: 'region',
    describe: 'the error after endlessly many layers is below 1/2',
    contains: (values) => {
      const flipped = values.get('flipping')
      if (flipped === undefined) return false
      // Stable ordered states are what endlessly many layers end at; below the slope 1 there are none.
      const left = 1 - 2 * flipped
      const slope = Number(majorityPolynomial(3)[1]!.numerator) / Number(majorityPolynomial(3)[1]!.denominator)
      return left * slope > 1
    },
  }),
)

const remembers = directCheck('error after many layers', 'numeric', () => {
  const after = (k: number, flipped: number): number =>
    majorityEvolution({ inputs: k, layers: 4000, magnetisation: 0.2, perturbation: { flipped } }).at(-1)!.error
  const rows: string[] = []
  for (const k of [3, 5]) {
    const { numerator, denominator } = criticalShare(k)
    const critical = Number(numerator) / Number(denominator)
    const [below, above] = [after(k, 0.97 * critical), after(k, 1.03 * critical)]
    rows.push(`${below.toFixed(4)} and ${above.toFixed(4)}`)
    if (!(below < 0.45 && Math.abs(above - 0.5) < 1e-6))
      return failure(`of ${k} inputs`, { k: String(k) }, below, above)
  }
  return {
    holds: true,
    summary: `3 % below and above the critical share the error is ${rows.join(' (three inputs), ')} (five)`,
  }
})

const gateNoise = directCheck('critical noise of noisy gates', 'numeric', () => {
  const rows: string[] = []
  for (const k of [3, 5, 7, 9]) {
    const { numerator, denominator } = criticalShare(k)
    const critical = Number(numerator) / Number(denominator)
    // The error of noisy gates' output ends below 1/2 up to the critical noise: bisection on the slope at zero.
    const slope = Number(majorityPolynomial(k)[1]!.numerator) / Number(majorityPolynomial(k)[1]!.denominator)
    const noise = findRoot((x) => (1 - 2 * x) * slope - 1, 0, 0.5).root
    const beta = Math.atanh(1 - 2 * noise)
    const stated = (1 - Math.tanh(beta)) / 2
    rows.push(noise.toFixed(6))
    if (!(Math.abs(noise - critical) < 1e-12 && Math.abs(stated - critical) < 1e-12))
      return failure(`of ${k} inputs`, { k: String(k) }, critical, noise)
    const [below, above] = [0.98, 1.02].map(
      (factor) =>
        majorityEvolution({ inputs: k, layers: 3000, magnetisation: 0.3, perturbation: { noise: factor * noise } }).at(
          -1,
        )!.perturbed,
    )
    if (!(below! > 0.05 && above! < 1e-6)) return failure(`noise of ${k} inputs`, { k: String(k) }, below!, above!)
  }
  // Noise by the local field, as (2) has it, is another: the slope of E tanh(beta h) at zero magnetisation.
  const byField = findRoot((b) => 0.75 * (Math.tanh(Math.sqrt(3) * b) + Math.tanh(b / Math.sqrt(3))) - 1, 0.1, 3).root
  return {
    holds: true,
    summary: `for 3, 5, 7 and 9 inputs a gate's critical noise is the critical share of flips (${rows.join(', ')}); noise by the local field as in (2) has beta_c = ${byField.toFixed(4)} for three inputs, where (1 - tanh beta_c)/2 = ${((1 - Math.tanh(byField)) / 2).toFixed(4)}`,
    numbers: { betaByField: byField },
  }
})

const twoStates = directCheck('stable stationary states', 'exact', () => {
  for (let percent = 0; percent <= 16; percent++) {
    const states = stationaryMagnetisations(3, { flipped: rational(percent, 100) })
    const stable = states.filter((state) => state.stable)
    const mirrored = stable.length === 2 && stable[0]!.value === -stable[1]!.value
    if (!mirrored) return failure('not two mirror images', { p: `${percent}/100` }, 2, stable.length)
  }
  const above = stationaryMagnetisations(3, { flipped: rational(17, 100) })
  return {
    holds: above.length === 1,
    summary:
      'two, mirror images, at 17 perturbations up to 0.16, by isolating the roots of the exact polynomial; none but 0 at 0.17',
    witness: { at: { p: '17/100' }, left: '1', right: String(above.length) },
  }
})

export const stationaryOverlap = derive(
  'sec-sparse.stationary-overlap',
  { overlap: 'eq-14', magnetisation: 'eq-13', reference: 'sec-sparse.reference-state' },
  'with the reference at its stationary state the joint law leaves no neuron with a reference state -1: the overlap is the magnetisation',
  ({ reference, overlap, magnetisation }) => {
    // q - m of (14) and (13) with m-hat = 1 and q = m on their right sides must vanish: then q = m is stationary.
    const m = symbol('finalMagnetisation')
    const put = (e: Expression): Expression =>
      substitute(e, (node) => {
        if (node.kind !== 'indexed') return undefined
        return node.name === 'referenceMagnetisation' ? lastSide(reference) : m
      })
    const difference = add(put(writtenGate(overlap, 3)), negate(put(writtenGate(magnetisation, 3))))
    return add(m, difference)
  },
)

const overlapSettles = directCheck('overlap and magnetisation after many layers', 'numeric', () => {
  let worst = 0
  for (const flipped of [0.02, 0.08, 0.14])
    for (const magnetisation of [0.3, 1]) {
      const last = majorityEvolution({ inputs: 3, layers: 500, magnetisation, perturbation: { flipped } }).at(-1)!
      worst = Math.max(worst, Math.abs(last.overlap - last.perturbed))
    }
  const mirrored = majorityEvolution({
    inputs: 3,
    layers: 500,
    magnetisation: -0.3,
    perturbation: { flipped: 0.1 },
  }).at(-1)!
  return {
    holds: worst < 1e-12,
    summary: `equal to ${worst.toExponential(0)} at three perturbations from inputs with positive magnetisation; from a negative one the overlap is ${mirrored.overlap.toFixed(4)}, the magnetisation ${mirrored.perturbed.toFixed(4)}`,
    witness: { at: {}, left: '0', right: String(worst) },
    numbers: { deviation: worst },
  }
})

// ---- Counts and layers -------------------------------------------------------------------------------------------------

export const count = derive(
  'sec-sparse.count',
  { field: 'sec-sparse.local-field' },
  'ways to choose, in each layer, a share p of the k weights of each of N neurons',
  ({ field }, { read }) => {
    // Each neuron has as many weights as its field's normalisation says: the inverse square of the prefactor.
    const prefactor = substitute(lastSide(field), (node) => (node.kind === 'indexedSum' ? one : undefined))
    const weights = multiply(read('N'), power(prefactor, -2))
    const ways: Expression = {
      kind: 'function',
      name: 'binomial',
      arguments: [weights, multiply(weights, read('p'))],
    }
    return power(ways, read('L'))
  },
)

const counted = directCheck('networks counted one by one', 'exact', (input) => {
  for (const [width, inputs, flipped, depth] of [
    [3, 1, 1 / 3, 2],
    [4, 3, 0.25, 1],
    [2, 3, 0.5, 2],
  ] as const) {
    const weights = width * inputs
    const flips = Math.round(weights * flipped)
    let ways = 0
    for (let code = 0; code < 2 ** weights; code++) {
      let bits = 0
      for (let k = code; k > 0; k >>= 1) bits += k & 1
      if (bits === flips) ways += 1
    }
    const stated = claimedValue(input.claimed, input, {
      width,
      inputsPerNeuron: inputs,
      // A share whose product with the weights is whole.
      flipping: flips / weights,
      depth,
    })
    if (Math.abs(stated - ways ** depth) > 1e-6)
      return failure('another number', { N: String(width), k: String(inputs) }, stated, ways ** depth)
  }
  return { holds: true, summary: 'all patterns of flips of three small networks' }
})

const riseAndFall = directCheck('sequence of internal errors', 'numeric', () => {
  const errorsOf = (flipped: number, magnetisation: number): readonly number[] =>
    majorityEvolution({ inputs: 3, layers: 600, magnetisation, perturbation: { flipped } }).map(({ error }) => error)
  const shape = (sequence: readonly number[]): boolean => {
    const top = sequence.indexOf(Math.max(...sequence))
    const rises = sequence.slice(1, top + 1).every((x, k) => x > sequence[k]!)
    const falls = sequence.slice(top + 1).every((x, k) => x <= sequence[top + k]! + 1e-13)
    return top > 0 && rises && falls && sequence.at(-1)! < sequence[top]! * (1 - 1e-6)
  }
  const final = (p: number): number => Math.sqrt((1 - 6 * p) / (1 - 2 * p) ** 3)
  for (const p of [0.01, 0.05, 0.1, 0.14, 0.16])
    for (const bias of [0.02, 0.3, 0.9])
      if (!shape(errorsOf(p, bias * final(p))))
        return failure(
          'the error does not rise and then fall',
          { p: String(p), 'm^0': String(bias * final(p)) },
          'rise and fall',
          'other',
        )
  const strong = errorsOf(0.15, 0.7)
  const rising = strong.slice(1).every((x, k) => x >= strong[k]! - 1e-13)
  return {
    holds: true,
    summary: `it rises and then falls at five perturbations up to 0.16, from inputs of 2, 30 and 90 % of the stationary magnetisation; from stronger bias than that it ${rising ? 'only rises' : 'may not'} (p = 0.15, m^0 = 0.7)`,
  }
})

const layersNeeded = directCheck('layers to within 1 % of the stationary error', 'numeric', () => {
  const layers = (flipped: number): number => {
    const sequence = majorityEvolution({ inputs: 3, layers: 20_000, magnetisation: 0.5, perturbation: { flipped } })
    const last = sequence.at(-1)!.error
    return sequence.length - [...sequence].reverse().findIndex(({ error }) => Math.abs(error / last - 1) > 0.01)
  }
  const distances = [0.08, 0.04, 0.02, 0.01, 0.005, 0.0025]
  const counts = distances.map((d) => layers(1 / 6 - d))
  const order = Math.log(counts[5]! / counts[4]!) / Math.log(distances[5]! / distances[4]!)
  const growing = counts.every((n, k) => k === 0 || n > counts[k - 1]!)
  return {
    holds: growing,
    summary: `${counts.join(', ')} layers at the distances ${distances.join(', ')} from 1/6; the error relaxes by the factor 6p a layer, which tends to 1`,
    witness: { at: {}, left: 'growing', right: counts.join(', ') },
    numbers: { layers: counts, order },
  }
})

const uniformFunctions = directCheck('law of random formulas of majorities of three', 'numeric', () => {
  const settled = (variables: number, constants: boolean, layers: number): readonly number[] => {
    let formulas = balancedLeaves(variables, constants)
    for (let l = 0; l < layers; l++) formulas = nextFormulas(formulas, 3)
    return formulas.probabilities
  }
  const off = Math.max(
    ...[1, 2].map((n) => Math.max(...settled(n, true, 90).map((p) => Math.abs(p * 2 ** (2 ** n) - 1)))),
  )
  const without = settled(2, false, 20).filter((p) => p > 0).length
  return {
    holds: off < 1e-6,
    summary: `with variables, negations and constants as leaves all 4 functions of one and all 16 of two variables are equally likely after 90 layers, to ${off.toExponential(0)}; without constants only ${without} of the 16 are ever reached`,
    witness: { at: {}, left: '1', right: String(1 + off) },
    numbers: { deviation: off },
  }
})

/** (11) and (14) at p = 0. */
export const reference = uses(
  'sec-binary.reference-network',
  { dense: 'eq-11', sparse: 'eq-14' },
  'the overlaps without flips, from equal layers',
)
const unperturbed = directCheck('overlaps without flips', 'exact', ({ premises }) => {
  const sparse = gateMap(premises['sparse']!, 3)
  for (const m of [0.3, -0.6, 1]) {
    const q = sparse({ referenceMagnetisation: m, magnetisation: m, overlap: 1 }, 0)
    if (Math.abs(q - 1) > 1e-12) return failure('(14) gives another overlap', { m: String(m) }, 1, q)
  }
  const dense = scalarValue(
    substitute(lastSide(premises['dense']!), (node) =>
      node.kind === 'indexed' ? (node.name === 'overlap' ? one : zero) : undefined,
    ),
    {},
  )
  return {
    holds: Math.abs(dense - 1) < 1e-12,
    summary: 'one, from an overlap of one and for three magnetisations: the error is 0',
    witness: { at: { p: '0' }, left: '1', right: String(dense) },
  }
})

export const confirmations = [
  confirm(magnetisation, largerGates('perturbed', [5, 7]), oneLayer('perturbedMean')),
  confirm(overlap, largerGates('overlap', [5]), oneLayer('pairOverlap')),
  confirm('sec-sparse.polynomial', degree),
  confirm(referenceState, referenceAttracts),
  confirm(criticalValue, sameByEngine),
  confirm(transition, remembers),
  confirm('sec-sparse.critical-noise', gateNoise),
  confirm('sec-sparse.two-states', twoStates),
  confirm(stationaryOverlap, overlapSettles),
  confirm(count, counted),
  confirm('sec-sparse.rise-and-fall', riseAndFall),
  confirm('sec-sparse.more-layers', layersNeeded),
  confirm('sec-sparse.uniform-functions', uniformFunctions),
  confirm(reference, unperturbed),
]
