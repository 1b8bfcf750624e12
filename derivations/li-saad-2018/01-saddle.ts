/** The saddle point of two networks: the measure of a single site, the potential, and the evolution from layer to layer. */
import {
  add,
  type Context,
  confirm,
  contains,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  type Formula,
  instantiate,
  lastSide,
  log,
  multiply,
  negate,
  one,
  rational,
  scalarValue,
  substitute,
  substituteSymbols,
  symbol,
  zero,
} from 'corrigenda'
import { thermalAgreement, thermalOverlap } from 'corrigenda/network'
import { statesAt } from './01-model.js'
import {
  fieldIntegral,
  layerFactor,
  layerProduct,
  phaseOf,
  siteMeasure,
  withoutArgument,
  withTotal,
} from './single-site.js'

export const measure = derive(
  'eq-5',
  { neuron: 'eq-2' },
  'the joint law of one site: the laws (2) of both states, a normal density of both fields, and the phase that fixes the overlaps',
  ({ neuron }, context) => siteMeasure(neuron, context),
)

/** The measure of a layer integrated over both fields on a square of points, for states that agree and that do not. */
function shares(measure: Formula, correlation: number, beta: number, context: Context): readonly [number, number] {
  const step = 0.25
  const points = Array.from({ length: 51 }, (_, k) => (k - 25) * step)
  const [same, different] = [1, -1].map((product) => {
    const density = layerFactor(measure, 1, product, correlation, context)
    const values = points.flatMap((first) =>
      points.map((second) =>
        scalarValue(density, { firstField: first, secondField: second, inverseTemperature: beta }),
      ),
    )
    return step * step * values.reduce((sum, x) => sum + x, 0)
  })
  return [same!, different!]
}

const agreementOfLayer = directCheck('integrals of the measure over both fields', 'numeric', ({ claimed, context }) => {
  let worst = { gap: 0, left: '', right: '', correlation: 0 }
  const beta = 1.3
  for (const correlation of [0.2, 0.8]) {
    const found = shares(claimed, correlation, beta, context)
    // Both signs of the reference's state.
    const { same } = thermalAgreement(correlation, beta)
    for (const [share, exact] of [
      [2 * found[0], same],
      [2 * found[1], 1 - same],
    ] as const) {
      const gap = Math.abs(share - exact)
      if (!(gap <= worst.gap)) worst = { gap, left: String(share), right: String(exact), correlation }
    }
  }
  return {
    holds: worst.gap < 1e-9,
    summary: `the shares of agreeing and of other states are those of two neurons with normal fields, to ${worst.gap.toExponential(0)}: the measure is normalised for every overlap`,
    witness: {
      at: { beta: String(beta), correlation: String(worst.correlation) },
      left: worst.left,
      right: worst.right,
    },
    numbers: { deviation: worst.gap },
  }
})

export const potential = derive(
  'eq-4',
  { measure: 'eq-5' },
  "the overlaps' definitions by Fourier integrals: minus the measure's phase at the overlaps, and the logarithm of a site's total measure",
  ({ measure }, context) => {
    const { read } = context
    const phase = substitute(phaseOf(measure), (node) => {
      const isState = (f: Expression): boolean =>
        f.kind === 'indexed' && (f.name === 'state' || f.name === 'referenceState')
      if (node.kind !== 'product' || node.factors.filter(isState).length !== 2) return undefined
      return multiply(read('q^l'), ...node.factors.filter((f) => !isState(f)))
    })
    const total = read(
      '\\int \\prod_{l=1}^L d\\hat{h}^l dh^l \\sum_{\\{\\hat{s}^l, s^l\\}} M[\\hat{s}, s, \\hat{h}, h]',
    )
    const derived = add(negate(phase), log(total))
    const written = (side: Expression, last: number): Expression =>
      instantiate(withTotal(side, total, last), {
        notation: context.notation,
        values: new Map([
          ['depth', last],
          ['L', last],
        ]),
      })
    return {
      kind: 'instances',
      describe: "the phase that fixes the overlaps, and the logarithm of a site's total measure",
      sizes: [1, 2].map((lastLayer) => ({ lastLayer, neurons: 1, inputs: 1 })),
      variables: [],
      exponent: ({ lastLayer }) => written(derived, lastLayer),
      instantiate: (claimed, { lastLayer }) => written(lastSide(claimed), lastLayer),
      complete: 'the layers enter as like terms of one sum, so that two of them decide all',
    }
  },
)

/** The total measure of a site for one layer, with the share A of agreeing states and B of others at vanishing conjugates. */
function oneLayerPotential(
  potential: Formula,
  measure: Formula,
): { readonly exponent: Expression; readonly q: Expression; readonly conjugate: Expression } {
  const [q, conjugate] = [symbol('overlapOfLayer'), symbol('conjugateOfLayer')]
  const phase = phaseOf(measure)
  const at = (product: number): Expression =>
    substitute(phase, (node) => {
      if (node.kind !== 'indexedSum') return undefined
      return substitute(node.body, (part) => {
        if (part.kind !== 'indexed') return undefined
        if (part.name === 'conjugate') return conjugate
        return part.name === 'state' ? rational(product) : part.name === 'referenceState' ? one : undefined
      })
    })
  const total = add(
    multiply(symbol('agreeing'), { kind: 'function', name: 'exp', arguments: [at(1)] }),
    multiply(symbol('disagreeing'), { kind: 'function', name: 'exp', arguments: [at(-1)] }),
  )
  const exponent = substitute(lastSide(potential), (node) => {
    if (node.kind === 'function' && node.name === 'log') return log(total)
    if (node.kind !== 'indexedSum') return undefined
    return substitute(node.body, (part) => {
      if (part.kind !== 'indexed') return undefined
      return part.name === 'conjugate' ? conjugate : part.name === 'overlap' ? q : undefined
    })
  })
  return { exponent, q, conjugate }
}

