/**
 * A formula as data: the tree that the LaTeX reader makes, that the engine differentiates, expands and compares, and
 * that the printers write. Trees are immutable plain data; nothing in them can be executed.
 */
import { refuseFunction, requireExpression } from './guards.js'

/** A position on a family of indices: `l-1` is `{ letter: 'l', sign: 1, offset: -1 }`, `-q` is `{ 'q', -1, 0 }`, `0` is `{ null, 1, 0 }`. */
export interface Index {
  /** The letter as written (`l`, `\\alpha`, `q'`), or null for a fixed number. */
  readonly letter: string | null
  readonly sign: 1 | -1
  readonly offset: number
}

/** One index of an indexed quantity, named for what it counts (`site`, `neuron`, `input`, `mode`, …; the paper's notation says). */
export interface IndexSlot {
  readonly slot: string
  readonly index: Index
}

/** An exact rational number in lowest terms with a positive denominator. */
export interface NumberNode {
  readonly kind: 'number'
  readonly numerator: bigint
  readonly denominator: bigint
}

/** A mathematical constant. */
export interface ConstantNode {
  readonly kind: 'constant'
  readonly name: 'pi' | 'i' | 'e'
}

/** A scalar that the notation declares, by its canonical name (`weightStandardDeviation`). */
export interface SymbolNode {
  readonly kind: 'symbol'
  readonly name: string
}

/** A declared quantity with indices: `\epsilon^{l-1}`, `W_{\alpha\beta}^l`, `N_l`, `\epsilon_q`. Slots stand in the order of the declaration. */
export interface IndexedNode {
  readonly kind: 'indexed'
  readonly name: string
  readonly indices: readonly IndexSlot[]
}

export interface SumNode {
  readonly kind: 'sum'
  readonly terms: readonly Expression[]
}

export interface ProductNode {
  readonly kind: 'product'
  readonly factors: readonly Expression[]
}

export interface PowerNode {
  readonly kind: 'power'
  readonly base: Expression
  readonly exponent: Expression
}

/** A function that the engine knows (see `knownFunctions`). A square root is a power with exponent 1/2. */
export interface FunctionNode {
  readonly kind: 'function'
  readonly name: KnownFunction
  readonly arguments: readonly Expression[]
}

/** A declared function, field or functional at an argument: `\phi^l(z)`, `\epsilon(x)`, `\ell(f, t)`, `\mathcal{L}(r^*)`. */
export interface ApplyNode {
  readonly kind: 'apply'
  readonly name: string
  readonly indices: readonly IndexSlot[]
  readonly arguments: readonly Expression[]
}

/** `order`-th derivative of `of` with respect to `variable` (a symbol, indexed quantity or field), not yet carried out. */
export interface DerivativeNode {
  readonly kind: 'derivative'
  readonly of: Expression
  readonly variable: Expression
  readonly order: number
}

/** What a sum or product runs over. */
export type Range =
  | { readonly kind: 'interval'; readonly from: Expression; readonly to: Expression }
  /** Over a whole family of the notation: `\sum_q`, `\sum_l` without bounds, or a repeated Greek index. */
  | { readonly kind: 'family'; readonly family: string }
  /** Over a named set: `\sum_{i \in \mathcal{M}}`. */
  | { readonly kind: 'set'; readonly name: string }
  /** Over listed values: `\sum_{z \in \{-1, 1\}}`. */
  | { readonly kind: 'values'; readonly values: readonly Expression[] }

/**
 * A sum or product over one index (several indices nest). `index` is the letter; for a sum over the values of a
 * quantity (`\sum_{z^0 \in \{-1,1\}}`) it is that quantity.
 */
export interface IndexedSumNode {
  readonly kind: 'indexedSum' | 'indexedProduct'
  readonly index: string | IndexedNode
  readonly range: Range
  readonly body: Expression
}

