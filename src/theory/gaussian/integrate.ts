import { differentiate } from '../../expression/differentiate.js'
import { DomainError, LimitError } from '../../expression/errors.js'
import {
  add,
  divide,
  type Expression,
  half,
  log,
  multiply,
  negate,
  pi,
  power,
  rational,
  sameTree,
  subtract,
  symbol,
} from '../../expression/expression.js'
import { substitute } from '../../expression/substitute.js'
import { evaluateComplex } from '../support/evaluate.js'
import { symmetricEigenvalues } from '../support/linear-algebra.js'
import { type Domains, sampleValuation, vanishesNumerically } from '../support/sample.js'
import { expanded, vanishes } from '../support/simplify.js'
import { isVariable, some, table, type Variable } from '../support/tree.js'

/** exponent = -1/2 x^T A x + b^T x + c. */
export interface QuadraticExponent {
  readonly matrix: readonly (readonly Expression[])[]
  readonly linear: readonly Expression[]
  readonly constant: Expression
}

const largestDimension = 8
const isZero = (e: Expression): boolean => e.kind === 'number' && e.numerator === 0n

function asVariables(variables: readonly Expression[]): readonly Variable[] {
  return variables.map((v) => {
    if (!isVariable(v)) throw new DomainError('a Gaussian integral is over scalars or indexed quantities')
    return v
  })
}

/**
 * Reads an exponent as a quadratic function of variables; coefficients are anything free of them. Throws DomainError
 * where the exponent is not a polynomial of degree two at most.
 */
export function quadraticExponent(
  exponent: Expression,
  variables: readonly Expression[],
  domains: Domains = new Map(),
): QuadraticExponent {
  const names = asVariables(variables)
  const origin = table(names.map((v) => [v, rational(0)] as const))
  const atOrigin = (e: Expression): Expression => expanded(substitute(e, origin))
  const slopes = names.map((v) => differentiate(exponent, v))
  const matrix = slopes.map((slope) =>
    names.map((v) => {
      const second = differentiate(slope, v)
      for (const w of names)
        if (
          some(second, (n) => n.kind === w.kind && sameTree(n, w)) &&
          !vanishesNumerically(differentiate(second, w), domains)
        )
          throw new DomainError('the exponent is not quadratic in the variables that are integrated over')
      return negate(atOrigin(second))
    }),
  )
  return { matrix, linear: slopes.map(atOrigin), constant: substitute(exponent, origin) }
}

/** Determinants of a matrix's leading rows with chosen columns, each computed once. */
function minors(
  matrix: readonly (readonly Expression[])[],
): (rows: readonly number[], columns: readonly number[]) => Expression {
  const known = new Map<string, Expression>()
  const minor = (rows: readonly number[], columns: readonly number[]): Expression => {
    const [row, ...rest] = rows
    if (row === undefined) return rational(1)
    const key = `${rows.join(',')};${columns.join(',')}`
    const found = known.get(key)
    if (found) return found
    const value = expanded(
      add(
        ...columns.map((column, k) => {
          const entry = matrix[row]?.[column] ?? rational(0)
          if (isZero(entry)) return rational(0)
          return multiply(
            rational(k % 2 === 0 ? 1 : -1),
            entry,
            minor(
              rest,
              columns.filter((c) => c !== column),
            ),
          )
        }),
      ),
    )
    known.set(key, value)
    return value
  }
  return minor
}

/** The determinant of a small symbolic matrix by minors. Throws LimitError beyond eight rows. */
export function determinant(matrix: readonly (readonly Expression[])[]): Expression {
  const all = matrix.map((_, k) => k)
  if (all.length > largestDimension)
    throw new LimitError(`a symbolic determinant of ${all.length} rows; at most ${largestDimension}`)
  return minors(matrix)(all, all)
}

/** The square completed: `exponent = -1/2 (x - shift)^T A (x - shift) + remainder`. */
export interface CompletedSquare {
  readonly matrix: readonly (readonly Expression[])[]
  readonly determinant: Expression
  /** Determinants of the groups of variables that are coupled among themselves; their product is the determinant. */
  readonly blocks: readonly Expression[]
  /** A^{-1} b, one for each variable. */
  readonly shifts: readonly Expression[]
  /** c + b^T A^{-1} b / 2. */
  readonly remainder: Expression
}

/** Groups of rows that a matrix couples to each other. */
function coupledGroups(matrix: readonly (readonly Expression[])[]): readonly (readonly number[])[] {
  const open = new Set(matrix.map((_, k) => k))
  const groups: number[][] = []
  for (const start of matrix.keys()) {
    if (!open.delete(start)) continue
    const group = [start]
    for (const i of group)
      for (const j of [...open])
        if (!isZero(matrix[i]?.[j] ?? rational(0))) {
          open.delete(j)
          group.push(j)
        }
    groups.push(group.sort((a, b) => a - b))
  }
  return groups
}

/**
 * Completes the square in several variables: groups of coupled ones apart, each by Cramer's rule with every minor computed
 * once. Throws DomainError where the exponent is not quadratic or its quadratic part singular, LimitError where more than
 * eight variables are coupled to each other.
 */
