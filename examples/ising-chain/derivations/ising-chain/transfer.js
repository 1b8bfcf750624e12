// @ts-check
/** Sections 1 and 2: all follows from the energy through its transfer matrix. */
import {
  add,
  claimedValue,
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  eigenvaluesOfTwoRows,
  evaluateRing,
  lastSide,
  log,
  multiply,
  negate,
  one,
  partitionFunction,
  power,
  ringEnergy,
  substituteSymbols,
  transferMatrixFormula,
  uses,
  zero,
} from 'corrigenda'

/** @import { CheckInput, Context, Expression, Formula } from 'corrigenda' */

export const transfer = derive('eq-2', { energy: 'eq-1' }, 'transfer matrix of beta H', ({ energy }, context) =>
  transferMatrixFormula(
    multiply(context.scalar('\\beta'), lastSide(energy)),
    { field: context.quantity('s^l'), alphabet: [1, -1] },
    { notation: context.notation },
  ),
)

/** @param {Formula} transfer */
function eigenvalues(transfer) {
  const matrix = lastSide(transfer)
  if (matrix.kind !== 'matrix') throw new TypeError('the transfer matrix is no matrix')
  return eigenvaluesOfTwoRows(matrix)
}

const root = 'root of the characteristic polynomial of the transfer matrix'
export const larger = derive('eq-3', { transfer: 'eq-2' }, root, ({ transfer }) => eigenvalues(transfer)[0])
export const smaller = derive('eq-4', { transfer: 'eq-2' }, root, ({ transfer }) => eigenvalues(transfer)[1])

export const freeEnergy = derive(
  'eq-6',
  { larger: 'eq-3' },
  'logarithm of the larger eigenvalue, which alone is left in a long chain',
  ({ larger }, context) => negate(divide(log(lastSide(larger)), context.scalar('\\beta'))),
)

export const magnetisation = derive(
  'eq-7',
  { freeEnergy: 'eq-6' },
  'minus the derivative of the free energy by the field',
  ({ freeEnergy }, context) => negate(differentiate(lastSide(freeEnergy), context.scalar('h'))),
)

/**
 * @param {Expression} e
 * @param {Context} context
 */
const withoutField = (e, context) => substituteSymbols(e, new Map([[context.scalar('h').name, zero]]))

export const susceptibility = derive(
  'eq-8',
  { magnetisation: 'eq-7' },
  'derivative of the magnetisation by the field, at none',
  ({ magnetisation }, context) => withoutField(differentiate(lastSide(magnetisation), context.scalar('h')), context),
)

export const heatCapacity = derive(
  'eq-9',
  { freeEnergy: 'eq-6' },
  'second derivative of -beta f by beta, times beta^2, at no field',
  ({ freeEnergy }, context) => {
    const beta = context.scalar('\\beta')
    const logarithm = withoutField(negate(multiply(beta, lastSide(freeEnergy))), context)
    return multiply(power(beta, 2), differentiate(differentiate(logarithm, beta), beta))
  },
)

export const correlation = derive(
  'eq-10',
  { larger: 'eq-3', smaller: 'eq-4' },
  'a spin exchanges the eigenvectors at no field: one factor of the smaller eigenvalue for each bond between the two spins',
  ({ larger, smaller }, context) =>
    power(
      divide(withoutField(lastSide(smaller), context), withoutField(lastSide(larger), context)),
      context.scalar('r'),
    ),
)

export const ringCorrelation = derive(
  'eq-11',
  { energy: 'eq-1', larger: 'eq-3', smaller: 'eq-4' },
  'trace of the transfer matrices between the two spins, both ways round the ring, over that of all',
  ({ larger, smaller }, context) => {
    const [high, low] = [larger, smaller].map((value) => withoutField(lastSide(value), context))
    if (high === undefined || low === undefined) throw new TypeError('two eigenvalues are needed')
    const near = context.scalar('r')
    const sites = add(context.scalar('L'), one)
    const far = add(sites, negate(near))
    return divide(
      add(multiply(power(low, near), power(high, far)), multiply(power(high, near), power(low, far))),
      add(power(high, sites), power(low, sites)),
    )
  },
)

