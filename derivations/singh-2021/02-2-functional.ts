/** Section 2.2: the generating functional's derivatives. */
import {
  type Context,
  confirm,
  derive,
  differentiate,
  directCheck,
  divide,
  type Expression,
  type Formula,
  lastSide,
  multiply,
  rational,
  scalarValue,
  substitute,
  symbol,
  uses,
  without,
} from 'corrigenda'
import { byNetwork, component, layerOf, single, writtenOut } from './two-networks.js'

type Source = 'referenceSource' | 'source'

/** The functional for one neuron of one layer with given activations: averages are over nothing then. */
const oneNeuron = (formula: Formula, context: Context): Expression => {
  const given = substitute(lastSide(formula), (node) => (node.kind === 'expectation' ? node.of : undefined))
  return writtenOut(byNetwork(given), single, context)
}

const withoutSources = (e: Expression): Expression => without(e, ['source', 'referenceSource'])

const secondDerivative = (functional: Expression, first: Source, second: Source): Expression =>
  withoutSources(differentiate(differentiate(functional, component(first, 1, 1)), component(second, 1, 1)))

/** The real part of a polynomial of degree two in the imaginary unit, activations put in: 2 of the teacher, 3 of the student. */
function realPart(e: Expression): number {
  const put = substitute(e, (node) => {
    if (node.kind === 'constant' && node.name === 'i') return symbol('unit')
    // The teacher's activation for the student's input: neither of both.
    if (node.kind === 'apply') return rational(7)
    if (node.kind !== 'indexed') return undefined
    if (layerOf(node) !== 1) return rational(5)
    return node.name === 'referenceActivity' ? rational(2) : node.name === 'activity' ? rational(3) : undefined
  })
  const valueAt = (unit: number): number => scalarValue(put, { unit })
  return 2 * valueAt(0) - valueAt(1)
}

const secondMoments = directCheck('second derivatives at vanishing sources', 'exact', ({ claimed, context }) => {
  const functional = oneNeuron(claimed, context)
  const expected: readonly (readonly [Source, Source, number])[] = [
    ['referenceSource', 'source', 6],
    ['referenceSource', 'referenceSource', 4],
    ['source', 'source', 9],
  ]
  const normalisation = realPart(withoutSources(functional))
  if (normalisation !== 1)
    return {
      holds: false,
      summary: `without sources it is ${normalisation}`,
      witness: { at: { psi: '0' }, left: String(normalisation), right: '1' },
    }
  for (const [first, second, moment] of expected) {
    const found = -realPart(secondDerivative(functional, first, second))
    if (found !== moment)
      return {
        holds: false,
        summary: `minus the derivative by ${first} and ${second} is ${found} where the moment is ${moment}`,
        witness: { at: { 's hat': '2', s: '3' }, left: String(found), right: String(moment) },
      }
  }
  return {
    holds: true,
    summary: 'minus the mixed one is the product of both activations, and minus the others are their squares',
  }
})

export const functional = uses(
  'sec-2.2.generating-functional',
  { overlap: 'sec-2.2.overlap' },
  'its mixed second derivative must be minus the product of both activations',
)

export const moments = derive(
  'sec-2.2.moments',
  { functional: 'sec-2.2.generating-functional' },
  'the product of both activations over the mixed derivative of the generating functional at vanishing sources',
  ({ functional: given }, context) => {
    const mixed = secondDerivative(oneNeuron(given, context), 'referenceSource', 'source')
    return divide(multiply(component('referenceActivity', 1, 1), component('activity', 1, 1)), mixed)
  },
)

export const confirmations = [confirm(functional, secondMoments)]