/** `\int dx body`, over the whole line where there are no bounds. */
export interface IntegralNode {
  readonly kind: 'integral'
  readonly variable: string
  readonly from: Expression | null
  readonly to: Expression | null
  readonly body: Expression
}

/**
 * `\int [dW][db] body`: an integral over every component of the named quantities. With `trace` it is `\text{Tr}_{s} body`:
 * a sum over what takes discrete values, an integral over what is continuous.
 */
export interface MeasureIntegralNode {
  readonly kind: 'measureIntegral'
  readonly measures: readonly Expression[]
  readonly body: Expression
  readonly trace?: true
}

export interface MatrixNode {
  readonly kind: 'matrix'
  readonly rows: readonly (readonly Expression[])[]
}

/** A product of matrices and vectors, in order: `(z_\alpha^l)^T (\Sigma^l)^{-1} z_\alpha^l`. Inverse is a power with exponent -1. */
export interface MatrixProductNode {
  readonly kind: 'matrixProduct'
  readonly factors: readonly Expression[]
}

/** Transpose, complex conjugate or Hermitian conjugate, modulus, determinant, expectation, order symbol `\mathcal{O}(…)`, configuration `\{r^l\}`. */
export interface UnaryNode {
  readonly kind: 'transpose' | 'conjugate' | 'modulus' | 'determinant' | 'expectation' | 'orderOf' | 'configuration'
  readonly of: Expression
  /** For an expectation: the measure `\langle \dots \rangle_{M}` or the variables `\mathbb{E}_{w}` that it is taken over, where written. */
  readonly over?: readonly Expression[]
  /** For an expectation: what is given, `\\langle q^l | h^{l-1} \\rangle`. */
  readonly given?: readonly Expression[]
}

export type Expression =
  | NumberNode
  | ConstantNode
  | SymbolNode
  | IndexedNode
  | SumNode
  | ProductNode
  | PowerNode
  | FunctionNode
  | ApplyNode
  | DerivativeNode
  | IndexedSumNode
  | IntegralNode
  | MeasureIntegralNode
  | MatrixNode
  | MatrixProductNode
  | UnaryNode

/** Functions with known values and derivatives. `log` is natural; `kroneckerDelta` takes two arguments; `sign` and `step` are 0 and 1/2 at 0. */
export const knownFunctions = [
  'exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'abs', 'sign', 'step',
  'max', 'min', 'erf', 'erfc', 'gamma', 'logGamma', 'binomial', 'factorial', 'kroneckerDelta', 'diracDelta',
] as const // biome-ignore format: a list reads best as a list
export type KnownFunction = (typeof knownFunctions)[number]

/** How the two sides of a statement are related. */
export type Relation = '=' | '≈' | '<' | '>' | '≤' | '≥' | '→' | '∼' | '∈' | '∝' | '≪' | '≫' | '≡'

/** A statement's formula: a chain `left R1 middle R2 right` has two relations and three sides; a bare expression has one side. */
export interface Formula {
  readonly sides: readonly Expression[]
  readonly relations: readonly Relation[]
}

/** By a loop: integers of tens of thousands of digits would exhaust the stack. */
const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x < 0n ? -x : x
}

/** An exact rational number. Throws RangeError on a zero denominator. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): NumberNode {
  const n = BigInt(numerator)
  const d = BigInt(denominator)
  if (d === 0n) throw new RangeError('a rational number needs a denominator other than zero')
  const g = gcd(n, d) || 1n
  const s = d < 0n ? -1n : 1n
  return { kind: 'number', numerator: (s * n) / g, denominator: (s * d) / g }
}

/** 0 */
export const zero = rational(0)
/** 1 */
export const one = rational(1)
/** 1/2 */
export const half = rational(1, 2)
/** -1 */
export const minusOne = rational(-1)
/** The constant π. */
export const pi: ConstantNode = { kind: 'constant', name: 'pi' }
/** The imaginary unit. */
export const imaginaryUnit: ConstantNode = { kind: 'constant', name: 'i' }

