import { DomainError } from '../../expression/errors.js'
import {
  add,
  call,
  type Expression,
  exp,
  type Formula,
  half,
  type Index,
  type IndexedNode,
  imaginaryUnit,
  index,
  type MatrixNode,
  multiply,
  one,
  power,
  rational,
  symbol,
} from '../../expression/expression.js'
import { requireQuantities } from '../../expression/guards.js'
import { tidy } from '../support/simplify.js'
import { type RingEnergy, type RingOptions, sitesOf, sumOverSites } from './energy.js'
import { type Coupling, type FluctuationOptions, type QuadraticForm, quadraticForm } from './quadratic.js'
import { withWaveVector } from './wave-vector.js'

/** The phases of a Fourier series: what a series' `fourierSeries` says of them. */
export interface PhaseOptions {
  /** Sign of the phase: -1 for `ε^l = \sum_q ε_q e^{-iql}`. @defaultValue -1 */
  readonly sign?: 1 | -1
  /** By how many wave vectors the phase turns from a site to the next. @defaultValue 1 */
  readonly stride?: Expression
}

/** How fields are written as Fourier series, and which letters the modes have. */
export interface FourierOptions extends FluctuationOptions, PhaseOptions {
  /** Mode amplitudes, one for each fluctuation, at the wave vector: `\epsilon_q`. */
  readonly modes: readonly IndexedNode[]
  /** What stands before the amplitudes in the series, as `fourierSeries` reads it. @defaultValue 1 */
  readonly scale?: Expression
  /** Name of the family of wave vectors that sums run over. @defaultValue the mode's index slot */
  readonly modeFamily?: string
  /** Letter of the second wave vector in double sums. @defaultValue the first one with a prime */
  readonly secondLetter?: string
}

/** How a kernel is written. */
export interface KernelOptions extends FluctuationOptions, PhaseOptions {
  /** Letter of the wave vector. @defaultValue that of `modes`, or `q` without these */
  readonly waveVector?: string
  /** Mode amplitudes, whose wave vector is taken where `waveVector` is not given. */
  readonly modes?: readonly IndexedNode[]
}

interface ModeIndex {
  readonly slot: string
  readonly letter: string
}

/** The index of a mode amplitude that says which wave vector it is at. Throws DomainError where there is none. */
export function modeIndex(mode: IndexedNode): ModeIndex {
  const slots = mode.indices.filter((s) => s.index.letter !== null)
  const slot = slots.length === 1 ? slots[0] : slots.find((s) => s.slot === 'mode')
  if (!slot || slot.index.letter === null)
    throw new DomainError(`the mode amplitude ${mode.name} has no index for its wave vector`)
  return { slot: slot.slot, letter: slot.index.letter }
}

/** The mode amplitude at another wave vector. */
export function modeAt(mode: IndexedNode, at: Index): IndexedNode {
  const own = modeIndex(mode)
  return {
    ...mode,
    indices: mode.indices.map((s) => (s.slot === own.slot && s.index.letter === own.letter ? { ...s, index: at } : s)),
  }
}

/** exp(i * multiple * angle), with the angle by which a phase turns from a site to the next: 1 where the multiple is 0. */
const phase = (angle: Expression, multiple: number): Expression =>
  multiple === 0 ? rational(1) : exp(multiply(rational(multiple), imaginaryUnit, angle))

const wave = (angle: Expression, multiple: number): Expression =>
  multiple === 0 ? rational(1) : call('cos', multiple === 1 ? angle : multiply(rational(multiple), angle))

const angleAt = (letter: string, { stride }: PhaseOptions): Expression => multiply(stride ?? one, symbol(letter))

/** What both amplitudes of a quadratic term are multiplied by. */
const scaleOf = ({ scale }: FourierOptions): Expression => power(scale ?? one, 2)

