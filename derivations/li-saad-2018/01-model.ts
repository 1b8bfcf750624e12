/** The two networks, their generating functional and its saddle point: equations (1) to (6). */
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
  type IndexedNode,
  index,
  indexed,
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
  uses,
  zero,
} from 'corrigenda'
import { overlapChain, overlapLaw, thermalAgreement, thermalOverlap } from 'corrigenda/network'
import {
  fieldIntegral,
  layerFactor,
  layerProduct,
  phaseOf,
  siteMeasure,
  stateLaw,
  withoutArgument,
  withTotal,
} from './single-site.js'

// ---- The law of the outputs --------------------------------------------------------------------------------------------

export const outputLaw = derive(
  'eq-1',
  { neuron: 'eq-2' },
  'the law of the last layer of two layers of one neuron: the joint law summed over the state between',
  ({ neuron }, { scalar }) => {
    const [input, output] = [scalar('t_0'), scalar('t_2')]
    const [first, second] = [scalar('v_1'), scalar('v_2')]
    const through = (between: Expression): Expression =>
      multiply(stateLaw(neuron, output, multiply(second, between)), stateLaw(neuron, between, multiply(first, input)))
    return add(through(one), through(rational(-1)))
  },
)

export const weightCount = derive(
  'sec-dense.weight-count',
  { field: 'sec-dense.local-field' },
  'one weight for each term of a local field, for each neuron of each layer',
  ({ field }, { read }) => {
    const ones = substitute(lastSide(field), (node) => {
      if (node.kind === 'indexedSum') return { ...node, body: one }
      return node.kind === 'power' ? one : undefined
    })
    const neurons = read('\\sum_{i=1}^N 1')
    const layers = read('\\sum_{l=1}^L 1')
    if (neurons.kind !== 'indexedSum' || layers.kind !== 'indexedSum') throw new TypeError('a sum is expected')
    return { ...layers, body: { ...neurons, body: ones } }
  },
)

const noiseless = directCheck('mean state at growing beta', 'numeric', ({ premises, claimed }) => {
  const state = symbol('state')
  const field = symbol('field')
  const law = stateLaw(premises['neuron']!, state, field)
  const place = (node: Expression | undefined): string =>
    node?.kind === 'indexed' ? JSON.stringify(node.indices) : 'none'
  const own = place(claimed.sides[0])
  // A field of another neuron or layer knows nothing of this state: it may have the other sign.
  const claimedAt = (h: number): number =>
    scalarValue(
      substitute(lastSide(claimed), (node) =>
        node.kind === 'indexed' ? symbol(place(node) === own ? 'field' : 'otherField') : undefined,
      ),
      { field: h, otherField: -h },
    )
  let worst = { gap: 0, field: 0, mean: 0, claimed: 0 }
  for (const h of [-3, -0.9, -0.4, 0.35, 0.6, 2]) {
    const at = (s: number): number => scalarValue(law, { state: s, field: h, inverseTemperature: 60 })
    const mean = at(1) - at(-1)
    const gap = Math.abs(mean - claimedAt(h))
    if (gap > worst.gap) worst = { gap, field: h, mean, claimed: claimedAt(h) }
  }
  return {
    holds: worst.gap < 1e-9,
    summary: `the mean state is the sign of the field at six fields, to ${worst.gap.toExponential(1)} at beta = 60`,
    witness: { at: { h: String(worst.field), beta: '60' }, left: String(worst.claimed), right: String(worst.mean) },
    numbers: { deviation: worst.gap },
  }
})
export const noiselessLimit = uses('sec-dense.noiseless', { neuron: 'eq-2' }, 'the law (2) as beta grows')

// ---- The generating functional -----------------------------------------------------------------------------------------

/** The functional for one neuron of one layer with given states: averages are over nothing then. */
function oneSite(formula: Formula, { notation }: Context): Expression {
  const given = substitute(lastSide(formula), (node) => (node.kind === 'expectation' ? node.of : undefined))
  return instantiate(given, {
    notation,
    families: new Map([
      ['layer', [1]],
      ['neuron', [1]],
    ]),
  })
}

const withoutSources = (e: Expression): Expression =>
  substitute(e, (node) =>
    node.kind === 'indexed' && (node.name === 'source' || node.name === 'referenceSource') ? zero : undefined,
  )

type Source = 'referenceSource' | 'source'

