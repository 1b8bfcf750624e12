/** Assertions in the prose of section 5: Laplace's approximation, long waves, criticality. */
import {
  type CheckInput,
  carryOutGaussianIntegrals,
  children,
  confirm,
  derive,
  directCheck,
  type Expression,
  expanded,
  type Formula,
  fieldTheoryKernel,
  findRoot,
  integrateLine,
  laplaceApproximation,
  type MatrixNode,
  measuredOrder,
  modeNormalForm,
  numericKernel,
  type ScalarValues,
  scalarValue,
  statedValue,
  uses,
} from 'corrigenda'
import * as section5 from './05-linear-ring.js'
import { limitOfMean } from './05-networks.js'
import { claimedKernel, depthOn, lawAt, window } from './linear-networks.js'
import { scalars } from './networks.js'
import { ringQuantities, smoothFluctuation } from './quantities.js'

// ---- Laplace's approximation --------------------------------------------------------------------------------------------

export const laplace = derive(
  'sec-5.laplace',
  {},
  'second-order Taylor series of the exponent about its minimum, integrated; in one dimension',
  (_, { scalar }) => laplaceApproximation({ large: scalar('A'), minimum: scalar('F'), hessian: [[scalar('S')]] }),
)

/** Why a formula's integral has no value, if it has none: its integrand grows without bound. Null if it has one. */
export function divergenceOf(e: Expression, values: ScalarValues): string | null {
  if (e.kind === 'integral') {
    for (const x of [-10, 10]) {
      const value = scalarValue(e.body, { ...values, [e.variable]: x })
      if (value > 1) return `the integrand is ${value.toPrecision(4)} at ${x}: the integral diverges`
    }
    return null
  }
  return (
    children(e)
      .map((child) => divergenceOf(child, values))
      .find((reason) => reason !== null) ?? null
  )
}

/** Functions with a minimum at 0, of curvature one: not even, not Gaussian. */
const wells: readonly ((x: number) => number)[] = [
  (x) => Math.cosh(x) - 1,
  (x) => Math.exp(x) - 1 - x,
  (x) => x * x * (0.5 + 0.1 * x + 0.2 * x * x),
]

const laplaceRatio = directCheck('integrals of exp(-A f) by quadrature', 'numeric', (input) => {
  const claimed = carryOutGaussianIntegrals(statedValue(input.claimed))
  const nowhere = divergenceOf(claimed, { largeParameter: 1, minimumValue: 0, minimumCurvature: 1, minimumPosition: 0 })
  if (nowhere)
    return {
      holds: false,
      summary: nowhere,
      witness: { at: { A: '1', S: '1', X: '0' }, left: nowhere, right: 'a number' },
    }
  const orders: number[] = []
  for (const [k, f] of wells.entries()) {
    const ratios = [100, 200, 400, 800].map((large) => {
      const values = { largeParameter: large, minimumValue: 0, minimumCurvature: 1, minimumPosition: 0 }
      const exact = integrateLine((u) => Math.exp(-large * f(u / Math.sqrt(large)))).value / Math.sqrt(large)
      return { x: 1 / large, y: exact / scalarValue(claimed, values) - 1, exact, claimed: scalarValue(claimed, values) }
    })
    const last = ratios.at(-1)!
    orders.push(measuredOrder(ratios))
    if (!(Math.abs(last.y) < 0.01 && Math.abs(orders.at(-1)! - 1) < 0.05))
      return {
        holds: false,
        summary: `at A = 800 the integral of exp(-A f) over its approximation is ${(last.y + 1).toPrecision(6)}`,
        witness: {
          at: { f: ['cosh(x) - 1', 'exp(x) - 1 - x', 'x^2/2 + x^3/10 + x^4/5'][k]!, A: '800' },
          left: String(last.claimed),
          right: String(last.exact),
        },
      }
  }
  const order = orders.reduce((a, b) => a + b) / orders.length
  return {
    holds: true,
    summary: `${wells.length} integrals approach the approximation as A^-${order.toFixed(2)}`,
    numbers: { order: -Number(order.toFixed(3)) },
    leadingOrder: true,
  }
})

// ---- Long waves ---------------------------------------------------------------------------------------------------------

/** The kernel of a claimed field theory or long-wave energy against that of the lattice (premise), as waves grow long. */
export const longWaveOrder = (
  latticePremise: string,
  claimedOf: (claimed: Formula, input: CheckInput) => MatrixNode,
  sites: number | null,
) =>
  directCheck('error for long waves', 'numeric', (input) => {
    const premise = input.premises[latticePremise]
    if (!premise) return { holds: null, summary: `needs the premise \`${latticePremise}\`` }
    const orders: number[] = []
    for (const s of [0.3, 0.6, 0.9]) {
      const parameters = new Map([...Object.entries(scalars(s)), ['depth', depthOn(sites ?? 1, input)] as const])
      const claimed = numericKernel(claimedOf(input.claimed, input), parameters)
      const lattice = claimedKernel(premise, { ...input, reading: null }, s, sites ?? 1)
      const points = [0.02, 0.04].map((q) => {
        const [a, b] = [claimed.at(q)[0]![0]!.re / (sites ?? 1), lattice.at(q)[0]![0]!.re]
        return { x: q, y: a - b, a, b }
      })
      const order = measuredOrder(points)
      orders.push(order)
      if (!(order > 3.5))
        return {
          holds: false,
          summary: `at weight variance ${s} the kernels differ at order q^${order.toFixed(1)}`,
          witness: {
            at: { '\\sigma_w^2': String(s), '\\sigma_b^2': '0.01', q: '0.02' },
            left: String(points[0]!.a),
            right: String(points[0]!.b),
            note: 'kernels per site: claimed, and of the lattice',
          },
        }
    }
    const order = orders.reduce((a, b) => a + b) / orders.length
    return {
      holds: true,
      summary: `the kernel agrees with the lattice's up to terms of order q^${order.toFixed(2)}`,
      numbers: { order: Number(order.toFixed(3)) },
      leadingOrder: true,
    }
  })

