import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  type ApplyNode,
  add,
  divide,
  type Expression,
  type Formula,
  half,
  imaginaryUnit,
  index,
  type MatrixNode,
  multiply,
  negate,
  type PowerNode,
  power,
  rational,
  sameTree,
  squareRoot,
  symbol,
} from '../../expression/expression.js'
import { lastSide } from '../../expression/named.js'
import { substitute } from '../../expression/substitute.js'
import { type Domains, domainsOf, vanishesNumerically } from '../support/sample.js'
import { tidy } from '../support/simplify.js'
import { factorsOf, mentionsLetter, table } from '../support/tree.js'
import { type RingEnergy, sitesOf } from './energy.js'
import { type FourierOptions, fourierKernel, modeAt, modeIndex } from './fourier.js'
import { prenex } from './prenex.js'
import { type FluctuationOptions, type QuadraticForm, quadraticForm } from './quadratic.js'
import { requireWaveVector, withWaveVector } from './wave-vector.js'

const factorial = (n: number): bigint => (n <= 1 ? 1n : BigInt(n) * factorial(n - 1))

/** How a field theory is written. */
export interface FieldTheoryOptions extends FluctuationOptions {
  /** The smooth fields, one for each fluctuation, at the integration variable: `\epsilon(x)`. */
  readonly smooth: readonly ApplyNode[]
  /** Highest number of derivatives in a term. @defaultValue 2 */
  readonly order?: number
}

const variableOf = (field: ApplyNode | undefined): string => {
  const argument = field?.arguments[0]
  if (argument?.kind !== 'symbol')
    throw new DomainError('a smooth field needs a variable as its argument, such as \\epsilon(x)')
  return argument.name
}

const derivativeNode = (field: ApplyNode, order: number): Expression =>
  order === 0 ? field : { kind: 'derivative', of: field, variable: symbol(variableOf(field)), order }

/** Two factors of a term, written as a square where they are the same. */
const pair = (a: Expression, b: Expression): Expression => (sameTree(a, b) ? power(a, 2) : multiply(a, b))

/** coefficient * first * D^n second, its derivatives spread evenly by parts, the earlier field taking the odd one. */
function spread(first: ApplyNode, second: ApplyNode, n: number, coefficient: Expression): Expression {
  const onSecond = Math.floor(n / 2)
  const onFirst = n - onSecond
  const sign = rational(onFirst % 2 === 0 ? 1 : -1)
  return multiply(sign, coefficient, pair(derivativeNode(first, onFirst), derivativeNode(second, onSecond)))
}

/**
 * The effective field theory of slow fluctuations: `\int dx [m ε(x)^2 + k (∂ε/∂x)^2]` and, with several fields, their
 * mixed terms. Differences become Taylor series in derivatives up to the order asked for, sums integrals; total
 * derivatives are dropped, so that every term has its derivatives spread over both fields.
 *
 * @param fluctuation a quadratic energy of sites: the statement that prints it, or what `secondVariation` returns
 * @param options `notation`, `fluctuations`, `smooth` (read `\epsilon(x)`: a field that the notation declares), `order`
 * @returns an integral over the variable of the smooth fields
 * @throws DomainError where the energy is not a ring's or not quadratic, or a fluctuation has no smooth field
 */