/** The second derivative by two sources of one neuron of layer 1, at vanishing sources. */
function secondDerivative(formula: Formula, first: Source, second: Source, context: Context): Expression {
  const by = (name: Source): IndexedNode =>
    indexed(name, { slot: 'neuron', index: index(null, 1) }, { slot: 'layer', index: index(null, 1) })
  return withoutSources(differentiate(differentiate(oneSite(formula, context), by(first)), by(second)))
}

/** States put in; those of other layers, where a formula names any, have values of their own. */
const statesAt = (e: Expression, reference: number, perturbed: number): Expression =>
  substitute(e, (node) => {
    if (node.kind !== 'indexed') return undefined
    const layer = node.indices.find(({ slot }) => slot === 'layer')?.index
    if (layer?.letter === null && layer.offset !== 1) return rational(5)
    if (node.name === 'referenceState') return rational(reference)
    return node.name === 'state' ? rational(perturbed) : undefined
  })

const realPart = (e: Expression): number => {
  // The square of i is all that is left of it.
  const squared = substitute(e, (node) => (node.kind === 'constant' && node.name === 'i' ? symbol('unit') : undefined))
  const at = (unit: number): number => scalarValue(squared, { unit })
  // A polynomial a + b u^2 in the unit, at u^2 = -1.
  const constant = at(0)
  return constant - (at(1) - constant)
}

const secondMoments = directCheck('second derivatives at vanishing sources', 'exact', ({ claimed, context }) => {
  const normalisation = realPart(statesAt(withoutSources(oneSite(claimed, context)), 2, 3))
  if (normalisation !== 1)
    return {
      holds: false,
      summary: `without sources it is ${normalisation}`,
      witness: { at: { psi: '0' }, left: String(normalisation), right: '1' },
    }
  // States that tell themselves apart: 2 in the reference, 3 in the perturbed network.
  const expected: readonly (readonly [Source, Source, number])[] = [
    ['referenceSource', 'source', 6],
    ['referenceSource', 'referenceSource', 4],
    ['source', 'source', 9],
  ]
  for (const [first, second, moment] of expected) {
    const found = -realPart(statesAt(secondDerivative(claimed, first, second, context), 2, 3))
    if (found !== moment)
      return {
        holds: false,
        summary: `minus the derivative by ${first} and ${second} is ${found} where the moment is ${moment}`,
        witness: { at: { 's hat': '2', s: '3' }, left: String(found), right: String(moment) },
      }
  }
  return {
    holds: true,
    summary: 'minus the mixed one is the product of both states, and minus the others are their squares',
  }
})
export const functional = uses(
  'sec-dense.generating-functional',
  { overlap: 'sec-dense.overlap' },
  'its mixed second derivative must be minus the overlap of one neuron',
)

export const moments = derive(
  'sec-dense.moments',
  { functional: 'sec-dense.generating-functional' },
  'the product of both states over the mixed derivative of the generating functional at vanishing sources',
  ({ functional }, context) => {
    const mixed = secondDerivative(functional, 'referenceSource', 'source', context)
    const states: Expression[] = []
    substitute(mixed, (node) => {
      if (node.kind === 'indexed' && (node.name === 'state' || node.name === 'referenceState')) states.push(node)
      return undefined
    })
    return divide(multiply(...states), mixed)
  },
)

const narrowing = directCheck('variance of the overlap by its exact law', 'numeric', () => {
  const widths = [50, 100, 200, 400, 800]
  const variances = widths.map(
    (widths) =>
      overlapLaw(
        overlapChain({
          kind: 'pair',
          activation: 'sign',
          widths,
          depth: 4,
          weights: { kind: 'gaussian' },
          weightVariance: 1,
          perturbation: { kind: 'rotation', eta: 0.3 },
        }),
      ).variance,
  )
  const order = Math.log(variances[4]! / variances[3]!) / Math.log(2)
  return {
    holds: Math.abs(order + 1) < 0.05,
    summary: `it falls as N^${order.toFixed(3)} for four layers of sign neurons, from ${variances[0]!.toExponential(2)} at N = 50 to ${variances[4]!.toExponential(2)} at N = 800`,
    numbers: { order, largest: variances[0]!, smallest: variances[4]! },
  }
})

// ---- The single site ---------------------------------------------------------------------------------------------------

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
  confirm(noiselessLimit, noiseless),
  confirm(functional, secondMoments),
  confirm('sec-dense.self-averaging', narrowing),
  confirm(measure, agreementOfLayer),
  confirm(conjugates, earlierLayers),
]
