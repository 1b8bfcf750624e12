/** Sparse networks of majority gates: stationary states of equations (13) and (14), and the noise at which they vanish. */
import {
  add,
  confirm,
  DomainError,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  type Formula,
  findRoot,
  keyOf,
  lastSide,
  negate,
  one,
  rational,
  scalarValue,
  simplify,
  solvePolynomials,
  substitute,
  substituteSymbols,
  symbol,
  zero,
} from 'corrigenda'
import { criticalShare, majorityEvolution, majorityPolynomial, stationaryMagnetisations } from 'corrigenda/theory'
import { failure } from './04-sparse.js'
import { withScalars, writtenGate } from './gates.js'

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

/** By how much a layer multiplies a magnetisation and an overlap too slight for anything but their slopes, beside a reference. */
function growth(map: Formula, reference: Expression): Expression {
  const slight = symbol('slight')
  const beside = substitute(withScalars(writtenGate(map, 3)), (node) => {
    if (node.kind !== 'symbol') return undefined
    if (node.name === 'referenceMagnetisation') return reference
    return node.name === 'magnetisation' || node.name === 'overlap' ? slight : undefined
  })
  return simplify(substituteSymbols(differentiate(beside, slight), new Map([[slight.name, zero]])))
}

/** The positive magnetisation at which networks without noise end. */
function withoutNoise(magnetisation: Formula): Expression {
  const { m, excess } = condition(magnetisation, zero)
  const found = solvePolynomials([excess], [m])
    .flat()
    .find((solution) => scalarValue(solution, {}) > 0)
  if (found === undefined) throw new DomainError('networks without noise end at no positive magnetisation')
  return found
}

export const transition = derive(
  'sec-sparse.transition',
  { magnetisation: 'eq-13', overlap: 'eq-14' },
  'where both maps let slight magnetisations and overlaps grow beside a reference without noise, which is at its stationary state',
  ({ magnetisation, overlap }) => {
    const reference = withoutNoise(magnetisation)
    const growths = [magnetisation, overlap].map((map) => growth(map, reference))
    return {
      kind: 'region',
      describe: 'the error after endlessly many layers is below 1/2',
      contains: (values) => {
        const flipping = values.get('flipping')
        if (flipping === undefined) return false
        // Stable ordered states are what endlessly many layers end at; where slight ones shrink there are none.
        return growths.every((factor) => scalarValue(factor, { flipping }) > 1)
      },
    }
  },
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

export const confirmations = [
  confirm(referenceState, referenceAttracts),
  confirm(criticalValue, sameByEngine),
  confirm(transition, remembers),
  confirm('sec-sparse.critical-noise', gateNoise),
  confirm('sec-sparse.two-states', twoStates),
  confirm(stationaryOverlap, overlapSettles),
]
