import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  add,
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
  negate,
  power,
  rational,
  sameTree,
  symbol,
} from '../../expression/expression.js'
import { requireQuantities } from '../../expression/guards.js'
import { exponentOf, lastSide } from '../../expression/named.js'
import type { Domains } from '../support/sample.js'
import { tidy, vanishes } from '../support/simplify.js'
import { factorsOf, mentionsLetter, replaceLetter, some } from '../support/tree.js'
import { modeIndex } from './fourier.js'
import { type Binder, prenex } from './prenex.js'
import { withWaveVector } from './wave-vector.js'

/** What an expression in Fourier modes is read with. */
export interface ModeOptions {
  /** The mode amplitudes at a wave vector: `\epsilon_q`, one for each field. */
  readonly modes: readonly IndexedNode[]
  /** Number of sites where a sum over sites names no bounds. */
  readonly siteCount?: Expression
  /** Letter of the wave vector in the result. @defaultValue the first mode's letter */
  readonly waveVector?: string
  readonly domains?: Domains
}

interface Amplitude {
  readonly field: number
  readonly at: Index
}

const zeroIndex = (e: Expression): boolean => e.kind === 'number' && e.numerator === 0n

/** The index that a linear expression in one letter stands for: `-q'`, `q`, `0`. */
function asIndex(e: Expression): Index | null {
  if (zeroIndex(e)) return index(null, 0)
  if (e.kind === 'symbol') return index(e.name)
  if (
    e.kind === 'product' &&
    e.factors.length === 2 &&
    sameTree(e.factors[0] ?? e, rational(-1)) &&
    e.factors[1]?.kind === 'symbol'
  )
    return index(e.factors[1].name, 0, -1)
  return null
}

const numberOf = (i: Index): Expression => {
  const letter = i.letter === null ? rational(0) : symbol(i.letter)
  return add(i.sign === 1 ? letter : negate(letter), rational(i.offset))
}

const opposite = (i: Index): Index => ({
  letter: i.letter,
  sign: i.letter === null ? 1 : (-i.sign as 1 | -1),
  offset: -i.offset,
})

/** Amplitudes that a factor holds; null for a factor without any. */
function amplitudesIn(factor: Expression, modes: readonly IndexedNode[]): readonly Amplitude[] | null {
  const amplitude = (e: Expression): Amplitude | null => {
    if (e.kind === 'conjugate') {
      const inner = amplitude(e.of)
      return inner && { ...inner, at: opposite(inner.at) }
    }
    if (e.kind !== 'indexed') return null
    const field = modes.findIndex((m) => {
      const own = modeIndex(m)
      return (
        m.name === e.name &&
        m.indices.length === e.indices.length &&
        m.indices.every((s, k) => {
          const other = e.indices[k]
          return (
            other?.slot === s.slot &&
            (s.index.letter === own.letter || JSON.stringify(s.index) === JSON.stringify(other.index))
          )
        })
      )
    })
    const pattern = modes[field]
    if (!pattern) return null
    const place = pattern.indices.findIndex((s) => s.index.letter === modeIndex(pattern).letter)
    const at = e.indices[place]?.index
    return at ? { field, at } : null
  }
  const single = amplitude(factor)
  if (single) return [single]
  if (factor.kind === 'modulus') throw new DomainError('the modulus of a mode occurs other than squared')
  if (factor.kind === 'power' && factor.exponent.kind === 'number' && sameTree(factor.exponent, rational(2))) {
    const base = factor.base
    const inner = amplitude(base.kind === 'modulus' ? base.of : base)
    if (inner) return [inner, base.kind === 'modulus' ? { ...inner, at: opposite(inner.at) } : inner]
  }
  return null
}

interface Reduced {
  readonly coefficient: Expression
  readonly amplitudes: readonly [Amplitude, Amplitude]
}

