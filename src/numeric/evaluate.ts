import { at, DomainError, InputError, LimitError } from '../expression/errors.js'
import type {
  DerivativeNode,
  Expression,
  Index,
  IndexedNode,
  IndexedSumNode,
  IndexSlot,
  IntegralNode,
  MeasureIntegralNode,
} from '../expression/expression.js'
import { children } from '../expression/expression.js'
import type { Arithmetic } from './arithmetic.js'
import { hasBudget, spend, withBudget } from './budget.js'
import { brief } from './describe.js'
import { wordsOf } from './words.js'

/** An index slot at a concrete place: `letter` is null and `offset` the member's number, unless the letter is free. */
export type ConcreteSlot = IndexSlot

/** What the letters, symbols and families of a formula stand for while it is evaluated. */
export interface Environment<T> {
  /** Value of a scalar. Throws DomainError for a name that it does not know. */
  symbol(name: string): T
  /** Value of an indexed quantity; bound letters have been replaced by numbers (not yet wrapped to the family's size). */
  indexed(name: string, indices: readonly ConcreteSlot[]): T
  /** Value of a declared function, field or functional. */
  apply?(name: string, indices: readonly ConcreteSlot[], args: readonly T[]): T
  /** Members of a family or set, as whole numbers, for sums and products over it. */
  members?(range: { readonly kind: 'family' | 'set'; readonly name: string }): readonly number[]
  /** Value of a member's letter on the base line (a wave vector 2 pi k / D for a mode k); by default its number. */
  memberValue?(letter: string, member: number): T
  /** Numbers of letters that are bound from outside. */
  readonly letters?: ReadonlyMap<string, number>
  /** Values of nodes that arithmetic alone cannot evaluate. */
  node?(node: DerivativeNode | IntegralNode | MeasureIntegralNode | Expression, letters: ReadonlyMap<string, number>): T
}

/** Sums over more members than this are refused (LimitError). */
export const largestSum = 1_000_000

const concrete = (index: Index, letters: ReadonlyMap<string, number>): Index => {
  const value = index.letter === null ? undefined : letters.get(index.letter)
  return value === undefined ? index : { letter: null, sign: 1, offset: index.sign * value + index.offset }
}

/**
 * The value of a formula. Throws DomainError, naming the subexpression, where the value does not exist or is not
 * finite (log of a negative number on the real line, division by zero, overflow) and where a node has no numeric
 * meaning (a matrix, an unevaluated derivative); LimitError on sums of more than `largestSum` members.
 */
export function evaluate<T>(expression: Expression, environment: Environment<T>, arithmetic: Arithmetic<T>): T {
  const walk = (): T => new Walker(environment, arithmetic).value(expression, environment.letters ?? new Map())
  return hasBudget() ? walk() : withBudget(evaluationSteps, tooLong, walk)
}

/** What one evaluation may take. */
const evaluationSteps = 60_000_000
const tooLong = 'the formula is too large to evaluate: its sums and functions take more steps than are allowed'

/** Steps of a node: of doubles a few, of decimals by their digits, and by their square where a series is summed. */
function stepsOf(e: Expression, digits: number): number {
  const plain = digits < 20
  switch (e.kind) {
    case 'number':
      return plain ? 1 : digits / 2 + wordsOf(e.numerator) + wordsOf(e.denominator)
    case 'function':
      return plain ? 3 : (gammas.has(e.name) ? 12 : 2) * digits ** 2
    case 'power':
      return plain ? 3 : e.exponent.kind === 'number' && e.exponent.denominator === 1n ? 2 * digits : 2 * digits ** 2
    case 'sum':
      return 1 + (e.terms.length * digits) / 8
    case 'product':
      return 1 + (e.factors.length * digits) / 4
    case 'apply':
      return plain ? 3 : 4 * digits
    default:
      return 1 + digits / 8
  }
}

const gammas: ReadonlySet<string> = new Set(['gamma', 'logGamma', 'factorial', 'binomial'])