/** A scalar by its name in the notation, or a variable by its letter: `symbol('weightVariance')`, `symbol('z')`. */
export const symbol = (name: string): SymbolNode => ({ kind: 'symbol', name })

/**
 * What stands on an index slot: `l-1` is `index('l', -1)`, `-q` is `index('q', 0, -1)`, the number 3 is `index(null, 3)`.
 *
 * @param letter the index letter as it is written, or null for a number
 * @param offset what is added to it, or the number
 * @param sign -1 for minus the letter
 */
export const index = (letter: string | null, offset = 0, sign: 1 | -1 = 1): Index => ({ letter, sign, offset })

/**
 * A quantity with its indices: `u^{l-1}` is `indexed('displacement', { slot: 'site', index: index('l', -1) })`.
 *
 * @param name its name in the notation
 * @param indices for each slot of its declaration, in that order, the slot's family and the index on it
 */
export const indexed = (name: string, ...indices: readonly IndexSlot[]): IndexedNode => ({
  kind: 'indexed',
  name,
  indices,
})

const isNumber = (e: Expression, value: bigint): boolean =>
  e.kind === 'number' && e.numerator === value && e.denominator === 1n

/** Sum; flattens nested sums, adds numbers together, drops zeros. */
export function add(...terms: readonly Expression[]): Expression {
  let number = zero
  const rest: Expression[] = []
  for (const term of terms.flatMap((t) => (t?.kind === 'sum' ? t.terms : [t]))) {
    if (term?.kind === undefined) requireExpression(term, 'add: a term')
    if (term.kind === 'number')
      number = rational(
        number.numerator * term.denominator + term.numerator * number.denominator,
        number.denominator * term.denominator,
      )
    else rest.push(term)
  }
  if (number.numerator !== 0n) rest.push(number)
  if (rest.length === 0) return zero
  return rest.length === 1 ? rest[0]! : { kind: 'sum', terms: rest }
}

/** Product; flattens nested products, multiplies numbers together (first), drops ones; zero annihilates. */
export function multiply(...factors: readonly Expression[]): Expression {
  let number = one
  const rest: Expression[] = []
  for (const factor of factors.flatMap((f) => (f?.kind === 'product' ? f.factors : [f]))) {
    if (factor?.kind === undefined) requireExpression(factor, 'multiply: a factor')
    if (factor.kind === 'number')
      number = rational(number.numerator * factor.numerator, number.denominator * factor.denominator)
    else rest.push(factor)
  }
  if (number.numerator === 0n) return zero
  if (!isNumber(number, 1n)) rest.unshift(number)
  if (rest.length === 0) return one
  return rest.length === 1 ? rest[0]! : { kind: 'product', factors: rest }
}

/** Minus an expression. */
export const negate = (e: Expression): Expression => multiply(minusOne, e)
/** The first less the second. */
export const subtract = (a: Expression, b: Expression): Expression => add(a, negate(b))

/** Power; x^1 is x, x^0 is 1 (also for x = 0, as in a power series), integer powers of numbers up to 64 are carried out. */
export function power(base: Expression, exponent: Expression | number): Expression {
  if (base?.kind === undefined) requireExpression(base, 'power: the base')
  const p = typeof exponent === 'number' ? rational(exponent) : exponent
  if (p?.kind === undefined) requireExpression(p, 'power: the exponent')
  if (isNumber(p, 1n)) return base
  if (isNumber(p, 0n)) return one
  if (base.kind === 'number' && p.kind === 'number' && p.denominator === 1n) {
    const n = p.numerator
    if (n > 0n && n <= 64n) return rational(base.numerator ** n, base.denominator ** n)
    if (n < 0n && n >= -64n && base.numerator !== 0n) return rational(base.denominator ** -n, base.numerator ** -n)
  }
  return { kind: 'power', base, exponent: p }
}