/**
 * The Hermitian kernel of a quadratic ring energy: with `ε_a^l = \sum_q ε_{a,q} e^{siql}` the energy is the number of
 * sites times `\sum_q \sum_{ab} ε_{a,-q} K_{ab}(q) ε_{b,q}`. The sum runs over all wave vectors, q and -q alike.
 *
 * @param fluctuation a quadratic energy of sites: the statement that prints it, or what `secondVariation` returns
 * @param options `notation`, `fluctuations`; `waveVector` is the letter of the wave vector: without it that of `modes`, and
 *   without these `q`
 * @returns a matrix with a row for each fluctuation; of one field `rows[0][0]` is the kernel, without the number of sites
 * @throws DomainError where the energy is not a ring's, or not quadratic in the fluctuations
 */
export function fourierKernel(
  fluctuation: Formula | Expression | RingEnergy | QuadraticForm,
  options: KernelOptions,
): MatrixNode {
  const form = quadraticForm(fluctuation, options)
  const [mode] = options.modes ?? []
  const letter = options.waveVector ?? (mode ? modeIndex(mode).letter : 'q')
  return kernelOf(form, letter, options.sign ?? -1, options.stride)
}

/** The kernel of a quadratic form in a wave vector's letter; a series' `scale` stays outside. */
export function kernelOf(form: QuadraticForm, letter: string, sign: 1 | -1, stride: Expression = one): MatrixNode {
  const angle = angleAt(letter, { stride })
  const entries: Expression[][] = form.fields.map(() => form.fields.map(() => rational(0)))
  const addTo = (row: number, column: number, e: Expression): void => {
    const line = entries[row]
    const entry = line?.[column]
    if (!line || !entry) throw new DomainError('a coupling names a field that the form does not have')
    line[column] = add(entry, e)
  }
  for (const c of form.couplings) {
    if (c.first === c.second) addTo(c.first, c.first, multiply(c.coefficient, wave(angle, Math.abs(c.distance))))
    else {
      // first^l second^{l-d}: the sum over sites leaves first_{-q} second_q e^{-siqd}, and its mirror image.
      addTo(c.first, c.second, multiply(half, c.coefficient, phase(angle, -sign * c.distance)))
      addTo(c.second, c.first, multiply(half, c.coefficient, phase(angle, sign * c.distance)))
    }
  }
  return withWaveVector({ kind: 'matrix', rows: entries.map((row) => row.map((e) => tidy(e))) }, letter)
}

const letterOf = (options: FourierOptions): ModeIndex => {
  const mode = options.modes[0]
  if (!mode) throw new DomainError('name the mode amplitudes, such as \\epsilon_q')
  return modeIndex(mode)
}

const overModes = (options: FourierOptions, letter: string, body: Expression): Expression => ({
  kind: 'indexedSum',
  index: letter,
  range: { kind: 'family', family: options.modeFamily ?? letterOf(options).slot },
  body,
})

/**
 * A quadratic ring energy in its Fourier modes: for one field `n \sum_q K(q) |ε_q|^2` with n sites; for several
 * `n \sum_q (ε_{1,-q} …) K(q) (ε_{1,q} …)^T` as a product of matrices.
 *
 * @param fluctuation a quadratic energy of sites: the statement that prints it, or what `secondVariation` returns
 * @param options `notation`, `fluctuations`, `modes`; `sign` for the other phase, `siteCount` where the sum names no bounds
 * @throws DomainError where the energy is not a ring's or not quadratic, a fluctuation has no mode, or the number of sites
 *   is not known
 */
export function fourierEnergy(
  fluctuation: Formula | Expression | RingEnergy | QuadraticForm,
  options: FourierOptions,
): Expression {
  requireQuantities(options.modes, 'modes')
  const form = quadraticForm(fluctuation, options)
  const { letter } = letterOf(options)
  const kernel = kernelOf(form, letter, options.sign ?? -1, options.stride)
  const entry = kernel.rows[0]?.[0]
  const mode = options.modes[0]
  const body: Expression =
    form.fields.length === 1 && entry && mode
      ? multiply(entry, power({ kind: 'modulus', of: modeAt(mode, index(letter)) }, 2))
      : {
          kind: 'matrixProduct',
          factors: [
            { kind: 'matrix', rows: [options.modes.map((m) => modeAt(m, index(letter, 0, -1)))] },
            kernel,
            { kind: 'matrix', rows: options.modes.map((m) => [modeAt(m, index(letter))]) },
          ],
        }
  return multiply(sitesOf(form.ring), scaleOf(options), overModes(options, letter, body))
}

