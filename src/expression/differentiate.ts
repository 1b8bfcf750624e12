/** Exact derivatives. */
import { DomainError } from './errors.js'
import {
  type ApplyNode,
  add,
  call,
  divide,
  type Expression,
  exp,
  type FunctionNode,
  type IndexedNode,
  type KnownFunction,
  keyOf,
  log,
  multiply,
  negate,
  one,
  pi,
  power,
  rational,
  type SymbolNode,
  squareRoot,
  subtract,
  zero,
} from './expression.js'
import { requireExpression, requireVariable } from './guards.js'
import { contains, substituteSymbol } from './substitute.js'
import { toText } from './write-text.js'

export type Variable = SymbolNode | IndexedNode | ApplyNode

const two = rational(2)
const square = (e: Expression): Expression => power(e, 2)

/** Derivatives of the functions of one argument; those missing here have none among the known functions. */
const rules: ReadonlyMap<KnownFunction, (u: Expression) => Expression> = new Map<
  KnownFunction,
  (u: Expression) => Expression
>([
  ['exp', (u) => exp(u)],
  ['log', (u) => power(u, -1)],
  ['sin', (u) => call('cos', u)],
  ['cos', (u) => negate(call('sin', u))],
  ['tan', (u) => power(call('cos', u), -2)],
  ['asin', (u) => power(subtract(one, square(u)), rational(-1, 2))],
  ['acos', (u) => negate(power(subtract(one, square(u)), rational(-1, 2)))],
  ['atan', (u) => power(add(one, square(u)), -1)],
  ['sinh', (u) => call('cosh', u)],
  ['cosh', (u) => call('sinh', u)],
  ['tanh', (u) => subtract(one, square(call('tanh', u)))],
  ['abs', (u) => call('sign', u)],
  ['sign', (u) => multiply(two, call('diracDelta', u))],
  ['step', (u) => call('diracDelta', u)],
  ['erf', (u) => multiply(divide(two, squareRoot(pi)), exp(negate(square(u))))],
  ['erfc', (u) => multiply(divide(rational(-2), squareRoot(pi)), exp(negate(square(u))))],
])

class Differentiator {
  readonly #variable: Variable
  readonly #key: string
  readonly #known = new WeakMap<Expression, Expression>()
  readonly #dependence = new WeakMap<Expression, boolean>()

  constructor(variable: Variable) {
    this.#variable = variable
    this.#key = keyOf(variable)
  }

