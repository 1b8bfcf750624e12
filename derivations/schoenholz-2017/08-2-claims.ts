/** Assertions in the prose of appendix 8.2, and of 8.1 where they are of the same kind. */
import {
  boltzmannEnergy,
  type CheckInput,
  carryOutGaussianIntegrals,
  claimedValue,
  confirm,
  DomainError,
  directCheck,
  type Expression,
  evaluateRing,
  expanded,
  type Formula,
  integrateLine,
  leadingTermInWidth,
  measuredOrder,
  scalarValue,
  statedValue,
  substitute,
  symbol,
  uniformIsLeast,
  unitHash,
  uses,
} from 'corrigenda'
import { divergenceOf, fieldKernel, longWaveOrder } from './05-claims.js'
import * as section5 from './05-linear-ring.js'
import { ringCase } from './05-networks.js'
import * as appendix from './08-2-linear-ring.js'
import { claimedKernel, lawAt, testVariances } from './linear-networks.js'

// ---- Orders of what is neglected ----------------------------------------------------------------------------------------

/** The exponent of N in a claimed order O(N^p). */
function claimedPower(claimed: Formula): number {
  const side = statedValue(claimed)
  const inside = side.kind === 'orderOf' ? side.of : side
  const numeric = substitute(inside, (node) =>
    node.kind === 'indexed' && node.name === 'layerWidth' ? symbol('width') : undefined,
  )
  const [a, b] = [1e3, 1e6].map((width) => scalarValue(numeric, { width }))
  return Math.log(b! / a!) / Math.log(1e3)
}

/** Relative corrections to mean and covariances at finite width, from the exact law, and the power of N with which they vanish. */
export const correctionOrder = directCheck(
  'corrections of finite width, from the exact law',
  'numeric',
  ({ claimed }) => {
    const stated = claimedPower(claimed)
    const orders: number[] = []
    for (const s of testVariances) {
      const limit = lawAt(s, 1_000_000)
      const points = [2000, 8000, 32_000].map((width) => {
        const law = lawAt(s, width)
        return {
          width,
          mean: law.mean / limit.mean / Math.sqrt(width / 1e6) - 1,
          variance: law.variance / limit.variance - 1,
        }
      })
      orders.push(measuredOrder(points.map(({ width, mean }) => ({ x: width, y: mean }))))
      orders.push(measuredOrder(points.map(({ width, variance }) => ({ x: width, y: variance }))))
    }
    const worst = orders.reduce((a, b) => (Math.abs(b - stated) > Math.abs(a - stated) ? b : a))
    // The reference stands at a million neurons instead of infinitely many, which shifts the slope by a few per cent.
    const holds = Math.abs(worst - stated) < 0.05
    return {
      holds,
      summary: `mean and variance of the norm deviate from their limits as N^${worst.toFixed(3)}${holds ? '' : `, not as N^${stated.toFixed(2)}`}`,
      witness: {
        at: { N: '2000, 8000, 32000' },
        left: stated.toFixed(3),
        right: worst.toFixed(3),
        note: 'power of N: claimed, and measured',
      },
      numbers: { order: Number(worst.toFixed(3)) },
    }
  },
)

/** How much of the exact radial energy is lost with N - 1 replaced by N. */
const neglectedInWidth = (exactEnergy: (input: CheckInput) => Expression) =>
  directCheck('terms neglected at large width', 'exact', (input) => {
    const { order, neglected } = leadingTermInWidth(exactEnergy(input), appendix.widthOptions(input.context))
    return {
      holds: order === 1 && neglected === 1,
      summary: `the energy grows as N^${order}; what is left out is smaller by N^${neglected}`,
      witness: { at: {}, left: 'N^1, smaller by N^1', right: `N^${order}, smaller by N^${neglected}` },
      numbers: { order: -(neglected ?? 0) },
      leadingOrder: true,
    }
  })
const premiseOf = ({ premises }: CheckInput, name: string): Formula => {
  const formula = premises[name]
  if (!formula) throw new DomainError(`the check needs the premise ${name}`)
  return formula
}

export const criticalCost = uses(
  'sec-8.2.critical-cost',
  { fluctuation: 'eq-55' },
  'the fluctuation energy near criticality',
)
const vanishingCost = directCheck('cost of a fluctuation near criticality', 'numeric', (input) => {
  const { fluctuation } = input.premises
  if (!fluctuation) return { holds: null, summary: 'needs the premise `fluctuation`' }
  const costs = [1e-2, 1e-3, 1e-4].map((distance) => {
    const kernel = claimedKernel(fluctuation, input, 1 - distance, 1)
    return { x: distance, y: kernel.at(1)[0]![0]!.re }
  })
  const order = measuredOrder(costs)
  return {
    holds: order > 0.5,
    summary: `falls as Delta_w^${order.toFixed(3)}, at wave vector 1`,
    numbers: { order: Number(order.toFixed(3)) },
  }
})

export const globalMinimum = uses(
  'sec-8.2.global-minimum',
  { energy: 'eq-41', saddle: 'eq-46' },
  'the energy of other configurations',
)

