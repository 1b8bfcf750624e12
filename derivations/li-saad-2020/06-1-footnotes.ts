/** The footnotes of section 6.1: normalisation on the lattice, the missing saddle points, the bias of the leading order. */
import { type CheckInput, confirm, directCheck, expanded, scalarValue, unitHash, uses } from 'corrigenda'
import { type RatePoint, rateCurve, ratePoint } from 'corrigenda/theory'
import { latticeTail, notBelow, threshold } from './06-1-sparsification.js'
import { chainOf, diluted, latticeOf, paper, rotatedLaw } from './results-quantities.js'

// ---- The first footnote --------------------------------------------------------------------------------------------------

/** The lattice of the overlaps of N neurons, enumerated. */
const spacing = directCheck('spacing of the overlaps of small layers', 'property', (input) => {
  for (const width of [1, 2, 3, 5, 8]) {
    const overlaps = new Set<number>()
    for (let state = 0; state < 2 ** width; state++) {
      const products = Array.from({ length: width }, (_, i) => ((state >> i) & 1 ? 1 : -1))
      overlaps.add(products.reduce((a, b) => a + b, 0) / width)
    }
    const sorted = [...overlaps].sort((a, b) => a - b)
    const claimed = scalarValue(expanded(input.claimed, input), { outputWidth: width })
    const wrong = sorted.slice(1).find((q, k) => Math.abs(q - sorted[k]! - claimed) > 1e-12)
    if (wrong !== undefined || sorted[0] !== -1 || sorted.at(-1) !== 1)
      return {
        holds: false,
        summary: `with ${width} neurons the overlaps are ${sorted.join(', ')}, not ${claimed} apart`,
        witness: { at: { 'N^L': String(width) }, left: String(claimed), right: sorted.join(', ') },
      }
  }
  return {
    holds: true,
    summary: 'every overlap of 1, 2, 3, 5 and 8 neurons was formed; neighbours are as far apart as claimed',
  }
})

/** The sum over the lattice of what is claimed, with values of the potential at random. */
const normalised = (density: boolean) =>
  directCheck('sum over the lattice', 'property', (input: CheckInput) => {
    const side = expanded(input.claimed, input)
    for (let instance = 0; instance < 20; instance++) {
      const outputWidth = 2 + Math.floor(30 * unitHash(`outputs ${instance}`))
      const width = 1 + Math.floor(20 * unitHash(`width ${instance}`))
      const latticeSpacing = 2 / outputWidth
      const values = latticeOf(outputWidth).map((_, k) => unitHash(`value ${instance} ${k}`))
      const normalisation = values.reduce((sum, value) => sum + Math.exp(-width * value) * latticeSpacing, 0)
      const claimed = values.map((saddleValue) =>
        scalarValue(side, { width, outputWidth, latticeSpacing, normalisation, saddleValue }),
      )
      const total = claimed.reduce((a, b) => a + b) * (density ? latticeSpacing : 1)
      // A sum of one leaves a common power open: neighbours must differ as the weights do.
      const ratio = Math.log(claimed[0]! / claimed[1]!) / (values[1]! - values[0]!) / width
      if (!(Math.abs(total - 1) < 1e-9 && Math.abs(ratio - 1) < 1e-9))
        return {
          holds: false,
          summary: `adds up to ${total.toPrecision(6)} over the ${outputWidth + 1} overlaps of ${outputWidth} neurons`,
          witness: {
            at: { N: String(width), 'N^L': String(outputWidth) },
            left: String(total),
            right: '1',
            note: density ? 'sum of density times spacing' : 'sum of the probabilities',
          },
        }
    }
    return { holds: true, summary: 'adds up to one in 20 instances of up to 32 neurons' }
  })
export const density = uses('sec-6.1.density', { normalisation: 'sec-6.1.normalisation' }, 'summed over the lattice')
export const probability = uses(
  'sec-6.1.lattice-probability',
  { normalisation: 'sec-6.1.normalisation' },
  'summed over the lattice with the normalisation as the footnote defines it',
)