const idle = new WeakMap<IndexedSumNode, boolean>()

/** Whether every member of a sum is the same, because the letter does not stand in its body. */
function isIdle(e: IndexedSumNode): boolean {
  const known = idle.get(e)
  if (known !== undefined) return known
  const { index } = e
  const holds = (node: Expression): boolean =>
    (node.kind === 'symbol' && node.name === index) ||
    ((node.kind === 'indexed' || node.kind === 'apply') && node.indices.some((s) => s.index.letter === index)) ||
    children(node).some(holds)
  const found = !holds(e.body)
  idle.set(e, found)
  return found
}

class Walker<T> {
  constructor(
    private readonly environment: Environment<T>,
    private readonly arithmetic: Arithmetic<T>,
  ) {}

  value(e: Expression, letters: ReadonlyMap<string, number>): T {
    let result: T
    spend(stepsOf(e, this.arithmetic.digits))
    try {
      result = this.node(e, letters)
    } catch (error) {
      // Name the innermost subexpression only: it is the one that failed.
      if (error instanceof InputError && !error.detail.includes(' in `'))
        throw at(new (error.constructor as typeof DomainError)(`${error.detail}, in \`${brief(e)}\``, error.place), {})
      throw error
    }
    if (!this.arithmetic.isFinite(result)) throw new DomainError(`the value is not finite, in \`${brief(e)}\``)
    return result
  }

  private node(e: Expression, letters: ReadonlyMap<string, number>): T {
    const { arithmetic, environment } = this
    const value = (child: Expression): T => this.value(child, letters)
    const slots = (indices: readonly IndexSlot[]): readonly ConcreteSlot[] =>
      indices.map((s) => ({ slot: s.slot, index: concrete(s.index, letters) }))
    switch (e.kind) {
      case 'number':
        return arithmetic.fromRational(e.numerator, e.denominator)
      case 'constant':
        return arithmetic.constant(e.name)
      case 'symbol': {
        const member = letters.get(e.name)
        if (member === undefined) return environment.symbol(e.name)
        return environment.memberValue ? environment.memberValue(e.name, member) : arithmetic.fromNumber(member)
      }
      case 'indexed':
        return environment.indexed(e.name, slots(e.indices))
      case 'sum':
        return this.folded(e.terms, arithmetic.add, letters)
      case 'product':
        return this.folded(e.factors, arithmetic.multiply, letters)
      case 'power':
        return this.power(e.base, e.exponent, value)
      case 'function':
        return arithmetic.call(e.name, e.arguments.map(value))
      case 'apply':
        if (!environment.apply) return this.unsupported(e, letters)
        return environment.apply(e.name, slots(e.indices), e.arguments.map(value))
      case 'indexedSum':
      case 'indexedProduct':
        return this.over(e, letters)
      case 'conjugate':
        return arithmetic.conjugate(value(e.of))
      case 'modulus':
        return arithmetic.modulus(value(e.of))
      default:
        return this.unsupported(e, letters)
    }
  }

  private folded(parts: readonly Expression[], combine: (a: T, b: T) => T, letters: ReadonlyMap<string, number>): T {
    let result = this.value(parts[0]!, letters)
    for (let k = 1; k < parts.length; k++) result = combine(result, this.value(parts[k]!, letters))
    return result
  }

  private power(base: Expression, exponent: Expression, value: (e: Expression) => T): T {
    const { arithmetic } = this
    if (exponent.kind === 'number' && exponent.denominator === 1n) {
      const n = Number(exponent.numerator)
      if (Number.isSafeInteger(n)) return arithmetic.powerInteger(value(base), n)
    }
    if (base.kind === 'constant' && base.name === 'e') return arithmetic.call('exp', [value(exponent)])
    return arithmetic.power(value(base), value(exponent))
  }

