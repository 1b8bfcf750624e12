/** Appendix C and section 6.1: overlaps of different patterns, and agreement on all of them. */
import {
  confirm,
  directCheck,
  expanded,
  measuredOrder,
  type SampledCheck,
  sampledExtrapolations,
  scalarValue,
  uses,
} from 'corrigenda'
import { overlapChain, overlapLaw } from 'corrigenda/network'
import { clear, jointRate, patternsThrough, told } from './06-5-patterns.js'
import { exactLaw, mapsOf, meanOf, pairsOf, paper, recursions, rotationFor } from './results-quantities.js'

// ---- Overlaps of different patterns -----------------------------------------------------------------------------------------------

/** Mean square of the overlap of different patterns between the two networks: a chain from independent inputs. */
const crossSquare = (width: number, layer: number): number => {
  const chain = overlapChain(
    pairsOf('sign', {
      widths: width,
      perturbation: rotationFor(paper.dilution),
      input: { flips: { kind: 'probability', probability: 0.5 } },
    }),
  )
  return overlapLaw(chain)
    .layer(layer)
    .reduce((sum, log, k) => sum + Math.exp(log) * ((2 * k - width) / width) ** 2, 0)
}
const signOrders = directCheck('powers of the width, by exact laws', 'numeric', () => {
  const widths = [256, 1024]
  const powers = [1, 2, 3, 4].map((layer) => {
    const [a, b] = widths.map((width) => Math.sqrt(crossSquare(width, layer)))
    return Math.log(b! / a!) / Math.log(widths[1]! / widths[0]!)
  })
  const same = widths.map(
    (width) => exactLaw(pairsOf('sign', { widths: width, perturbation: rotationFor(paper.dilution) })).mean,
  )
  const diagonal = Math.log(same[1]! / same[0]!) / Math.log(4)
  const holds = powers.every((p) => Math.abs(p + 0.5) < 0.02) && Math.abs(diagonal) < 0.02
  return {
    holds,
    summary: `the root mean square of the overlap of different patterns goes as N^${powers.map((p) => p.toFixed(3)).join(', N^')} in layers 1 to 4, the overlap of the same pattern as N^${diagonal.toFixed(3)}`,
    witness: { at: { N: widths.join(', ') }, left: '-1/2 and 0', right: `${powers.join(', ')} and ${diagonal}` },
    numbers: { powers, diagonal },
  }
})

/** What the recursions give for inputs without overlap: the limit of the overlap of different patterns. */
export const rectifierOverlaps = uses('sec-C.rectifier-overlaps', recursions, '(10) from inputs without overlap')
const crossLayers = [1, 2, 3]
const rectifierCross = sampledExtrapolations({
  name: 'overlaps of different patterns between two ReLU networks',
  stream: 'li-saad-2020-cross',
  cases: [
    {
      parameters: { p: paper.dilution },
      widths: [32, 64, 128, 256],
      powers: [0, 1, 2],
      request: (width, depth) => ({
        ensemble: patternsThrough('relu', 2, paper.layers, width),
        level: 'preactivations',
        observables: [{ kind: 'layers', field: { name: 'pairOverlap', inputs: [0, 1] }, layers: crossLayers }],
        networks: depth === 'quick' ? 1000 : 4000,
      }),
      measured: (summary) => crossLayers.map((_, k) => meanOf(summary, 0, k)),
      predicted: (_, input) => {
        const maps = mapsOf(input, 'relu')
        if (!maps) return crossLayers.map(() => Number.NaN)
        let overlap = 0
        return crossLayers.map(() => {
          overlap = maps.hidden(Math.sqrt(paper.dilution), overlap)
          return overlap
        })
      },
      label: (k) => `the overlap of different patterns in layer ${crossLayers[k]}`,
    },
  ],
})

const offDiagonal = directCheck('terms counted', 'property', (input) => {
  for (let patterns = 1; patterns <= 12; patterns++) {
    let count = 0
    for (let a = 0; a < patterns; a++) for (let b = 0; b < patterns; b++) if (a !== b) count += 1
    const claimed = scalarValue(expanded(input.claimed, input), { patternCount: patterns })
    if (claimed !== count)
      return {
        holds: false,
        summary: `${claimed} for ${patterns} patterns, of which there are ${count}`,
        witness: { at: { M: String(patterns) }, left: String(claimed), right: String(count) },
      }
  }
  return { holds: true, summary: 'counted for 1 to 12 patterns' }
})