export function gradientExpansion(
  fluctuation: Formula | Expression | RingEnergy | QuadraticForm,
  options: FieldTheoryOptions,
): Expression {
  const form = quadraticForm(fluctuation, options)
  const order = options.order ?? 2
  const sums = new Map<string, { first: number; second: number; n: number; parts: Expression[] }>()
  for (const c of form.couplings)
    for (let n = 0; n <= order; n++) {
      if (c.distance === 0 && n > 0) continue
      // Within one field an odd number of derivatives makes a total derivative.
      if (c.first === c.second && n % 2 === 1) continue
      const key = `${c.first} ${c.second} ${n}`
      const sum = sums.get(key) ?? { first: c.first, second: c.second, n, parts: [] }
      sum.parts.push(multiply(rational(BigInt(-c.distance) ** BigInt(n), factorial(n)), c.coefficient))
      sums.set(key, sum)
    }
  const domains = domainsOf(options.notation)
  const terms = [...sums.values()]
    .sort((a, b) => a.n - b.n)
    .flatMap((s) => {
      const coefficient = tidy(add(...s.parts), domains)
      const [first, second] = [options.smooth[s.first], options.smooth[s.second]]
      if (!first || !second) throw new DomainError('every fluctuation needs a smooth field')
      return vanishesNumerically(coefficient, domains) ? [] : [spread(first, second, s.n, coefficient)]
    })
  return { kind: 'integral', variable: variableOf(options.smooth[0]), from: null, to: null, body: add(...terms) }
}

/** A kernel's Taylor polynomial about q = 0. Throws DomainError where an entry has no expansion. */
export function expandKernel(kernel: MatrixNode, letter: string, order: number): MatrixNode {
  const q = symbol(letter)
  const atZero = (e: Expression): Expression => substitute(e, table([[q, rational(0)]]))
  const expand = (e: Expression): Expression => {
    const terms: Expression[] = []
    let derived = e
    for (let n = 0; n <= order; n++) {
      terms.push(multiply(rational(1, factorial(n)), tidy(atZero(derived)), power(q, n)))
      derived = differentiate(derived, q)
    }
    return tidy(add(...terms))
  }
  return withWaveVector({ kind: 'matrix', rows: kernel.rows.map((row) => row.map(expand)) }, letter)
}

/** The energy of long waves: `n \sum_q \{m + k q^2\} |ε_q|^2`, the Fourier energy with its kernel expanded in q. */
export function longWavelength(
  fluctuation: Formula | Expression | RingEnergy | QuadraticForm,
  options: FourierOptions & { readonly order?: number },
): Expression {
  const form = quadraticForm(fluctuation, options)
  const mode = options.modes[0]
  if (!mode) throw new DomainError('name the mode amplitudes, such as \\epsilon_q')
  const { letter, slot } = modeIndex(mode)
  const kernel = expandKernel(fourierKernel(form, { ...options, waveVector: letter }), letter, options.order ?? 2)
  return multiply(sitesOf(form.ring), modesOfKernel(kernel, options.modes, letter, options.modeFamily ?? slot))
}

/** `\sum_q K(q) |ε_q|^2`, or the product of matrices for several fields. */
export function modesOfKernel(
  kernel: MatrixNode,
  modes: FourierOptions['modes'],
  letter: string,
  family: string,
): Expression {
  const entry = kernel.rows[0]?.[0]
  const mode = modes[0]
  const body: Expression =
    modes.length === 1 && entry && mode
      ? multiply(entry, power({ kind: 'modulus', of: modeAt(mode, index(letter)) }, 2))
      : {
          kind: 'matrixProduct',
          factors: [
            { kind: 'matrix', rows: [modes.map((m) => modeAt(m, index(letter, 0, -1)))] },
            kernel,
            { kind: 'matrix', rows: modes.map((m) => [modeAt(m, index(letter))]) },
          ],
        }
  return { kind: 'indexedSum', index: letter, range: { kind: 'family', family }, body }
}

const isSquare = (e: Expression): e is PowerNode => e.kind === 'power' && sameTree(e.exponent, rational(2))

/**
 * The kernel of a quadratic field theory: the polynomial matrix K(q) with energy `\sum_{ab} ε_{a,-q} K_{ab}(q) ε_{b,q}`
 * for each wave vector. Integration by parts does not change it, so that two field theories agree exactly when their
 * kernels do.
 */
