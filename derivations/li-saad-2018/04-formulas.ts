/** Sparse networks of majority gates: how many there are, how many layers they need, and what functions they compute. */
import {
  claimedValue,
  confirm,
  derive,
  directCheck,
  type Expression,
  lastSide,
  multiply,
  one,
  power,
  scalarValue,
  substitute,
  uses,
  zero,
} from 'corrigenda'
import { balancedLeaves, majorityEvolution, nextFormulas } from 'corrigenda/theory'
import { failure } from './04-sparse.js'
import { gateMap } from './gates.js'

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
  confirm(count, counted),
  confirm('sec-sparse.rise-and-fall', riseAndFall),
  confirm('sec-sparse.more-layers', layersNeeded),
  confirm('sec-sparse.uniform-functions', uniformFunctions),
  confirm(reference, unperturbed),
]