export const saddleEquation = derive(
  'sec-dense.saddle-equation',
  { potential: 'eq-4', measure: 'eq-5' },
  'the derivative of (4) by the conjugate of one layer, set to zero and solved for the overlap',
  ({ potential, measure }) => {
    const { exponent, q, conjugate } = oneLayerPotential(potential, measure)
    const slope = differentiate(exponent, conjugate as Extract<Expression, { kind: 'symbol' }>)
    // Linear in the overlap: slope = c q + rest.
    const factor = differentiate(slope, q as Extract<Expression, { kind: 'symbol' }>)
    const rest = substituteSymbols(slope, new Map([['overlapOfLayer', zero]]))
    return divide(negate(rest), factor)
  },
)

export const conjugates = derive(
  'sec-dense.conjugates',
  { potential: 'eq-4', measure: 'eq-5' },
  'the derivative of (4) by the overlap of the last layer, on which no measure depends, set to zero and solved for the conjugate',
  ({ potential, measure }) => {
    const { exponent, q, conjugate } = oneLayerPotential(potential, measure)
    const slope = differentiate(exponent, q as Extract<Expression, { kind: 'symbol' }>)
    const factor = differentiate(slope, conjugate as Extract<Expression, { kind: 'symbol' }>)
    const rest = substituteSymbols(slope, new Map([['conjugateOfLayer', zero]]))
    return divide(negate(rest), factor)
  },
)

/** Earlier layers: the total measure is one for every overlap where the later conjugates vanish. */
const earlierLayers = directCheck('derivatives by the overlaps of earlier layers', 'numeric', ({ premises }) => {
  const { exponent } = oneLayerPotential(premises['potential']!, premises['measure']!)
  // With A + B = 1 for every overlap of the layer before: A moves, B moves against it.
  const moved = substituteSymbols(exponent, new Map([['disagreeing', add(one, negate(symbol('agreeing')))]]))
  const slope = differentiate(moved, symbol('agreeing'))
  let largest = 0
  for (const agreeing of [0.3, 0.6, 0.9]) {
    const real = substitute(slope, (node) => (node.kind === 'constant' && node.name === 'i' ? zero : undefined))
    largest = Math.max(largest, Math.abs(scalarValue(real, { agreeing, conjugateOfLayer: 0, overlapOfLayer: 0.2 })))
  }
  return {
    holds: largest === 0,
    summary:
      "a site's total measure does not move with the overlap before it where the conjugate vanishes, so that vanishing conjugates solve every equation",
    numbers: { largest },
  }
})

export const evolution = derive(
  'eq-6',
  { measure: 'eq-5' },
  'the mean product of both states over the measure (5) of one layer, conjugates zero',
  ({ measure }, { read }) => {
    const template = read('\\int d\\hat{h}^l dh^l 1')
    if (template.kind !== 'measureIntegral') throw new TypeError('an integral over both fields is expected')
    const product = layerProduct(measure)
    const factors = product.kind === 'product' ? product.factors : [product]
    const holds = (e: Expression, name: string): boolean =>
      contains(e, (node) => node.kind === 'indexed' && node.name === name)
    // Given the fields the states are independent: each is summed in its own factors.
    const mean = (name: 'state' | 'referenceState'): Expression => {
      const own = multiply(...factors.filter((f) => holds(f, name)))
      const at = (value: number): Expression =>
        multiply(rational(value), name === 'state' ? statesAt(own, 1, value) : statesAt(own, value, 1))
      return add(at(1), at(-1))
    }
    const rest = factors.filter((f) => !holds(f, 'state') && !holds(f, 'referenceState'))
    return { ...template, body: withoutArgument(multiply(mean('referenceState'), mean('state'), ...rest)) }
  },
)

const integralOverFields = directCheck('integral over both fields', 'numeric', ({ claimed }) => {
  let worst = { gap: 0, correlation: 0, left: 0, right: 0 }
  for (const correlation of [0.3, 0.8]) {
    const left = fieldIntegral(claimed, correlation, 1.3)
    const right = thermalOverlap(correlation, 1.3)
    const gap = Math.abs(left - right)
    if (!(gap <= worst.gap)) worst = { gap, correlation, left, right }
  }
  return {
    holds: worst.gap < 1e-9,
    summary: `by a sum over a square of points it is the mean product of two noisy states, to ${worst.gap.toExponential(0)}`,
    witness: {
      at: { beta: '1.3', correlation: String(worst.correlation) },
      left: String(worst.left),
      right: String(worst.right),
    },
    numbers: { deviation: worst.gap },
  }
})

export const confirmations = [
  confirm(evolution, integralOverFields),
  confirm(measure, agreementOfLayer),
  confirm(conjugates, earlierLayers),
]