/** Carries out the sums over sites and the Kronecker deltas of one product. */
function reduce(binders: readonly Binder[], factors: readonly Expression[], options: ModeOptions): Reduced {
  let rest: Expression[] = []
  let amplitudes: Amplitude[] = []
  const identify = (from: string, to: Index): void => {
    const put = (e: Expression): Expression => replaceLetter(e, from, to, numberOf(to))
    rest = rest.map(put)
    amplitudes = amplitudes.map((a) =>
      a.at.letter === from
        ? {
            ...a,
            at: {
              letter: to.letter,
              sign: (a.at.sign * to.sign) as 1 | -1,
              offset: a.at.sign * to.offset + a.at.offset,
            },
          }
        : a,
    )
  }
  const deltas: Expression[] = []
  for (const factor of factors) {
    const found = amplitudesIn(factor, options.modes)
    if (found) amplitudes.push(...found)
    else if (factor.kind === 'function' && factor.name === 'kroneckerDelta') deltas.push(factor)
    else rest.push(factor)
  }
  if (amplitudes.length !== 2)
    throw new DomainError(`a term holds ${amplitudes.length} mode amplitudes; a quadratic energy has two`)
  const modeLetters = new Set(amplitudes.map((a) => a.at.letter))
  for (const delta of deltas) {
    if (delta.kind !== 'function') continue
    const [a, b] = delta.arguments.map(asIndex)
    if (!a || !b)
      throw new DomainError("a Kronecker delta of wave vectors needs single letters, such as \\delta_{q,-q'}")
    if (a.letter !== null && b.letter !== null && a.letter !== b.letter)
      identify(b.letter, b.sign === 1 ? a : opposite(a))
    else throw new DomainError('a Kronecker delta with a fixed wave vector picks single modes, which is no kernel')
  }
  for (const binder of binders) {
    const isMode = modeLetters.has(binder.letter)
    if (isMode) continue
    const phases = rest.filter((f) => mentionsLetter(f, binder.letter))
    rest = rest.filter((f) => !mentionsLetter(f, binder.letter))
    const count =
      options.siteCount ??
      (binder.range.kind === 'interval' ? add(binder.range.to, negate(binder.range.from), rational(1)) : null)
    if (!count) throw new DomainError('the sum over sites names no bounds: give the number of sites (siteCount)')
    rest.push(count)
    const exponent = add(
      ...phases.map((f) => {
        const inner = exponentOf(f)
        if (!inner) throw new DomainError('what depends on the site besides the amplitudes must be a phase e^{-iql}')
        return inner
      }),
    )
    const rate = differentiate(exponent, symbol(binder.letter))
    const left = replaceLetter(exponent, binder.letter, index(null, 0), rational(0))
    if (!zeroIndex(left)) rest.push(exp(left))
    const [first, second] = amplitudes
    if (!first || !second) break
    // Orthogonality: the phases leave wave vectors whose sum is zero.
    if (vanishes(rate)) continue
    const letters = [first.at.letter, second.at.letter]
    if (letters[0] === letters[1] || letters[0] === null || letters[1] === null)
      throw new DomainError(
        'the phase does not cancel around the ring: the term vanishes or the series is not one of modes',
      )
    const a = multiply(imaginaryUnit, symbol(letters[0] ?? ''))
    const b = multiply(imaginaryUnit, symbol(letters[1] ?? ''))
    const same = [add(a, b), negate(add(a, b))].some((x) => vanishes(add(rate, negate(x))))
    const opposed = [add(a, negate(b)), add(negate(a), b)].some((x) => vanishes(add(rate, negate(x))))
    if (!same && !opposed) throw new DomainError('the phases are not those of the two amplitudes')
    identify(letters[1] ?? '', index(letters[0] ?? '', 0, same ? -1 : 1))
  }
  const [first, second] = amplitudes
  if (!first || !second) throw new DomainError('a quadratic energy has two amplitudes in every term')
  return { coefficient: multiply(...rest), amplitudes: [first, second] }
}

