import { type Expression, type IntegralNode, sameTree } from '../../expression/expression.js'
import { exponentOf } from '../../expression/named.js'
import { spend } from '../../numeric/budget.js'
import { factorsOf, ofTree, some } from '../../theory/support/tree.js'
import type { Scope, WorldEvaluator } from './world-value.js'

/** One harmonic of a function of a world, `(re + i im) e^{i frequency x}`. */
export interface Harmonic {
  readonly frequency: number
  readonly re: number
  readonly im: number
}

/** The integrand over its variables: `exp(-x^T A x / 2 + b^T x + c)` times functions of linear forms. */
interface Integrand {
  readonly matrix: readonly (readonly number[])[]
  readonly linear: readonly number[]
  readonly constant: number
  readonly functions: readonly {
    readonly harmonics: readonly Harmonic[]
    readonly slopes: readonly number[]
    readonly at: number
  }[]
}

/** More products of harmonics than this are left to quadrature. */
const mostTerms = 20_000

/**
 * A Gaussian integral over the whole line of a world's functions, which are trigonometric polynomials: in closed form, by the
 * characteristic function, over all variables at once. Null where the integrand is anything else.
 */
export function gaussianIntegral<T>(evaluator: WorldEvaluator<T>, node: IntegralNode, scope: Scope<T>): T | null {
  const { arithmetic } = evaluator
  const parts = partsOf(node)
  if (parts === null) return null
  const read = readIntegrand(evaluator, parts.within, parts.variables, scope)
  if (read === null) return null
  const value = characteristicSum(read)
  if (value === null) return null
  return parts.without.reduce(
    (product, factor) => arithmetic.multiply(product, evaluator.value(factor, scope)),
    arithmetic.fromNumber(value),
  )
}

/** An integral's variables, those of integrals within its product too, and the factors with and without any of them. */
const partsOf = ofTree((node: IntegralNode) => {
  const variables: string[] = []
  const factors: Expression[] = []
  // An integral within a product is one more variable of the whole.
  const open = [node as Expression]
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (e.kind !== 'integral') {
      factors.push(...repeated(e))
      continue
    }
    if (e.from !== null || e.to !== null || variables.includes(e.variable)) return null
    variables.push(e.variable)
    open.push(...factorsOf(e.body))
  }
  const depends = (e: Expression): boolean => some(e, (part) => part.kind === 'symbol' && variables.includes(part.name))
  return { variables, within: factors.filter(depends), without: factors.filter((factor) => !depends(factor)) }
})

/** A function of the variables at a point: a real number, or null where it is none. */
type At = (point: readonly number[]) => number | null

function readIntegrand<T>(
  evaluator: WorldEvaluator<T>,
  factors: readonly Expression[],
  variables: readonly string[],
  scope: Scope<T>,
): Integrand | null {
  const { arithmetic } = evaluator
  const realValue =
    (e: Expression): At =>
    (point) => {
      const values = new Map(scope.variables)
      for (const [k, name] of variables.entries()) values.set(name, arithmetic.fromNumber(point[k]!))
      const value = evaluator.value(e, { ...scope, variables: values })
      return arithmetic.imaginary(value) === 0 ? arithmetic.real(value) : null
    }
  const size = variables.length
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  const linear = new Array<number>(size).fill(0)
  let constant = 0
  const functions: Integrand['functions'][number][] = []
  for (const factor of factors) {
    const exponent = exponentOf(factor)
    if (exponent !== null) {
      const form = quadraticForm(realValue(exponent), size)
      if (form === null) return null
      for (const [i, row] of form.matrix.entries()) for (const [j, entry] of row.entries()) matrix[i]![j]! += entry
      for (const [i, entry] of form.linear.entries()) linear[i]! += entry
      constant += form.constant
      continue
    }
    const derivative = factor.kind === 'derivative' ? factor : null
    const of = derivative?.of ?? factor
    const [argument, ...more] = of.kind === 'apply' ? of.arguments : []
    if (of.kind !== 'apply' || argument === undefined || more.length > 0) return null
    if (derivative !== null && !sameTree(derivative.variable, argument)) return null
    const harmonics = evaluator.harmonicsOf(of, derivative?.order ?? 0, scope)
    const form = quadraticForm(realValue(argument), size)
    if (harmonics === null || form === null || form.matrix.flat().some((entry) => Math.abs(entry) > 1e-12)) return null
    functions.push({ harmonics, slopes: form.linear, at: form.constant })
  }
  return { matrix, linear, constant, functions }
}