  private over(e: IndexedSumNode, letters: ReadonlyMap<string, number>): T {
    const { arithmetic } = this
    const combine = e.kind === 'indexedSum' ? arithmetic.add : arithmetic.multiply
    let result = arithmetic.fromNumber(e.kind === 'indexedSum' ? 0 : 1)
    if (typeof e.index !== 'string') return this.overValues(e, e.index, letters)
    const members = this.members(e, letters)
    if (e.kind === 'indexedSum' && members.length > 1 && isIdle(e))
      return arithmetic.multiply(arithmetic.fromNumber(members.length), this.value(e.body, letters))
    for (const member of members) {
      spend(4 + arithmetic.digits / 2)
      result = combine(result, this.value(e.body, new Map(letters).set(e.index, member)))
    }
    return result
  }

  /** `\sum_{z \in \{-1, 1\}}`: the summed quantity takes each value in turn. */
  private overValues(e: IndexedSumNode, quantity: IndexedNode, letters: ReadonlyMap<string, number>): T {
    if (e.range.kind !== 'values') return this.unsupported(e, letters)
    const { arithmetic, environment } = this
    const combine = e.kind === 'indexedSum' ? arithmetic.add : arithmetic.multiply
    const placeOf = (indices: readonly IndexSlot[]): string =>
      indices.map((s) => JSON.stringify(concrete(s.index, letters))).join()
    const place = placeOf(quantity.indices)
    let result = arithmetic.fromNumber(e.kind === 'indexedSum' ? 0 : 1)
    for (const item of e.range.values) {
      const value = this.value(item, letters)
      const inner = new Walker<T>(
        {
          ...environment,
          symbol: (name) =>
            quantity.indices.length === 0 && name === quantity.name ? value : environment.symbol(name),
          indexed: (name, indices) =>
            name === quantity.name && placeOf(indices) === place ? value : environment.indexed(name, indices),
        },
        arithmetic,
      )
      result = combine(result, inner.value(e.body, letters))
    }
    return result
  }

  private members(e: IndexedSumNode, letters: ReadonlyMap<string, number>): readonly number[] {
    const { range } = e
    const whole = (bound: Expression): number => {
      const value = this.value(bound, letters)
      const n = this.arithmetic.real(value)
      if (!Number.isSafeInteger(n) || this.arithmetic.imaginary(value) !== 0)
        throw new DomainError(`the bound ${brief(bound)} = ${this.arithmetic.toText(value)} is not a whole number`)
      return n
    }
    switch (range.kind) {
      case 'interval': {
        const from = whole(range.from)
        const count = whole(range.to) - from + 1
        if (count > largestSum)
          throw new LimitError(`a sum over ${count} members; at most ${largestSum} are carried out`)
        return Array.from({ length: Math.max(0, count) }, (_, k) => from + k)
      }
      case 'values':
        return range.values.map(whole)
      default: {
        const name = range.kind === 'family' ? range.family : range.name
        const members = this.environment.members?.({ kind: range.kind, name })
        if (!members) throw new DomainError(`the members of ${range.kind} ${name} are not given`)
        if (members.length > largestSum)
          throw new LimitError(`a sum over ${members.length} members; at most ${largestSum} are carried out`)
        return members
      }
    }
  }

  private unsupported(e: Expression, letters: ReadonlyMap<string, number>): T {
    if (this.environment.node) return this.environment.node(e, letters)
    throw new DomainError(`a node of kind ${e.kind} has no numeric value here`)
  }
}

/** An environment of named values: scalars by name, indexed quantities by `indexedKey`. */
export function environmentOf<T>(values: ReadonlyMap<string, T>): Environment<T> {
  const find = (key: string): T => {
    const value = values.get(key)
    if (value === undefined) throw new DomainError(`no value is given for ${key}`)
    return value
  }
  return { symbol: find, indexed: (name, indices) => find(indexedKey(name, indices)) }
}

/** `epsilon[l-1]`, `weight[2, 3]`: one name for an indexed quantity at a place. */
export const indexedKey = (name: string, indices: readonly IndexSlot[]): string =>
  brief({ kind: 'indexed', name, indices }, 1000)