export function completeSquare(
  exponent: Expression,
  variables: readonly Expression[],
  domains: Domains = new Map(),
): CompletedSquare {
  const { matrix, linear, constant } = quadraticExponent(exponent, variables, domains)
  const minor = minors(matrix)
  const shifts: Expression[] = variables.map(() => rational(0))
  const blocks: Expression[] = []
  const squares: Expression[] = []
  for (const group of coupledGroups(matrix)) {
    if (group.length > largestDimension)
      throw new LimitError(
        `a Gaussian integral over ${group.length} coupled variables at once; at most ${largestDimension}`,
      )
    const det = minor(group, group)
    if (isZero(det) || vanishesNumerically(det, domains))
      throw new DomainError('the quadratic part of the exponent is singular')
    blocks.push(det)
    for (const [i, row] of group.entries()) {
      const numerator = add(
        ...group.map((column, j) => {
          const value = linear[column] ?? rational(0)
          if (isZero(value)) return rational(0)
          const cofactor = minor(
            group.filter((r) => r !== column),
            group.filter((c) => c !== row),
          )
          return multiply(rational((i + j) % 2 === 0 ? 1 : -1), cofactor, value)
        }),
      )
      shifts[row] = divide(numerator, det)
      squares.push(divide(multiply(half, linear[row] ?? rational(0), numerator), det))
    }
  }
  return { matrix, determinant: multiply(...blocks), blocks, shifts, remainder: add(constant, ...squares) }
}

/** What a Gaussian integral leaves. */
export interface GaussianIntegral {
  /** Exponent of the integral over the variables, without the numeric constant: `c + b A^{-1} b / 2 - log(det A) / 2`. */
  readonly exponent: Expression
  /** `n/2 log(2 pi)`, which depends on nothing. */
  readonly constant: Expression
  readonly square: CompletedSquare
}

/** How a Gaussian integral is done. */
export interface GaussianOptions {
  /** Where parameters live, for the test of convergence. */
  readonly domains?: Domains
}

/**
 * The integral of exp(exponent) over all real values of the variables, in closed form. The exponent is a polynomial of
 * degree two in them; coefficients may hold the imaginary unit. Throws DomainError where the real part of the quadratic
 * form is not positive definite at sample values (the integral diverges), LimitError where more than eight variables are coupled.
 */
export function integrateGaussian(
  exponent: Expression,
  variables: readonly Expression[],
  options: GaussianOptions = {},
): GaussianIntegral {
  const domains = options.domains ?? new Map()
  const square = completeSquare(exponent, variables, domains)
  let informative = 0
  for (let k = 0; k < 16 && informative < 5; k++) {
    const valuation = sampleValuation(square.matrix.flat(), domains, k)
    const real = square.matrix.map((row) => row.map((e) => evaluateComplex(e, valuation).re))
    if (!real.flat().every(Number.isFinite)) continue
    informative++
    const least = symmetricEigenvalues(real)[0] ?? Number.NaN
    if (!(least > 0))
      throw new DomainError(
        'the Gaussian integral diverges: its quadratic form is not positive definite where the parameters live',
      )
  }
  if (informative === 0) throw new DomainError('the quadratic form has no value at any sample point of its domain')
  return {
    exponent: add(square.remainder, ...square.blocks.map((block) => multiply(rational(-1, 2), log(block)))),
    constant: multiply(rational(variables.length, 2), log(multiply(rational(2), pi))),
    square,
  }
}

/** Gaussian integrals over groups of variables in turn, each small: for many variables that the first integrals decouple. */
export function integrateGaussianInTurn(
  exponent: Expression,
  groups: readonly (readonly Expression[])[],
  options: GaussianOptions = {},
): { readonly exponent: Expression; readonly constant: Expression } {
  let current = exponent
  let constant: Expression = rational(0)
  const logarithms: Expression[] = []
  for (const group of groups) {
    const step = integrateGaussian(current, group, options)
    const later = groups.slice(groups.indexOf(group) + 1).flat()
    const logDeterminant = multiply(rational(-1, 2), log(step.square.determinant))
    if (later.some((v) => some(step.square.determinant, (n) => n.kind === v.kind && sameTree(n, v))))
      throw new DomainError(
        'the quadratic form depends on variables that are integrated over later; the integral is not Gaussian',
      )
    current = step.square.remainder
    logarithms.push(logDeterminant)
    constant = add(constant, step.constant)
  }
  return { exponent: add(current, ...logarithms), constant }
}

/** Whether two exponents differ by something that does not depend on the variables: their difference is the same at others. */
export function exponentsEqualUpToConstant(
  a: Expression,
  b: Expression,
  variables: readonly Expression[],
  domains: Domains = new Map(),
): boolean {
  const difference = subtract(a, b)
  const elsewhere = table(asVariables(variables).map((v, k) => [v, symbol(`elsewhere ${k}`)] as const))
  const other = new Map([
    ...domains,
    ...asVariables(variables).flatMap((v, k) => {
      const domain = domains.get(v.name)
      return domain ? [[`elsewhere ${k}`, domain] as const] : []
    }),
  ])
  return vanishes(subtract(difference, substitute(difference, elsewhere)), other)
}

/** (2 pi)^{n/2} det(A)^{-1/2} exp(remainder): the value of the integral itself. */
export const gaussianValue = (integral: GaussianIntegral): Expression =>
  multiply(
    power(multiply(rational(2), pi), rational(integral.square.matrix.length, 2)),
    power(integral.square.determinant, rational(-1, 2)),
    { kind: 'function', name: 'exp', arguments: [integral.square.remainder] },
  )