/** What is left of each coupling: amplitudes at q and q', with the phase that its distance makes. */
function doubleSumTerm(c: Coupling, options: FourierOptions, letters: readonly [string, string]): Expression {
  const [first, second] = [options.modes[c.first], options.modes[c.second]]
  if (!first || !second) throw new DomainError('every fluctuation needs a mode amplitude')
  const s = options.sign ?? -1
  // The earlier field takes q: first^{l-d} second^l has e^{-isqd}.
  const [a, b, lag] = c.distance >= 0 ? [second, first, c.distance] : [first, second, -c.distance]
  return multiply(
    c.coefficient,
    modeAt(a, index(letters[0])),
    modeAt(b, index(letters[1])),
    phase(angleAt(letters[0], options), -s * lag),
  )
}

/**
 * The energy after the fields' Fourier series are put in, the sum over sites not yet carried out:
 * `\sum_l \sum_q \sum_{q'} (A ε_q ε_{q'} + B ε_q ε_{q'} e^{iq}) e^{-i(q+q')l}`.
 */
export function substituteFourierSeries(
  fluctuation: Formula | Expression | RingEnergy | QuadraticForm,
  options: FourierOptions,
): Expression {
  const form = quadraticForm(fluctuation, options)
  const { letter } = letterOf(options)
  const second = options.secondLetter ?? `${letter}'`
  const s = options.sign ?? -1
  const sum = add(angleAt(letter, options), angleAt(second, options))
  const along = exp(multiply(rational(s), imaginaryUnit, sum, symbol(form.ring.letter)))
  const body = multiply(add(...form.couplings.map((c) => doubleSumTerm(c, options, [letter, second]))), along)
  const modes = overModes(options, letter, overModes(options, second, body))
  return multiply(scaleOf(options), sumOverSites(form.ring, modes))
}

/** The energy after the sum over sites: `n \sum_q (A ε_q ε_{-q} + B ε_q ε_{-q} e^{iq})`, phases not yet paired into cosines. */
export function carryOutSiteSum(
  fluctuation: Formula | Expression | RingEnergy | QuadraticForm,
  options: FourierOptions,
): Expression {
  const form = quadraticForm(fluctuation, options)
  const { letter } = letterOf(options)
  const body = form.couplings.map((c) => {
    const [first, second] = [options.modes[c.first], options.modes[c.second]]
    if (!first || !second) throw new DomainError('every fluctuation needs a mode amplitude')
    const [a, b, lag] = c.distance >= 0 ? [second, first, c.distance] : [first, second, -c.distance]
    const turned = phase(angleAt(letter, options), -(options.sign ?? -1) * lag)
    return multiply(c.coefficient, modeAt(a, index(letter)), modeAt(b, index(letter, 0, -1)), turned)
  })
  return multiply(sitesOf(form.ring), scaleOf(options), overModes(options, letter, add(...body)))
}

/** `\sum_l e^{siql} = n δ_{q,0}` for wave vectors of a ring of n sites, as the pair of its two sides. */
export function siteOrthogonality(ring: RingEnergy, letter: string, options: RingOptions & PhaseOptions = {}): Formula {
  const angle = angleAt(letter, options)
  const exponent = multiply(rational(options.sign ?? -1), imaginaryUnit, angle, symbol(ring.letter))
  return {
    sides: [
      sumOverSites(ring, exp(exponent)),
      multiply(sitesOf(ring), call('kroneckerDelta', symbol(letter), rational(0))),
    ],
    relations: ['='],
  }
}
