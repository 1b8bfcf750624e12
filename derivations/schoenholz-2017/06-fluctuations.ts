/** The fluctuation energy of section 6 and appendix 8.4 against brute-force derivatives, and the Fourier series. */
import {
  claimedValue,
  confirm,
  directCheck,
  type Expression,
  evaluateRing,
  expanded,
  multiply,
  numericKernel,
  rational,
  ringHessian,
  substitute,
  unitHash,
} from 'corrigenda'
import * as appendix from './08-4-rectified-ring.js'
import { scalars } from './networks.js'
import { rectifiedQuantities } from './rectified-quantities.js'

const testVariances: readonly number[] = [0.02, 0.66, 1.3, 1.9]
const sites = 4

// ---- Fourier series -----------------------------------------------------------------------------------------------------

/** The terms of a series, with the factor before its sum; null where there is no sum. */
function seriesTerms(side: Expression): Expression | null {
  if (side.kind === 'indexedSum') return side.body
  if (side.kind !== 'product') return null
  const sum = side.factors.find((factor) => factor.kind === 'indexedSum')
  if (sum?.kind !== 'indexedSum') return null
  return multiply(...side.factors.filter((factor) => factor !== sum), sum.body)
}

const seriesSites = 6
/** Any function of the layers has one series: the phases of different wave vectors are orthogonal over the ring's sites. */
const orthogonalPhases = directCheck('orthogonality of the phases over the sites of a ring', 'numeric', (input) => {
  const terms = seriesTerms(expanded(input.claimed, input))
  if (terms === null) return { holds: null, summary: 'the claim is no series' }
  const termAt = (amplitude: number, l: number, n: number) => {
    const term = substitute(terms, (node) => (node.kind === 'indexed' ? rational(amplitude) : undefined))
    const kernel = numericKernel({ kind: 'matrix', rows: [[term]] }, new Map([['l', l]]))
    return kernel.at((2 * Math.PI * n) / seriesSites)[0]![0]!
  }
  const at = (l: number, n: number) => termAt(1, l, n)
  const [once, twice] = [at(1, 1), termAt(2, 1, 1)]
  if (!(Math.hypot(twice.re - 2 * once.re, twice.im - 2 * once.im) < 1e-9))
    return {
      holds: false,
      summary: 'the terms of the series are not proportional to its amplitudes',
      witness: {
        at: { amplitude: '2', l: '1', q: `2 pi 1/${seriesSites}` },
        left: `${twice.re} + ${twice.im} i`,
        right: `${2 * once.re} + ${2 * once.im} i`,
      },
    }
  for (let n = 0; n < seriesSites; n++)
    for (let m = 0; m < seriesSites; m++) {
      let [re, im] = [0, 0]
      for (let l = 0; l < seriesSites; l++) {
        const [a, b] = [at(l, n), at(l, m)]
        re += a.re * b.re + a.im * b.im
        im += a.im * b.re - a.re * b.im
      }
      const expected = n === m ? seriesSites : 0
      if (!(Math.hypot(re - expected, im) < 1e-9))
        return {
          holds: false,
          summary: `the phases of wave vectors 2 pi ${n}/${seriesSites} and 2 pi ${m}/${seriesSites} have the product ${re.toPrecision(4)} + ${im.toPrecision(4)} i`,
          witness: {
            at: { sites: String(seriesSites), q: `2 pi ${n}/${seriesSites}`, "q'": `2 pi ${m}/${seriesSites}` },
            left: `${re} + ${im} i`,
            right: String(expected),
          },
        }
    }
  return {
    holds: true,
    summary: `the ${seriesSites} wave vectors of a ring of ${seriesSites} sites are orthogonal`,
    numbers: { sites: seriesSites },
  }
})

// ---- Fluctuations -------------------------------------------------------------------------------------------------------

/** The claimed energy of random fluctuations against half the numeric Hessian of the energy of the three fields. */
const hessianAgrees = directCheck('numeric Hessian of the energy', 'numeric', (input) => {
  const { energy, saddle, count } = input.premises
  if (!energy || !saddle || !count) return { holds: null, summary: 'needs the premises `energy`, `saddle` and `count`' }
  const { fields, fluctuations, notation } = rectifiedQuantities(input.context)
  let worst = 0
  for (const s of testVariances) {
    const values = { ...scalars(s, 20), stationarySignedNorm: 0 }
    const norm = claimedValue(saddle, input, values)
    const all = new Map(Object.entries({ ...values, stationarySignedNorm: norm }))
    const centre = [norm, norm, claimedValue(count, input, values)].map((x) => Array.from({ length: sites }, () => x))
    const hessian = ringHessian(expanded(energy, input), { fields, values: centre, parameters: all }, { notation })
    const epsilon = fields.map((_, f) =>
      Array.from({ length: sites }, (_, l) => 2 * unitHash(`${input.seed} ${s} ${f} ${l}`) - 1),
    )
    const flat = epsilon.flat()
    let [expected, error] = [0, 0]
    for (const [i, row] of hessian.entries())
      for (const [j, entry] of row.entries()) {
        expected += 0.5 * entry.value * flat[i]! * flat[j]!
        error += 0.5 * entry.error * Math.abs(flat[i]! * flat[j]!)
      }
    const claimed = evaluateRing(
      expanded(input.claimed, input),
      { fields: fluctuations, values: epsilon, parameters: all },
      { notation },
    )
    const deviation = Math.abs(claimed - expected)
    worst = Math.max(worst, deviation / Math.abs(expected))
    if (!(deviation <= 10 * error + 1e-5 * Math.abs(expected)))
      return {
        holds: false,
        summary: `the energy of a random fluctuation is ${expected.toPrecision(8)}, claimed ${claimed.toPrecision(8)}`,
        witness: {
          at: { '\\sigma_w^2': String(s), N: '20', sites: String(sites) },
          left: String(claimed),
          right: String(expected),
        },
      }
  }
  return {
    holds: true,
    summary: `agrees on random fluctuations at ${testVariances.length} weight variances, to ${worst.toExponential(0)}`,
    numbers: { relativeDeviation: Number(worst.toPrecision(2)) },
  }
})

export const confirmations = [
  confirm(appendix.inVariances, hessianAgrees),
  confirm(appendix.quadratic, hessianAgrees),
  confirm('eq-98', orthogonalPhases),
]