export const fieldKernel = (claimed: Formula, input: CheckInput): MatrixNode =>
  fieldTheoryKernel(expanded(claimed, input), {
    ...ringQuantities(input.context),
    smooth: [smoothFluctuation(input.context)],
  })
const modeKernel = (claimed: Formula, input: CheckInput): MatrixNode =>
  modeNormalForm(expanded(claimed, input), ringQuantities(input.context))

/** The correlation length against the decay of the exact covariances of norms at great width. */
const decayLength = directCheck('decay of the exact covariances of the norm', 'numeric', (input) => {
  const ratios = [0.8, 0.9, 0.95, 0.98].map((s) => {
    const covariances = lawAt(s, 1_000_000).autocovariances(40)
    const measured = 20 / Math.log(covariances[20]! / covariances[40]!)
    const claimed = scalarValue(expanded(input.claimed, input), scalars(s))
    return { x: 1 - s, y: measured / claimed - 1, s, measured, claimed }
  })
  const order = measuredOrder(ratios)
  const last = ratios.at(-1)!
  const holds = Math.abs(last.y) < 0.01 && order > 0.5
  return {
    holds,
    summary: holds
      ? `the covariances decay over the claimed length up to a relative deviation of order Delta_w^${order.toFixed(2)} (${last.y.toExponential(1)} at weight variance 0.98)`
      : `at weight variance ${last.s} the covariances decay over ${last.measured.toPrecision(6)} layers, claimed ${last.claimed.toPrecision(6)}`,
    witness: {
      at: { '\\sigma_w^2': String(last.s) },
      left: String(last.claimed),
      right: String(last.measured),
      note: 'length in layers: claimed, and over which the exact covariances decay',
    },
    numbers: { order: Number(order.toFixed(3)) },
    leadingOrder: true,
  }
})

// ---- Criticality --------------------------------------------------------------------------------------------------------

export const phaseTransition = uses(
  'sec-5.phase-transition',
  { length: 'sec-5.correlation-length' },
  'where the inverse of the correlation length vanishes',
)
const divergence = directCheck('inverse correlation length', 'numeric', (input) => {
  const { length } = input.premises
  if (!length) return { holds: null, summary: 'needs the premise `length`' }
  const lengthOf = expanded(length, input)
  const inverse = (sigma: number) => 1 / scalarValue(lengthOf, { weightStandardDeviation: sigma })
  const [left, right] = input.claimed.sides.map((side) => expanded({ sides: [side], relations: [] }, input))
  if (!left || !right) return { holds: null, summary: 'the claim is no equation' }
  const residual = (sigma: number) => {
    const values = { weightStandardDeviation: sigma }
    return scalarValue(left, values) - scalarValue(right, values)
  }
  const witnessAt = (sigma: number) => ({
    at: { '\\sigma_w': String(sigma) },
    left: String(residual(sigma)),
    right: String(inverse(sigma * (1 + 1e-9))),
    note: 'what the claim says to vanish, and the inverse of the correlation length',
  })
  if (residual(0.05) * residual(2.95) > 0)
    return {
      holds: false,
      summary: 'what is claimed to vanish at the transition vanishes nowhere',
      witness: witnessAt(1),
    }
  const at = findRoot(residual, 0.05, 2.95).root
  // At the root itself the length is infinite: a billionth beside it its inverse is a billionth, times a slope.
  const value = Math.abs(inverse(at * (1 + 1e-9)))
  const elsewhere = [0.5, 0.9, 1.1, 2].map((factor) => Math.abs(inverse(at * factor)))
  const holds = value < 1e-7 && Math.min(...elsewhere) > 1e-3
  return {
    holds,
    summary: holds
      ? `vanishes where the claim has its root, sigma_w = ${at.toPrecision(6)}, and not elsewhere`
      : `is ${value.toPrecision(4)} where the claim has its root, sigma_w = ${at.toPrecision(6)}`,
    witness: witnessAt(at),
    numbers: { root: at },
  }
})

export const confirmations = [
  confirm(laplace, laplaceRatio),
  confirm(section5.meanNorm, limitOfMean(true)),
  confirm(section5.fieldTheory, longWaveOrder('fluctuation', fieldKernel, null)),
  confirm(section5.longWave, longWaveOrder('modes', modeKernel, window)),
  confirm(section5.length, decayLength),
  confirm(phaseTransition, divergence),
]