/**
 * The Hermitian kernel of a quadratic energy in Fourier modes, whatever stage of the calculation it is written at:
 * `\sum_l \sum_{qq'} … e^{-i(q+q')l}`, `\sum_{qq'} … \sum_l e^{…}`, `\sum_{qq'} … δ_{q,-q'}`, `\sum_q … ε_q ε_{-q} e^{iq}`,
 * `\sum_q … |ε_q|^2` or a product of matrices. All prefactors are inside: the energy is
 * `\sum_q \sum_{ab} ε_{a,-q} K_{ab}(q) ε_{b,q}` with K Hermitian for real fields, which makes it unique.
 * Throws DomainError where the expression is no such energy.
 */
export function modeNormalForm(energy: Formula | Expression, options: ModeOptions): MatrixNode {
  requireQuantities(options.modes, 'modes')
  const firstMode = options.modes[0]
  if (!firstMode) throw new DomainError('name the mode amplitudes, such as \\epsilon_q')
  const letter = options.waveVector ?? modeIndex(firstMode).letter
  const names = new Set(options.modes.map((m) => m.name))
  const side = lastSide(energy)
  // Only what holds amplitudes, deltas or a summed site's phase needs to be multiplied out.
  const sites = new Set<string>()
  some(side, (n) => {
    if (n.kind === 'indexedSum' && typeof n.index === 'string') sites.add(n.index)
    return false
  })
  const wave = new Set<string | null>()
  some(side, (n) => {
    if (n.kind === 'indexed' && names.has(n.name)) for (const s of n.indices) wave.add(s.index.letter)
    return false
  })
  for (const w of wave) if (w !== null) sites.delete(w)
  const open = (n: Expression): boolean =>
    (n.kind === 'indexed' && names.has(n.name)) ||
    (n.kind === 'function' && n.name === 'kroneckerDelta') ||
    (n.kind === 'symbol' && sites.has(n.name))
  const entries: Expression[][] = options.modes.map(() => options.modes.map(() => rational(0)))
  for (const term of prenex(side, open)) {
    const { coefficient, amplitudes } = reduce(term.binders, term.factors.flatMap(factorsOf), options)
    const [x, y] = amplitudes
    if (
      x.at.letter === null ||
      x.at.letter !== y.at.letter ||
      x.at.sign === y.at.sign ||
      x.at.offset !== 0 ||
      y.at.offset !== 0
    )
      throw new DomainError('a term couples modes whose wave vectors do not add up to zero')
    // A delta may have left the letter of either sum.
    if (!term.binders.some((b) => b.letter === x.at.letter))
      throw new DomainError('a term with modes stands outside the sum over wave vectors')
    const [plusQ, minusQ] = x.at.sign === 1 ? [x, y] : [y, x]
    const forward = replaceLetter(coefficient, x.at.letter, index(letter), symbol(letter))
    const backward = replaceLetter(coefficient, x.at.letter, index(letter, 0, -1), negate(symbol(letter)))
    addTo(entries, minusQ.field, plusQ.field, multiply(half, forward))
    addTo(entries, plusQ.field, minusQ.field, multiply(half, backward))
  }
  return withWaveVector({ kind: 'matrix', rows: entries.map((row) => row.map((e) => tidy(e))) }, letter)
}

function addTo(entries: Expression[][], row: number, column: number, e: Expression): void {
  const line = entries[row]
  const entry = line?.[column]
  if (!line || !entry) throw new DomainError('a term names a mode that was not declared')
  line[column] = add(entry, e)
}

/** Whether two energies in Fourier modes are the same function of the modes, by their kernels. */
export function modeEnergiesEqual(a: Formula | Expression, b: Formula | Expression, options: ModeOptions): boolean {
  const [left, right] = [modeNormalForm(a, options), modeNormalForm(b, options)]
  return left.rows.every((row, i) =>
    row.every((x, j) => vanishes(add(x, negate(right.rows[i]?.[j] ?? rational(0))), options.domains)),
  )
}

/** |ε_q|^2 as the engine writes it. */
export const squaredModulus = (mode: IndexedNode): Expression => power({ kind: 'modulus', of: mode }, 2)
