/** Sections 4.3 and 7 and appendix C: layer shapes, the iteration, the limit of exact laws, zero and slope of the rate function. */

import { confirm, directCheck, scalarValue, statedValue } from 'corrigenda'
import { arcsineAgreement, overlapRate } from 'corrigenda/network'
import { forwardBackward, ratePoint, typicalEnd } from 'corrigenda/theory'
import { architectures, chainOf, diluted, nameOf, paper, ratesAt, rotatedLaw } from './results-quantities.js'

// ---- Layer shapes, iteration and the limit ---------------------------------------------------------------------------------------

const shapes: readonly (readonly number[])[] = [
  [1, 1, 1, 1],
  [0.125, 1, 1, 1],
  [1, 1, 0.125, 1],
  [2, 0.5, 3, 1],
  [1, 1, 1, 4],
]
const layerShapes = directCheck('typical overlaps and rates of differently shaped networks', 'numeric', () => {
  for (const architecture of architectures) {
    const found = shapes.map((widths) => {
      const chain = chainOf(architecture, { ...diluted, widths })
      return { widths, typical: typicalEnd(chain), rate: ratesAt(chain, [typicalEnd(chain) + 0.2])[0]! }
    })
    const [first, ...others] = found
    const wrong = others.find(
      ({ typical, rate }) => Math.abs(typical - first!.typical) > 1e-12 || Math.abs(rate / first!.rate - 1) < 1e-3,
    )
    if (wrong)
      return {
        holds: false,
        summary: `${nameOf(architecture)} of widths ${wrong.widths.join(', ')}: typical overlap ${wrong.typical}, rate ${wrong.rate}`,
        witness: {
          at: { widths: wrong.widths.join(', ') },
          left: String(first!.typical),
          right: String(wrong.typical),
        },
      }
  }
  // Exact laws of two shapes at finite width, extrapolated: the mean tends to the same number.
  const limits = [
    [1, 1, 1, 1, 1],
    [1, 2, 1, 3, 1],
  ].map((shape) => {
    const [a, b, c] = [64, 128, 256].map(
      (n) =>
        rotatedLaw(
          shape.map((s) => s * n),
          paper.dilution,
        ).mean,
    )
    return (8 * c! - 6 * b! + a!) / 3
  })
  const difference = Math.abs(limits[0]! - limits[1]!)
  return {
    holds: difference < 1e-5,
    summary: `${shapes.length} shapes of both architectures have one typical overlap and different rates; the exact laws' means of two shapes tend to ${limits.map((x) => x.toPrecision(6)).join(' and ')}`,
    witness: { at: {}, left: String(limits[0]), right: String(limits[1]) },
    numbers: { limits },
  }
})

const iteration = directCheck('the plain iteration, carried out', 'numeric', () => {
  const ends = Array.from({ length: 19 }, (_, k) => -0.9 + 0.1 * k)
  const reached = architectures.map((architecture) => {
    const chain = chainOf(architecture, diluted)
    const exact = ratesAt(chain, ends)
    return ends.filter((end, k) => {
      const found = forwardBackward(chain, end, { mixing: 1, iterations: 200 })
      return found.converged && found.trajectory !== null && Number.isFinite(exact[k]!)
    })
  })
  const [sign, relu] = reached
  const centre = typicalEnd(chainOf('relu', diluted))
  const around = ends.filter((end) => Math.abs(end - centre) < 0.3)
  return {
    holds: sign!.length === ends.length && around.every((end) => relu!.includes(end)),
    summary: `converges at all of ${ends.length} end points for sign-DNN, and for relu-DNN at ${relu!.length} of them, from ${Math.min(...relu!).toFixed(1)} to ${Math.max(...relu!).toFixed(1)}`,
    witness: { at: {}, left: `${sign!.length} of ${ends.length}`, right: relu!.map((q) => q.toFixed(1)).join(', ') },
    numbers: { sign: sign!.length, rectifier: relu!.length, lowest: Math.min(...relu!), highest: Math.max(...relu!) },
  }
})

export const limitOfLaws = directCheck('exact laws at N = 64 to 512, extrapolated', 'numeric', () => {
  const sizes = [64, 96, 128, 192, 256, 384, 512]
  const cases = [
    ...[-0.5, 0, 0.25, 0.5, 0.75].map((overlap) => ({
      probability: paper.dilution,
      start: 1,
      overlap,
      chain: chainOf('sign', diluted),
    })),
    ...[-0.25, 0.5].map((overlap) => ({
      probability: 0,
      start: 0.5,
      overlap,
      chain: chainOf('sign', { startOverlap: 0.5 }),
    })),
  ]
  let worst = { deviation: 0, overlap: 0, limit: 0, rate: 0 }
  for (const { probability, start, overlap, chain } of cases) {
    const correlation = Math.sqrt(1 - probability)
    const { rate: limit } = overlapRate(
      {
        chain: (size) => ({
          widths: [size, size, size, size, size],
          start,
          agreement: (_, q) => arcsineAgreement(correlation * q),
        }),
        overlap,
        sizes,
      },
      { logarithm: 0.5 },
    )
    const rate = ratesAt(chain, [overlap])[0]!
    const deviation = Math.abs(limit - rate)
    if (deviation >= worst.deviation) worst = { deviation, overlap, limit, rate }
  }
  return {
    holds: worst.deviation < 1e-8,
    summary: `-log P/N tends to the rate function at ${cases.length} end points of diluted and of equally weighted sign-DNN to ${worst.deviation.toExponential(0)}, with the correction log(N)/(2N)`,
    witness: { at: { 'q^L': String(worst.overlap) }, left: String(worst.rate), right: String(worst.limit) },
    numbers: { deviation: worst.deviation, endPoints: cases.length },
  }
})

// ---- Zero and slope (appendix C) ---------------------------------------------------------------------------------------------------

const atTypical = (what: 'rate' | 'slope') =>
  directCheck(`${what} of the rate function at the typical overlap`, 'numeric', (input) => {
    const claimed = scalarValue(statedValue(input.claimed), {})
    let worst = 0
    let chains = 0
    for (const architecture of architectures)
      for (const layers of [1, 2, 4])
        for (const options of [
          diluted,
          { startOverlap: 0.5 },
          { perturbation: { kind: 'rotation', eta: 0.3 } } as const,
        ]) {
          const chain = chainOf(architecture, { ...options, layers })
          // From both sides: at the typical overlap itself nothing is tilted.
          const [below, above] = [-1e-6, 1e-6].map((d) => ratePoint(chain, typicalEnd(chain) + d)[what])
          const value = (below! + above!) / 2
          chains += 1
          worst = Math.max(worst, Math.abs(value - claimed))
          if (!(Math.abs(value - claimed) < 1e-8))
            return {
              holds: false,
              summary: `${value} in ${nameOf(architecture)} of ${layers} layers`,
              witness: { at: { L: String(layers) }, left: String(claimed), right: String(value) },
            }
        }
    return { holds: true, summary: `${claimed} to ${worst.toExponential(0)} in ${chains} ensembles` }
  })

export const confirmations = [
  confirm('sec-4.3.layer-shapes', layerShapes),
  confirm('sec-4.3.iteration', iteration),
  confirm('sec-7.exponential-decay', limitOfLaws),
  confirm('sec-C.zero', atTypical('rate')),
  confirm('sec-C.slope', atTypical('slope')),
]