export const correlationLength = derive(
  'eq-12',
  { correlation: 'eq-10' },
  'minus the reciprocal of the logarithm of the correlation of neighbours',
  ({ correlation }, context) => {
    const neighbours = substituteSymbols(lastSide(correlation), new Map([[context.scalar('r').name, one]]))
    return negate(divide(one, log(neighbours)))
  },
)

// ---- every configuration of small rings, which knows nothing of transfer matrices ----

const points = [
  { inverseTemperature: 0.3, coupling: 1, field: 0 },
  { inverseTemperature: 0.7, coupling: 0.8, field: 0.4 },
  { inverseTemperature: 1.3, coupling: 0.5, field: -1.1 },
]

/**
 * beta H of a ring at some parameters, as the engine's enumeration takes it.
 *
 * @param {CheckInput} input
 * @param {Record<string, number>} values
 */
function ring(input, values) {
  const { context, premises } = input
  const energy = premises['energy']
  if (energy === undefined) throw new TypeError('the energy is no premise')
  return {
    energy: multiply(context.scalar('\\beta'), lastSide(energy)),
    spins: { field: context.quantity('s^l'), alphabet: [1, -1], parameters: new Map(Object.entries(values)) },
    options: { notation: context.notation },
  }
}

export const partition = uses(
  'eq-5',
  { energy: 'eq-1', larger: 'eq-3', smaller: 'eq-4' },
  'all configurations of rings of 3 to 9 sites are added up',
)

const enumerated = directCheck('all configurations of rings of 3 to 9 sites', 'numeric', (input) => {
  let worst = 0
  for (const values of points)
    for (let lastSite = 2; lastSite <= 8; lastSite++) {
      const { energy, spins, options } = ring(input, values)
      const counted = partitionFunction(energy, spins, lastSite + 1, options)
      const eigenvalue = (/** @type {string} */ name) =>
        claimedValue(input.premises[name] ?? input.claimed, input, values)
      const stated = claimedValue(input.claimed, input, {
        ...values,
        lastSite,
        largerEigenvalue: eigenvalue('larger'),
        smallerEigenvalue: eigenvalue('smaller'),
      })
      const deviation = Math.abs(stated / counted - 1)
      if (!(deviation < 1e-11))
        return {
          holds: false,
          summary: `${stated} is stated for ${lastSite + 1} sites, ${counted} counted`,
          witness: {
            at: { ...texts(values), lastSite: String(lastSite) },
            left: String(stated),
            right: String(counted),
          },
        }
      worst = Math.max(worst, deviation)
    }
  return { holds: true, summary: 'the sums agree', numbers: { relativeDeviation: worst } }
})

/** @param {Record<string, number>} values */
const texts = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))

export const partitionCounted = confirm(partition, enumerated)

/** Mean of the product of two spins over all configurations of a ring, each with its weight. */
const correlationCounted = directCheck('all configurations of a ring of eight sites', 'numeric', (input) => {
  const sites = 8
  const configurations = Array.from({ length: 2 ** sites }, (_, code) =>
    Array.from({ length: sites }, (__, l) => ((code >> l) & 1 ? 1 : -1)),
  )
  for (const point of points) {
    const values = { ...point, field: 0 }
    const { energy, spins, options } = ring(input, values)
    const chain = ringEnergy(energy, options)
    const weights = configurations.map((configuration) =>
      Math.exp(-evaluateRing(chain, { fields: [spins.field], values: [configuration], parameters: spins.parameters })),
    )
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    for (let distance = 0; distance < sites; distance++) {
      const sum = configurations.reduce((sum, s, k) => sum + (s[0] ?? 0) * (s[distance] ?? 0) * (weights[k] ?? 0), 0)
      const stated = claimedValue(input.claimed, input, { ...values, distance, lastSite: sites - 1 })
      if (!(Math.abs(stated - sum / total) < 1e-12))
        return {
          holds: false,
          summary: `${stated} is stated at distance ${distance}, ${sum / total} counted`,
          witness: {
            at: { ...texts(values), distance: String(distance) },
            left: String(stated),
            right: String(sum / total),
          },
        }
    }
  }
  return { holds: true, summary: 'the correlations agree at every distance', numbers: { sites } }
})

export const ringCorrelationCounted = confirm(ringCorrelation, correlationCounted)