const curvatureAtMinimum = directCheck('values of the function', 'property', (input) => {
  const claimed = statedValue(input.claimed)
  const f = (y: number, n: number) => y - n * Math.log(y)
  for (const n of [1, 7, 200, 5000]) {
    const at = scalarValue(claimed, { width: n })
    const least = f(at, n)
    for (const factor of [0.01, 0.5, 0.9, 0.99, 1.01, 1.1, 2, 100])
      if (!(f(at * factor, n) > least))
        return {
          holds: false,
          summary: `less at ${at * factor} than at ${at} for N = ${n}`,
          witness: {
            at: { N: String(n), y: String(at * factor) },
            left: String(least),
            right: String(f(at * factor, n)),
          },
        }
  }
  return {
    holds: true,
    summary: 'larger at 32 other points between a hundredth and a hundred times the claimed minimum',
  }
})

// ---- Delta functions, differences, Fourier amplitudes -------------------------------------------------------------------

/** The claimed representation against the value at 0 of Gaussian test functions: a constant multiple of it, whatever the width. */
const actsAsDelta = directCheck('action on Gaussian test functions', 'numeric', (input) => {
  const claimed = carryOutGaussianIntegrals(statedValue(input.claimed))
  const nowhere = divergenceOf(claimed, { testVariance: 1 })
  if (nowhere) return { holds: false, summary: nowhere, witness: { at: { S: '1' }, left: nowhere, right: 'a number' } }
  const ratios = [0.25, 1, 4, 9].map((S) => {
    const value = scalarValue(claimed, { testVariance: S })
    return { S, ratio: value * integrateLine((x) => Math.exp(-(x * x) / (2 * S))).value }
  })
  const constant = ratios[0]!.ratio
  const other = ratios.find(({ ratio }) => !(Math.abs(ratio / constant - 1) < 1e-9) || !(ratio > 0))
  if (other)
    return {
      holds: false,
      summary: `the result over the value at 0 is ${constant.toPrecision(8)} for variance 0.25 and ${other.ratio.toPrecision(8)} for variance ${other.S}`,
      witness: { at: { S: String(other.S) }, left: String(other.ratio), right: String(constant) },
    }
  return {
    holds: true,
    summary: `gives ${constant.toPrecision(8)} times the value at 0 of each of ${ratios.length} Gaussian test functions; the constant belongs to the measure`,
    numbers: { constant },
  }
})

const slowFunctions: readonly { readonly value: (x: number) => number; readonly slope: (x: number) => number }[] = [
  { value: Math.sin, slope: Math.cos },
  { value: (x) => Math.exp(-x * x), slope: (x) => -2 * x * Math.exp(-x * x) },
  { value: Math.tanh, slope: (x) => 1 / Math.cosh(x) ** 2 },
]
const differenceOrder = directCheck('differences of slow functions', 'numeric', () => {
  const orders = slowFunctions.map(({ value, slope }) => {
    // epsilon(l) = f(k l) at l = x/k: difference over derivative, less one.
    const points = [1e-5, 3e-5, 1e-4].map((k) => ({ x: k, y: (value(0.7) - value(0.7 - k)) / (k * slope(0.7)) - 1 }))
    return measuredOrder(points)
  })
  const order = orders.reduce((a, b) => a + b) / orders.length
  const holds = orders.every((o) => Math.abs(o - 1) < 0.05)
  return {
    holds,
    summary: `the relative error of the difference is of order ${order.toFixed(3)} in the slope's change from layer to layer`,
    numbers: { order: Number(order.toFixed(3)) },
    leadingOrder: true,
  }
})

const realAmplitudes = directCheck('transforms of random real data', 'property', ({ seed }) => {
  let worst = 0
  for (let sites = 2; sites <= 12; sites++) {
    const data = Array.from({ length: sites }, (_, l) => 2 * unitHash(`${seed} ${sites} ${l}`) - 1)
    const amplitude = (n: number) => {
      const q = (2 * Math.PI * n) / sites
      return {
        re: data.reduce((sum, x, l) => sum + x * Math.cos(q * l), 0) / sites,
        im: data.reduce((sum, x, l) => sum + x * Math.sin(q * l), 0) / sites,
      }
    }
    for (let n = 0; n < sites; n++) {
      const [a, b] = [amplitude(n), amplitude(-n)]
      worst = Math.max(worst, Math.hypot(a.re - b.re, a.im + b.im))
    }
  }
  return {
    holds: worst < 1e-12,
    summary: `amplitudes at q and -q are conjugate to ${worst.toExponential(0)} on rings of 2 to 12 sites`,
    numbers: { worst, seed },
  }
})

/** The power p in a claimed rest O(epsilon^p). */
function claimedRest(e: Expression): number | null {
  if (e.kind === 'orderOf') {
    const { of } = e
    return of.kind === 'power' && of.exponent.kind === 'number' ? Number(of.exponent.numerator) : null
  }
  return e.kind === 'sum' ? (e.terms.map(claimedRest).find((p) => p !== null) ?? null) : null
}