/** The first over the second. Nothing is cancelled: `simplify` does that, and no comparison needs it. */
export const divide = (a: Expression, b: Expression): Expression => multiply(a, power(b, -1))
/** The square root, as the power 1/2. */
export const squareRoot = (e: Expression): Expression => power(e, half)
const isKnownFunction: ReadonlySet<string> = new Set(knownFunctions)
/**
 * A known function of its arguments: `call('cos', q)`. For a function that the paper declares, read it: `context.read('f(x)')`.
 * Throws InputError on a name that is none, and on what is no expression.
 */
export function call(name: KnownFunction, ...args: readonly Expression[]): FunctionNode {
  if (!isKnownFunction.has(name)) refuseFunction(name, knownFunctions)
  for (const arg of args) if (arg?.kind === undefined) requireExpression(arg, `${name}: an argument`)
  return { kind: 'function', name, arguments: args }
}
/** e to an expression; 1 where that is 0. */
export const exp = (e: Expression): Expression => (isNumber(e, 0n) ? one : call('exp', e))
/** The natural logarithm; 0 of 1. */
export const log = (e: Expression): Expression => (isNumber(e, 1n) ? zero : call('log', e))

/** The subexpressions directly below `e`, in reading order. */
export function children(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'number':
    case 'constant':
    case 'symbol':
    case 'indexed':
      return []
    case 'sum':
      return e.terms
    case 'product':
    case 'matrixProduct':
      return e.factors
    case 'power':
      return [e.base, e.exponent]
    case 'function':
    case 'apply':
      return e.arguments
    case 'derivative':
      return [e.of, e.variable]
    case 'indexedSum':
    case 'indexedProduct':
      return e.range.kind === 'interval'
        ? [e.range.from, e.range.to, e.body]
        : e.range.kind === 'values'
          ? [...e.range.values, e.body]
          : [e.body]
    case 'integral':
      return [e.from, e.to, e.body].filter((x): x is Expression => x !== null)
    case 'measureIntegral':
      return [...e.measures, e.body]
    case 'matrix':
      return e.rows.flat()
    default:
      return [e.of, ...(('over' in e && e.over) || []), ...(('given' in e && e.given) || [])]
  }
}

/** The same node with every direct subexpression replaced by `f` of it; sums, products and powers are re-simplified. */
export function mapChildren(e: Expression, f: (child: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'number':
    case 'constant':
    case 'symbol':
    case 'indexed':
      return e
    case 'sum':
      return add(...e.terms.map(f))
    case 'product':
      return multiply(...e.factors.map(f))
    case 'matrixProduct':
      return { ...e, factors: e.factors.map(f) }
    case 'power':
      return power(f(e.base), f(e.exponent))
    case 'function':
    case 'apply':
      return { ...e, arguments: e.arguments.map(f) }
    case 'derivative':
      return { ...e, of: f(e.of), variable: f(e.variable) }
    case 'indexedSum':
    case 'indexedProduct': {
      const range: Range =
        e.range.kind === 'interval'
          ? { kind: 'interval', from: f(e.range.from), to: f(e.range.to) }
          : e.range.kind === 'values'
            ? { kind: 'values', values: e.range.values.map(f) }
            : e.range
      return { ...e, range, body: f(e.body) }
    }
    case 'integral':
      return { ...e, from: e.from && f(e.from), to: e.to && f(e.to), body: f(e.body) }
    case 'measureIntegral':
      return { ...e, measures: e.measures.map(f), body: f(e.body) }
    case 'matrix':
      return { ...e, rows: e.rows.map((row) => row.map(f)) }
    default:
      return {
        ...e,
        of: f(e.of),
        ...(e.over ? { over: e.over.map(f) } : {}),
        ...(e.given ? { given: e.given.map(f) } : {}),
      }
  }
}

export { keyOf, sameTree } from './same-tree.js'