/** Different order parameters of (C.6) in L layers: q^{mu nu} of any two patterns, both v of unordered ones. */
const orderParameters = directCheck('order parameters counted', 'property', () => {
  const count = (layers: number, patterns: number): number => {
    const names = new Set<string>()
    for (let l = 0; l < layers; l++)
      for (let a = 0; a < patterns; a++)
        for (let b = 0; b < patterns; b++) {
          names.add(`q ${l} ${a} ${b}`)
          for (const v of ['v-hat', 'v']) names.add(`${v} ${l} ${Math.min(a, b)} ${Math.max(a, b)}`)
        }
    return names.size
  }
  const inPatterns = measuredOrder([32, 64].map((m) => ({ x: m, y: count(3, m) })))
  const inLayers = measuredOrder([8, 16].map((l) => ({ x: l, y: count(l, 5) })))
  const single = measuredOrder([8, 16].map((l) => ({ x: l, y: count(l, 1) })))
  return {
    holds: Math.abs(inPatterns - 2) < 0.02 && inLayers === 1 && single === 1,
    summary: `${count(4, 1)} with one pattern and ${count(4, 5)} with five in 4 layers; they grow as M^${inPatterns.toFixed(3)} and as L^${inLayers.toFixed(3)}`,
    witness: { at: {}, left: '2, 1, 1', right: [inPatterns, inLayers, single].join(', ') },
    numbers: { inPatterns, inLayers },
  }
})

// ---- Agreement on all patterns -----------------------------------------------------------------------------------------------------

/** Chances that small sign networks agree on all outputs for M patterns: they are counted, and put beside powers. */
const decayWidth = 4
const decayPatterns = [1, 2, 3, 4]
const patternDecay: SampledCheck = {
  kind: 'sampled',
  name: 'agreement of small sign networks on all of M patterns',
  simulations: ({ seed, depth }) =>
    decayPatterns.map((patterns) => ({
      ensemble: patternsThrough('sign', patterns, paper.layers, decayWidth),
      level: 'preactivations' as const,
      observables: [
        {
          kind: 'histogram' as const,
          field: 'meanPairOverlap' as const,
          from: -1,
          to: 1 - 1 / (decayWidth * patterns),
          bins: 1,
        },
      ],
      // A share of one in a hundred networks must tell its fall beyond chance.
      networks: depth === 'quick' ? 40_000 : 100_000,
      seed,
      stream: `li-saad-2020-decay/${patterns}`,
    })),
  judge: (input, summaries) => {
    const shares = summaries.map((summary) => {
      const [observable] = summary.observables
      if (observable?.kind !== 'histogram') throw new TypeError('agreement was not counted')
      return observable.counts.at(-1)! / summary.networks
    })
    const logs = shares.map(Math.log)
    const slopes = logs.slice(1).map((y, k) => y - logs[k]!)
    const exact = exactLaw(
      pairsOf('sign', { widths: decayWidth, perturbation: rotationFor(paper.dilution) }),
    ).logProbability(1)
    const errors = shares.map((share, k) => Math.sqrt((1 - share) / share / summaries[k]!.networks))
    // Falling with M: of each further pattern it is told, refuted, or left open where too few networks agree.
    const falls = slopes.map((slope, k) => told(-slope, Math.hypot(errors[k]!, errors[k + 1]!)))
    const asOne = Math.abs(logs[0]! - exact) < clear * errors[0]!
    const counted = shares.every((share) => share > 0)
    const outcome =
      counted && (!asOne || falls.includes(false))
        ? 'refuted'
        : counted && falls.every((fall) => fall === true)
          ? 'holds'
          : 'undecided'
    return {
      method: 'sampled',
      target: input.target,
      outcome,
      summary: `agreement of small sign networks on all of M patterns (N = ${decayWidth}, L = 4): shares ${shares.map((s) => s.toExponential(2)).join(', ')} at M = ${decayPatterns.join(', ')}; each further pattern multiplies by ${slopes.map((s) => Math.exp(s).toPrecision(3)).join(', ')}, independent ones by ${Math.exp(exact).toPrecision(3)}`,
      witness:
        outcome === 'refuted' ? { at: { N: String(decayWidth) }, left: String(exact), right: logs.join(', ') } : null,
      numbers: {
        shares,
        slopes,
        independent: exact,
        networks: summaries.reduce((sum, s) => sum + s.networks, 0),
        seed: input.seed,
      },
    }
  },
}

export const confirmations = [
  confirm('sec-C.sign-overlaps', signOrders),
  confirm(rectifierOverlaps, rectifierCross),
  confirm('sec-C.off-diagonal', offDiagonal),
  confirm('sec-C.order-parameters', orderParameters),
  confirm('sec-6.1.pattern-decay', jointRate, patternDecay),
]