/** What is left of the energy of a uniform displacement after its quadratic part, as the displacement vanishes. */
const restOfUniformDisplacement = directCheck('rest of the energy of a uniform displacement', 'numeric', (input) => {
  const stated = claimedRest(statedValue(input.claimed))
  if (stated === null) return { holds: null, summary: 'the formula states no order of its rest' }
  const { fields, notation } = ringCase(input)
  const values = { width: 1, weightStandardDeviation: Math.SQRT1_2, biasStandardDeviation: 1 }
  const energy = expanded(premiseOf(input, 'energy'), input)
  const at = claimedValue(premiseOf(input, 'saddle'), input, values)
  const perSite = (epsilon: number) =>
    evaluateRing(
      energy,
      { fields, values: [[at + epsilon, at + epsilon, at + epsilon]], parameters: new Map(Object.entries(values)) },
      { notation },
    ) / 3
  // Odd differences leave the odd part, whose leading term is of third order at a stationary point.
  const points = [0.02, 0.04].map((epsilon) => ({ x: epsilon, y: (perSite(epsilon) - perSite(-epsilon)) / 2 }))
  const order = measuredOrder(points)
  const coefficient = points[0]!.y / points[0]!.x ** 3
  return {
    holds: Math.abs(order - stated) < 0.05,
    summary: `its odd part goes as epsilon^${order.toFixed(2)}, with coefficient ${coefficient.toPrecision(3)} of epsilon^3 for each site at sigma_w^2 = 1/2, N = sigma_b^2 = 1`,
    witness: {
      at: { '\\sigma_w^2': '1/2', N: '1', '\\sigma_b^2': '1', 'every \\epsilon^l': '0.02 and -0.02' },
      left: `a rest of order ${stated}`,
      right: `half the difference of the energies per site is ${points[0]!.y.toPrecision(5)} = ${coefficient.toPrecision(3)} * 0.02^3`,
    },
    numbers: { order: Number(order.toFixed(3)), coefficient: Number(coefficient.toPrecision(4)) },
    leadingOrder: true,
  }
})

/** Highest and lowest wave vector (other than 0) of a ring, in (-pi, pi]. */
function extremes(sites: number): { readonly highest: number; readonly lowest: number } {
  const all = Array.from({ length: sites - 1 }, (_, n) => {
    const q = (2 * Math.PI * (n + 1)) / sites
    return Math.min(q, 2 * Math.PI - q)
  })
  return { highest: Math.max(...all), lowest: Math.min(...all) }
}
/** As printed depth is to set the highest wave vector; as corrected, the lowest, which is 2 pi over the number of sites. */
const setByDepth = directCheck('wave vectors of rings of 4 to 1024 sites', 'property', ({ target }) => {
  const sizes = [4, 8, 16, 64, 256, 1024]
  const [few, many] = [extremes(sizes[0]!), extremes(sizes.at(-1)!)]
  if (target === 'printed')
    return {
      holds: Math.abs(many.highest / few.highest - 1) > 0.5,
      summary: `the highest is ${few.highest.toPrecision(5)} with 4 sites and ${many.highest.toPrecision(5)} with 1024`,
      witness: {
        at: { sites: '4 and 1024' },
        left: 'two different highest wave vectors',
        right: `${few.highest} and ${many.highest}`,
      },
    }
  const wrong = sizes.find((sites) => Math.abs(extremes(sites).lowest * sites - 2 * Math.PI) > 1e-9)
  return {
    holds: wrong === undefined,
    summary: `the lowest other than 0 is 2 pi over the number of sites, from ${few.lowest.toPrecision(5)} with 4 sites to ${many.lowest.toPrecision(5)} with 1024`,
    witness: { at: { sites: String(wrong) }, left: '2 pi over the number of sites', right: 'another' },
  }
})

export const confirmations = [
  confirm('sec-5.finite-width', correctionOrder),
  confirm('sec-8.2.next-order', correctionOrder),
  confirm(
    section5.energy,
    neglectedInWidth((input) =>
      appendix.radial(appendix.linear(premiseOf(input, 'lattice'), input.context), input.context),
    ),
  ),
  confirm(
    appendix.radialForm,
    neglectedInWidth((input) => appendix.radial(boltzmannEnergy(premiseOf(input, 'weight')), input.context)),
  ),
  confirm(
    appendix.wideRadial,
    neglectedInWidth((input) => boltzmannEnergy(premiseOf(input, 'energy'))),
  ),
  confirm(appendix.fieldTheory, longWaveOrder('fluctuation', fieldKernel, null)),
  confirm(appendix.fieldTheoryAgain, longWaveOrder('fluctuation', fieldKernel, null)),
  confirm(appendix.fluctuation, restOfUniformDisplacement),
  confirm(criticalCost, vanishingCost),
  confirm(globalMinimum, uniformIsLeast(ringCase)),
  confirm(appendix.minimum, curvatureAtMinimum),
  confirm('sec-8.1.delta', actsAsDelta),
  confirm('eq-71', differenceOrder),
  confirm('sec-8.2.reality', realAmplitudes),
  confirm('sec-8.2.frequencies', setByDepth),
]