  #is(e: Expression): boolean {
    return e.kind === this.#variable.kind && keyOf(e) === this.#key
  }

  #depends(e: Expression): boolean {
    const known = this.#dependence.get(e)
    if (known !== undefined) return known
    const result = contains(e, (node) => this.#is(node))
    this.#dependence.set(e, result)
    return result
  }

  #open(e: Expression): Expression {
    return { kind: 'derivative', of: e, variable: this.#variable, order: 1 }
  }

  of(e: Expression): Expression {
    const known = this.#known.get(e)
    if (known) return known
    const result = this.#is(e) ? one : this.#compute(e)
    this.#known.set(e, result)
    return result
  }

  #compute(e: Expression): Expression {
    // A sum over sites holds the variable without showing it; only its terms written out tell which one is meant.
    if (e.kind === 'indexedSum' || e.kind === 'indexedProduct') return this.#series(e)
    if (e.kind === 'sum') return add(...e.terms.map((t) => this.of(t)))
    if (e.kind === 'product' || e.kind === 'matrixProduct') {
      return add(
        ...e.factors.flatMap((factor, i) => {
          const d = this.of(factor)
          if (d.kind === 'number' && d.numerator === 0n) return []
          const factors = e.factors.map((f, j) => (i === j ? d : f))
          return [e.kind === 'product' ? multiply(...factors) : ({ kind: 'matrixProduct', factors } as const)]
        }),
      )
    }
    switch (e.kind) {
      case 'number':
      case 'constant':
      case 'symbol':
      case 'indexed':
        return zero
      case 'power':
        return this.#power(e.base, e.exponent, e)
      case 'function':
        return this.#function(e)
      case 'apply':
        return this.#apply(e)
      case 'derivative':
        if (!this.#depends(e.of)) return zero
        return keyOf(e.variable) === this.#key ? { ...e, order: e.order + 1 } : this.#open(e)
      case 'integral':
        return this.#integral(e)
      case 'measureIntegral':
        if (e.measures.some((m) => this.#is(m))) return zero
        return this.#linear(e.body, (body) => ({ ...e, body }))
      case 'matrix':
        return { ...e, rows: e.rows.map((row) => row.map((x) => this.of(x))) }
      case 'transpose':
      case 'expectation':
        return this.#linear(e.of, (of) => ({ ...e, of }))
      default:
        return this.#depends(e) ? this.#open(e) : zero
    }
  }

  #linear(inner: Expression, wrap: (e: Expression) => Expression): Expression {
    const d = this.of(inner)
    return d.kind === 'number' && d.numerator === 0n ? zero : wrap(d)
  }

  #power(base: Expression, exponent: Expression, whole: Expression): Expression {
    const db = this.of(base)
    if (base.kind === 'matrix') {
      if (exponent.kind !== 'number' || exponent.numerator !== -1n || exponent.denominator !== 1n)
        return this.#depends(whole) ? this.#open(whole) : zero
      return negate({ kind: 'matrixProduct', factors: [whole, db, whole] })
    }
    const dp = this.of(exponent)
    const byBase = multiply(exponent, power(base, subtract(exponent, one)), db)
    return add(byBase, multiply(dp, log(base), whole))
  }

  #function(e: FunctionNode): Expression {
    const [u, v] = e.arguments
    if ((e.name === 'max' || e.name === 'min') && u !== undefined) {
      if (v === undefined) return this.of(u)
      const rest: Expression = e.arguments.length > 2 ? { ...e, arguments: e.arguments.slice(1) } : v
      const first = e.name === 'max' ? subtract(u, rest) : subtract(rest, u)
      return add(multiply(call('step', first), this.of(u)), multiply(call('step', negate(first)), this.of(rest)))
    }
    if (!this.#depends(e)) return zero
    const rule = e.arguments.length === 1 && u !== undefined ? rules.get(e.name) : undefined
    return rule && u ? multiply(rule(u), this.of(u)) : this.#open(e)
  }

  /** The chain rule: the derivative of an unknown function by its argument stays a derivative node. */
  #apply(e: ApplyNode): Expression {
    return add(
      ...e.arguments.map((argument) => {
        const inner = this.of(argument)
        return inner.kind === 'number' && inner.numerator === 0n
          ? zero
          : multiply({ kind: 'derivative', of: e, variable: argument, order: 1 }, inner)
      }),
    )
  }

  #integral(e: Extract<Expression, { kind: 'integral' }>): Expression {
    const isBound = this.#variable.kind === 'symbol' && this.#variable.name === e.variable
    const inside = isBound ? zero : this.#linear(e.body, (body) => ({ ...e, body }))
    const edge = (bound: Expression | null): Expression => {
      const d = bound ? this.of(bound) : zero
      return bound && !(d.kind === 'number' && d.numerator === 0n)
        ? multiply(substituteSymbol(e.body, e.variable, bound), d)
        : zero
    }
    return add(inside, edge(e.to), negate(edge(e.from)))
  }

  #series(e: Extract<Expression, { kind: 'indexedSum' | 'indexedProduct' }>): Expression {
    const v = this.#variable
    if (v.kind === 'symbol' && e.index === v.name) return zero
    const runsOverIt =
      v.kind !== 'symbol' &&
      contains(
        e.body,
        (node) =>
          (node.kind === 'indexed' || node.kind === 'apply') &&
          node.name === v.name &&
          node.indices.length > 0 &&
          (typeof e.index !== 'string' || JSON.stringify(node.indices).includes(JSON.stringify(e.index))),
      )
    if (runsOverIt)
      throw new DomainError(
        `the derivative by ${toText(v)} of a sum over its index: write the sum out over sites first (instantiate)`,
      )
    if (e.kind === 'indexedSum') return this.#linear(e.body, (body) => ({ ...e, body }))
    if (!this.#depends(e.body)) return zero
    // d of a product is the product times the sum of logarithmic derivatives.
    return multiply(e, { ...e, kind: 'indexedSum', body: divide(this.of(e.body), e.body) })
  }
}

/**
 * The derivative of an expression, exactly.
 *
 * Indexed quantities are the same variable only with the same name and the same indices. Real variables are assumed:
 * what has no derivative among the known functions (a gamma function, a modulus, an undeclared function) stays as a
 * derivative node; kinks follow `sign` and `step` (1/2 at 0).
 *
 * @param variable a symbol, an indexed quantity with given indices, or a field at its argument
 * @param order how many times, 1 where left out
 * @throws DomainError by an indexed quantity through a sum that runs over its index: instantiate the sum first
 */
export function differentiate(e: Expression, variable: Variable, order = 1): Expression {
  requireExpression(e, 'differentiate: the expression')
  requireVariable(variable, 'differentiate: the variable')
  let result = e
  for (let i = 0; i < order; i++) result = new Differentiator(variable).of(result)
  return result
}

/** The gradient, in the order of the variables. */
export const gradient = (e: Expression, variables: readonly Variable[]): readonly Expression[] =>
  variables.map((v) => differentiate(e, v))