export function fieldTheoryKernel(
  energy: Formula | Expression,
  options: {
    readonly smooth: readonly ApplyNode[]
    readonly letter?: string
    readonly waveVector?: string
    readonly sign?: 1 | -1
  },
): MatrixNode {
  const letter = options.waveVector ?? options.letter ?? 'q'
  const q = symbol(letter)
  const rate = multiply(rational(options.sign ?? -1), imaginaryUnit, q)
  const names = options.smooth.map((f) => f.name)
  const asSum = (e: Expression): Expression =>
    e.kind === 'integral'
      ? { kind: 'indexedSum', index: e.variable, range: { kind: 'family', family: 'continuum' }, body: asSum(e.body) }
      : e.kind === 'sum'
        ? { kind: 'sum', terms: e.terms.map(asSum) }
        : e.kind === 'product'
          ? { kind: 'product', factors: e.factors.map(asSum) }
          : e
  const occurrence = (e: Expression): { field: number; order: number } | null => {
    if (e.kind === 'apply') {
      const field = options.smooth.findIndex(
        (f) => f.name === e.name && JSON.stringify(f.indices) === JSON.stringify(e.indices),
      )
      return field < 0 ? null : { field, order: 0 }
    }
    if (e.kind !== 'derivative') return null
    const inner = occurrence(e.of)
    return inner && { ...inner, order: inner.order + e.order }
  }
  const entries: Expression[][] = names.map(() => names.map(() => rational(0)))
  const put = (row: number, column: number, e: Expression): void => {
    const line = entries[row]
    if (line) line[column] = add(line[column] ?? rational(0), e)
  }
  const open = (n: Expression): boolean => (n.kind === 'apply' && names.includes(n.name)) || n.kind === 'derivative'
  for (const term of prenex(asSum(lastSide(energy)), open)) {
    const factors = term.factors
      .flatMap(factorsOf)
      .flatMap((f) => (isSquare(f) && occurrence(f.base) ? [f.base, f.base] : [f]))
    const found = factors.flatMap((f) => occurrence(f) ?? [])
    const rest = factors.filter((f) => occurrence(f) === null)
    const [x, y] = found
    if (found.length !== 2 || !x || !y)
      throw new DomainError('a term of the field theory is not quadratic in the fields')
    if (term.binders.some((b) => rest.some((f) => mentionsLetter(f, b.letter))))
      throw new DomainError('a coefficient of the field theory depends on the position')
    const back = negate(rate)
    put(x.field, y.field, multiply(half, ...rest, power(back, x.order), power(rate, y.order)))
    put(y.field, x.field, multiply(half, ...rest, power(rate, x.order), power(back, y.order)))
  }
  return withWaveVector({ kind: 'matrix', rows: entries.map((row) => row.map((e) => tidy(e))) }, letter)
}

/**
 * Mass and stiffness of a one-field kernel: its value and half its second derivative at q = 0. The wave vector's letter is
 * found where it is not given. Throws DomainError where it cannot be, or the kernel has another.
 */
export function massAndStiffness(
  kernel: MatrixNode,
  letter?: string,
): { readonly mass: Expression; readonly stiffness: Expression } {
  const entry = kernel.rows[0]?.[0]
  if (!entry || kernel.rows.length !== 1)
    throw new DomainError('a correlation length is that of one field; diagonalise the kernel first')
  const q = symbol(requireWaveVector(kernel, letter))
  const atZero = (e: Expression): Expression => tidy(substitute(e, table([[q, rational(0)]])))
  return { mass: atZero(entry), stiffness: atZero(multiply(half, differentiate(differentiate(entry, q), q))) }
}

/**
 * The correlation length sqrt(stiffness / mass) of long waves: K(q) is proportional to 1 + ξ^2 q^2 as q vanishes.
 *
 * @param kernel of one field: what `fourierKernel` or `modeNormalForm` returns
 * @param letter the letter of the wave vector; without it, the one the kernel was made with
 * @param domains where the parameters live, for roots to be simplified
 * @throws DomainError for a kernel of several fields, or one whose wave vector is not to be found or another
 */
export function correlationLength(kernel: MatrixNode, letter?: string, domains?: Domains): Expression {
  const { mass, stiffness } = massAndStiffness(kernel, letter)
  return tidy(squareRoot(divide(stiffness, mass)), domains)
}
