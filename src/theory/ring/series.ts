import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
  divide,
  type Expression,
  type Formula,
  type IndexedNode,
  imaginaryUnit,
  multiply,
  negate,
  symbol,
  zero,
} from '../../expression/expression.js'
import { isNegative } from '../../expression/latex-pieces.js'
import { exponentOf, lastSide } from '../../expression/named.js'
import { substitute } from '../../expression/substitute.js'
import { tidy, vanishes } from '../support/simplify.js'
import { factorsOf, mentionsLetter, some } from '../support/tree.js'

/** What a Fourier series says of its terms: `ε^l = scale \sum_q ε_q e^{sign i stride q l}`. */
export interface FourierSeries {
  readonly sign: 1 | -1
  /** By how many wave vectors the phase turns from a site to the next: 1 in `e^{-iql}`, `2\pi/L` in `e^{2\pi iql/L}`. */
  readonly stride: Expression
  /** What stands before the amplitudes: 1, or one over the root of the number of sites in a unitary transform. */
  readonly scale: Expression
}

/**
 * Reads the Fourier series of a field on a ring, as a paper prints it: `\epsilon^l = \sum_q \epsilon_q e^{-iql}`. The result
 * goes among the options of `fourierEnergy`, `substituteFourierSeries`, `fourierKernel` and `ringWaveVectors`.
 *
 * @throws DomainError where the formula is no such series, or its phase is not proportional to wave vector and site
 */
export function fourierSeries(series: Formula): FourierSeries {
  const field = series.sides[0]
  const site = field?.kind === 'indexed' ? lettersOf(field) : []
  const outer = factorsOf(lastSide(series))
  const sums = outer.filter((factor) => factor.kind === 'indexedSum')
  const [sum] = sums
  if (sum?.kind !== 'indexedSum' || typeof sum.index !== 'string' || sums.length > 1)
    throw new DomainError(
      'the series is not one sum over wave vectors, such as \\epsilon^l = \\sum_q \\epsilon_q e^{-iql}',
    )
  const wave = sum.index
  const inner = factorsOf(sum.body)
  const amplitudes = inner.filter((factor) => factor.kind === 'indexed' && lettersOf(factor).includes(wave))
  if (amplitudes.length !== 1)
    throw new DomainError(`a term of the series has ${amplitudes.length} amplitudes at its wave vector; it has one`)
  const phases = inner.filter((factor) => exponentOf(factor) !== null)
  const rest = inner.filter((factor) => !amplitudes.includes(factor) && !phases.includes(factor))
  const scale = tidy(multiply(...outer.filter((factor) => factor !== sum), ...rest))
  const letters = site.filter((letter) => phases.some((phase) => mentionsLetter(phase, letter)))
  const [letter] = letters
  if (letter === undefined || letters.length > 1)
    throw new DomainError('the terms of the series have no phase that depends on the site of the field')
  const exponent = add(...phases.map((phase) => exponentOf(phase) ?? zero))
  const perSite = tidy(differentiate(exponent, symbol(letter)))
  const turn = tidy(divide(perSite, multiply(imaginaryUnit, symbol(wave))))
  const left = substitute(exponent, (node) => (node.kind === 'symbol' && node.name === letter ? zero : undefined))
  if (some(turn, (node) => node.kind === 'symbol' && [letter, wave].includes(node.name)) || !vanishes(left))
    throw new DomainError('the phase of a term is not proportional to its wave vector and to the site')
  if (mentionsLetter(scale, letter) || mentionsLetter(scale, wave))
    throw new DomainError('the factor before an amplitude depends on the wave vector or on the site')
  const sign = isNegative(turn) ? -1 : 1
  return { sign, stride: sign === 1 ? turn : tidy(negate(turn)), scale }
}

const lettersOf = ({ indices }: IndexedNode): readonly string[] =>
  indices.flatMap(({ index }) => (index.letter === null ? [] : [index.letter]))