/**
 * The least determinant of the forms A of the hidden layers at a saddle point: Sigma^{-1} of the layer before's order
 * parameters with the conjugates added. (42) takes its square root.
 */
function leastDeterminant({ layers }: RatePoint): number {
  const correlation = Math.sqrt(1 - paper.dilution)
  return Math.min(
    ...layers.slice(0, -1).map(({ tilts: [first, second, product] }, k) => {
      const before = k === 0 ? { squares: [1, 1] as const, overlap: 1 } : layers[k - 1]!
      const [a, b, c] = [2 * before.squares[0], 2 * before.squares[1], 2 * correlation * before.overlap]
      const d = a * b - c * c
      return (b / d - 2 * first!) * (a / d - 2 * second!) - (-c / d - product!) ** 2
    }),
  )
}

/** Where the printed branch of (42) ends, what lies beyond it, and how much it weighs. */
const missingSaddle = directCheck('the region in which the printed formula ends', 'numeric', () => {
  const chain = chainOf('relu', diluted)
  const lattice = latticeOf(paper.width)
  const points = rateCurve(chain, lattice)
  const residual = Math.max(...points.map((point) => point.residual))
  const determinant = (end: number): number => leastDeterminant(ratePoint(chain, end))
  let [outside, inside] = [-0.999, -0.8]
  if (!(determinant(outside) < 0 && determinant(inside) > 0))
    return { holds: null, summary: 'the determinant of A does not change its sign between -0.999 and -0.8' }
  for (let step = 0; step < 16; step++) {
    const middle = (outside + inside) / 2
    if (determinant(middle) > 0) inside = middle
    else outside = middle
  }
  const share = latticeTail('relu', paper.width, (q) => q <= inside)
  const tail = latticeTail('relu', paper.width, notBelow)
  return {
    holds: residual < 1e-8 && share < 1e-3 * tail,
    summary: `saddle points exist on all ${lattice.length} overlaps (residual ${residual.toExponential(0)}, I(-1) = ${points[0]!.rate.toPrecision(6)}), but below q^L = ${inside.toFixed(4)} the determinant of A, of which (42) takes the root, is negative; all overlaps there have the probability ${share.toExponential(1)} beside a tail of ${tail.toPrecision(3)}`,
    witness: {
      at: { N: String(paper.width) },
      left: String(share),
      right: String(tail),
      note: 'region, and the tail above 1/2',
    },
    numbers: { region: inside, share, tail, lowestRate: points[0]!.rate, residual },
  }
})

// ---- The second footnote -------------------------------------------------------------------------------------------------

/** The estimate over the exact tail, for sign networks, as the width grows. */
const bias = directCheck('estimate over the exact tail of sign-DNN', 'numeric', () => {
  const widths = [32, 64, 128, 256, 512]
  const ratios = widths.map((width) => {
    const law = rotatedLaw([width, width, width, width, width], paper.dilution)
    return latticeTail('sign', width, notBelow) / Math.exp(law.logTail(threshold, 'atLeast'))
  })
  const here = ratios[1]!
  // The last two widths, extrapolated in 1/N.
  const limit = 2 * ratios.at(-1)! - ratios.at(-2)!
  return {
    holds: Math.abs(here - 1) > 1e-3 && Math.abs(here - 1) < 0.5,
    summary: `${here.toPrecision(4)} at N = 64; ${widths.map((n, k) => `${ratios[k]!.toPrecision(4)} at ${n}`).join(', ')}: it tends to ${limit.toPrecision(4)}, not to one`,
    witness: { at: { N: '64' }, left: String(here), right: '1' },
    numbers: { ratio: here, limit, ratios },
  }
})

export const confirmations = [
  confirm('sec-6.1.lattice', spacing),
  confirm(density, normalised(true)),
  confirm(probability, normalised(false)),
  confirm('sec-6.1.missing-saddle', missingSaddle),
  confirm('sec-6.1.bias', bias),
]