/** A small whole power as that many factors. */
const repeated = (factor: Expression): readonly Expression[] =>
  factor.kind === 'power' &&
  factor.exponent.kind === 'number' &&
  factor.exponent.denominator === 1n &&
  factor.exponent.numerator > 0n &&
  factor.exponent.numerator <= 8n
    ? Array.from({ length: Number(factor.exponent.numerator) }, () => factor.base)
    : [factor]

/** `-x^T A x / 2 + b^T x + c` from values at a few points; null where a further point shows that it is no such form. */
function quadraticForm(f: At, size: number): Omit<Integrand, 'functions'> | null {
  const point = (entries: Readonly<Record<number, number>>): number[] =>
    Array.from({ length: size }, (_, k) => entries[k] ?? 0)
  const values: (number | null)[] = []
  const value = (at: readonly number[]): number => {
    const found = f(at)
    values.push(found)
    return found ?? 0
  }
  const constant = value(point({}))
  const ahead = Array.from({ length: size }, (_, i) => value(point({ [i]: 1 })))
  const behind = Array.from({ length: size }, (_, i) => value(point({ [i]: -1 })))
  const linear = ahead.map((up, i) => (up - behind[i]!) / 2)
  const matrix = ahead.map((up, i) =>
    ahead.map((_, j) =>
      i === j
        ? 2 * constant - up - behind[i]!
        : constant +
          linear[i]! +
          linear[j]! -
          value(point({ [i]: 1, [j]: 1 })) +
          (up + behind[i]! - 2 * constant) / 2 +
          (ahead[j]! + behind[j]! - 2 * constant) / 2,
    ),
  )
  const far = Array.from({ length: size }, (_, k) => 1.7 - 0.6 * k)
  const there = value(far)
  if (values.includes(null)) return null
  const form = far.reduce(
    (sum, x, i) => sum + linear[i]! * x - far.reduce((row, y, j) => row + (matrix[i]![j]! * x * y) / 2, 0),
    constant,
  )
  const scale =
    Math.abs(there) + Math.abs(constant) + Math.max(...matrix.flat().map(Math.abs)) + Math.max(...linear.map(Math.abs))
  return Math.abs(form - there) <= 1e-10 * scale ? { matrix, linear, constant } : null
}

/** The integral as a sum over products of harmonics; null where the Gaussian does not fall off or there are too many. */
function characteristicSum({ matrix, linear, constant, functions }: Integrand): number | null {
  const terms = functions.reduce((count, f) => count * f.harmonics.length, 1)
  if (terms > mostTerms) return null
  spend(terms)
  const inverse = inverted(matrix)
  if (inverse === null) return null
  const size = linear.length
  const form = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, a, i) => sum + y.reduce((row, b, j) => row + a * inverse.entries[i]![j]! * b, 0), 0)
  let sum = 0
  const add = (k: number, re: number, im: number, wave: readonly number[]): void => {
    const next = functions[k]
    if (next === undefined) {
      // exp((b + i w)^T A^{-1} (b + i w) / 2)
      const size2 = Math.exp((form(linear, linear) - form(wave, wave)) / 2 + constant)
      const phase = form(linear, wave)
      sum += size2 * (re * Math.cos(phase) - im * Math.sin(phase))
      return
    }
    for (const harmonic of next.harmonics) {
      const turn = harmonic.frequency * next.at
      const [a, b] = [
        harmonic.re * Math.cos(turn) - harmonic.im * Math.sin(turn),
        harmonic.re * Math.sin(turn) + harmonic.im * Math.cos(turn),
      ]
      add(
        k + 1,
        re * a - im * b,
        re * b + im * a,
        wave.map((w, i) => w + harmonic.frequency * next.slopes[i]!),
      )
    }
  }
  add(0, 1, 0, new Array<number>(size).fill(0))
  return ((2 * Math.PI) ** (size / 2) / Math.sqrt(inverse.determinant)) * sum
}

/** The inverse of a positive definite matrix with its determinant, by Gauss and Jordan; null where it is not positive definite. */
function inverted(
  matrix: readonly (readonly number[])[],
): { readonly entries: readonly (readonly number[])[]; readonly determinant: number } | null {
  const size = matrix.length
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))])
  let determinant = 1
  for (let i = 0; i < size; i++) {
    const pivot = rows[i]![i]!
    // Of a positive definite matrix every pivot is positive.
    if (!(pivot > 1e-12)) return null
    determinant *= pivot
    rows[i] = rows[i]!.map((entry) => entry / pivot)
    for (let r = 0; r < size; r++)
      if (r !== i) {
        const factor = rows[r]![i]!
        rows[r] = rows[r]!.map((entry, c) => entry - factor * rows[i]![c]!)
      }
  }
  return { entries: rows.map((row) => row.slice(size)), determinant }
}
