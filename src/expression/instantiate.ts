/** Lattice sums, repeated indices and matrices written out over small explicit sizes. */
import { DomainError, InputError } from './errors.js'
import {
  type ApplyNode,
  add,
  type Expression,
  type Index,
  type IndexedNode,
  type IndexSlot,
  keyOf,
  type MatrixNode,
  mapChildren,
  multiply,
  negate,
  one,
  power,
  rational,
  type SymbolNode,
  zero,
} from './expression.js'
import { determinant, inverse, matrixProduct, matrixSum, scaled, transpose } from './matrices.js'
import { type Environment, type InstantiationContext, Sizes } from './sizes.js'
import { freeSymbols, indexedQuantities, sizeOf, substitute } from './substitute.js'
import { toText } from './write-text.js'

const ellipsis = '\\cdots '

class Instantiator {
  readonly #sizes: Sizes

  constructor(context: InstantiationContext) {
    this.#sizes = new Sizes(context)
  }

  /** A quantity with concrete indices; a vector or matrix becomes its components. */
  #quantity(node: IndexedNode | SymbolNode | ApplyNode, environment: Environment): Expression {
    this.#sizes.spend()
    const written = node.kind === 'symbol' ? [] : node.indices.map((s) => this.#sizes.slot(s, environment))
    const args = node.kind === 'apply' ? node.arguments.map((a) => this.expand(a, environment)) : []
    const declaration = this.#sizes.context.notation.symbols.find((s) => s.name === node.name)
    const { over } = declaration ?? {}
    const whole =
      declaration &&
      over &&
      (declaration.kind === 'vector' || declaration.kind === 'matrix') &&
      !written.some((s) => s.slot === over)
    const make = (indices: readonly IndexSlot[]): Expression => {
      if (node.kind === 'apply') return { ...node, indices, arguments: args }
      return node.kind === 'symbol' && indices.length === 0 ? node : { kind: 'indexed', name: node.name, indices }
    }
    const members = over ? this.#sizes.context.families?.get(over) : undefined
    if (!whole || members === undefined) return make(written)
    const component = (...which: readonly number[]): Expression => {
      const extra = which.map((m): IndexSlot => ({ slot: over, index: { letter: null, sign: 1, offset: m } }))
      const rest = [...written, ...extra]
      // In the order of the declaration; slots that it does not name stay behind.
      const ordered = declaration.slots.flatMap(({ slot }) => {
        const at = rest.findIndex((s) => s.slot === slot)
        return at < 0 ? [] : rest.splice(at, 1)
      })
      this.#sizes.spend()
      return make([...ordered, ...rest])
    }
    const rows =
      declaration.kind === 'vector'
        ? members.map((m) => [component(m)])
        : members.map((m) => members.map((n) => component(m, n)))
    return { kind: 'matrix', rows }
  }

  #symbol(node: SymbolNode, environment: Environment): Expression {
    const bound = environment.get(node.name)
    if (bound) {
      const special = bound.family === null ? undefined : this.#sizes.context.memberValue?.(bound.family, bound.member)
      return special ?? rational(bound.member)
    }
    const value = this.#sizes.context.values?.get(node.name)
    return value === undefined ? this.#quantity(node, environment) : rational(value)
  }

  #integer(e: Expression, environment: Environment): number {
    const value = this.expand(e, environment)
    if (
      value.kind === 'number'
        ? value.denominator !== 1n
        : freeSymbols(value).size + indexedQuantities(value).length === 0
    )
      throw new DomainError(`a sum up to ${toText(value)}, which is no whole number`)
    if (value.kind !== 'number')
      throw new InputError(`the bound ${toText(e)} of a sum is no whole number: give its symbols values`)
    return Number(value.numerator)
  }

  /** The quantities that a sum over a quantity runs over: several where it was written with dots. */
  #summed(index: IndexedNode, environment: Environment): readonly IndexedNode[] {
    const at = index.indices.findIndex((s) => s.index.letter?.includes(ellipsis))
    if (at < 0) return [{ ...index, indices: index.indices.map((s) => this.#sizes.slot(s, environment)) }]
    const [from, to] = index.indices[at]!.index.letter!.split(ellipsis).map((text) =>
      /^-?[0-9]+$/.test(text) ? Number(text) : this.#sizes.member(text, environment).member,
    )
    const list: IndexedNode[] = []
    for (let n = from!; n <= to!; n++) {
      this.#sizes.spend()
      const here: Index = { letter: null, sign: 1, offset: n }
      list.push({
        ...index,
        indices: index.indices.map((s, i) => this.#sizes.slot(i === at ? { ...s, index: here } : s, environment)),
      })
    }
    return list
  }

  #series(e: Extract<Expression, { kind: 'indexedSum' | 'indexedProduct' }>, environment: Environment): Expression {
    const { range, index } = e
    const combine =
      e.kind === 'indexedSum' ? (list: Expression[]) => this.#add(list) : (list: Expression[]) => this.#multiply(list)
    const interval = (): number[] => {
      if (range.kind !== 'interval') return []
      const from = this.#integer(range.from, environment)
      const to = this.#integer(range.to, environment)
      this.#sizes.spend(Math.max(0, to - from))
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
    }
    if (typeof index === 'string') {
      if (range.kind === 'values')
        return combine(
          range.values.map((v) => {
            const member = this.#integer(v, environment)
            return this.expand(e.body, new Map([...environment, [index, { member, family: null }]]))
          }),
        )
      const family = range.kind === 'family' ? range.family : (this.#sizes.familyOf(index) ?? null)
      const members =
        range.kind === 'interval'
          ? interval()
          : range.kind === 'family'
            ? this.#sizes.family(range.family)
            : this.#sizes.set(range.name)
      return combine(
        members.map((member) => this.expand(e.body, new Map([...environment, [index, { member, family }]]))),
      )
    }
    const values =
      range.kind === 'values'
        ? range.values.map((v) => this.expand(v, environment))
        : (range.kind === 'interval'
            ? interval()
            : range.kind === 'set'
              ? this.#sizes.set(range.name)
              : this.#sizes.family(range.family)
          ).map((n) => rational(n))
    // The body first, once; then the quantity's values are put in.
    let result = this.expand(e.body, environment)
    for (const quantity of this.#summed(index, environment)) {
      const key = keyOf(quantity)
      const body = result
      result = combine(
        values.map((value) => {
          this.#sizes.spend(sizeOf(body))
          return substitute(body, new Map([[key, value]]))
        }),
      )
    }
    return result
  }

  #add(terms: readonly Expression[]): Expression {
    this.#sizes.spend(terms.length)
    const matrices = terms.filter((t): t is MatrixNode => t.kind === 'matrix')
    if (matrices.length === 0) return add(...terms)
    const others = add(...terms.filter((t) => t.kind !== 'matrix'))
    if (others.kind !== 'number' || others.numerator !== 0n)
      throw new DomainError('a matrix and a number are added: write the identity or the matrix of ones')
    return matrixSum(matrices)
  }

  #multiply(factors: readonly Expression[]): Expression {
    this.#sizes.spend(factors.length)
    const matrices = factors.filter((f): f is MatrixNode => f.kind === 'matrix')
    if (matrices.length === 0) return multiply(...factors)
    const scalar = multiply(...factors.filter((f) => f.kind !== 'matrix'))
    const product = this.#matrixProduct(matrices)
    return product.kind === 'matrix' ? scaled(product, scalar) : multiply(scalar, product)
  }

  #matrixProduct(factors: readonly Expression[]): Expression {
    const scalars = factors.filter((f) => f.kind !== 'matrix')
    const matrices = factors.filter((f): f is MatrixNode => f.kind === 'matrix')
    if (matrices.length === 0) return multiply(...scalars)
    const product = matrixProduct(matrices)
    this.#sizes.spend(sizeOf(product))
    const [only] = product.rows[0]!
    if (product.rows.length === 1 && product.rows[0]!.length === 1) return multiply(...scalars, only!)
    return scalars.length === 0 ? product : scaled(product, multiply(...scalars))
  }

  #kronecker(e: Extract<Expression, { kind: 'function' }>, environment: Environment): Expression {
    // Indices are compared as members, on a ring up to whole turns, whatever a member is worth on the base line.
    const families = new Set<string>()
    const member = (x: Expression): Expression => {
      if (x.kind === 'symbol') {
        const { member: n, family } = this.#sizes.member(x.name, environment)
        if (family !== null) families.add(family)
        return rational(n)
      }
      return mapChildren(x, member)
    }
    const difference = add(member(e.arguments[0]!), negate(member(e.arguments[1]!)))
    if (difference.kind !== 'number') throw new InputError(`the indices of ${toText(e)} are no whole numbers`)
    const [family] = families
    if (difference.denominator !== 1n) return zero
    const value = Number(difference.numerator)
    return (family === undefined ? value : this.#sizes.reduce(value, family)) === 0 ? one : zero
  }

  expand(e: Expression, environment: Environment): Expression {
    this.#sizes.spend()
    const inner = (x: Expression): Expression => this.expand(x, environment)
    switch (e.kind) {
      case 'symbol':
        return this.#symbol(e, environment)
      case 'indexed':
        return this.#quantity(e, environment)
      case 'apply':
        if (e.name === 'cardinality' && e.arguments[0]?.kind === 'symbol') {
          const members = this.#sizes.context.sets?.get(e.arguments[0].name)
          if (members) return rational(members.length)
        }
        return this.#quantity(e, environment)
      case 'configuration':
        // Its letters are dummies: the configuration of all sites.
        return e
      case 'indexedSum':
      case 'indexedProduct':
        return this.#series(e, environment)
      case 'sum':
        return this.#add(e.terms.map(inner))
      case 'product':
        return this.#multiply(e.factors.map(inner))
      case 'matrixProduct':
        return this.#matrixProduct(e.factors.map(inner))
      case 'transpose': {
        const of = inner(e.of)
        return of.kind === 'matrix' ? transpose(of) : { ...e, of }
      }
      case 'determinant': {
        const of = inner(e.of)
        if (of.kind === 'number') throw new DomainError('the determinant of a number')
        return of.kind === 'matrix' ? this.#counted(determinant(of)) : { ...e, of }
      }
      case 'power': {
        const base = inner(e.base)
        const exponent = inner(e.exponent)
        return base.kind === 'matrix' ? this.#matrixPower(base, exponent) : power(base, exponent)
      }
      case 'function':
        return e.name === 'kroneckerDelta' ? this.#kronecker(e, environment) : mapChildren(e, inner)
      case 'integral': {
        const hidden = new Map(environment)
        hidden.delete(e.variable)
        return { ...e, from: e.from && inner(e.from), to: e.to && inner(e.to), body: this.expand(e.body, hidden) }
      }
      case 'measureIntegral':
        return { ...e, body: inner(e.body) }
      default:
        return mapChildren(e, inner)
    }
  }

  #counted(e: Expression): Expression {
    this.#sizes.spend(sizeOf(e))
    return e
  }

  #matrixPower(base: MatrixNode, exponent: Expression): Expression {
    if (exponent.kind === 'number' && exponent.denominator === 1n) {
      if (exponent.numerator === -1n) return this.#counted(inverse(base))
      if (exponent.numerator > 0n && exponent.numerator <= 8n)
        return this.#matrixProduct(Array.from({ length: Number(exponent.numerator) }, () => base))
    }
    throw new DomainError(`the power ${toText(exponent)} of a matrix is not written out: only -1 and 1 to 8 are`)
  }
}

/**
 * The expression with every lattice sum and product, repeated index and matrix operation written out; indices in the
 * result are whole numbers.
 *
 * Vectors become columns of components, matrices tables of entries, each with its `over` index filled; determinants and
 * inverses go up to 3 x 3. Configurations `\{r^l\}` and measures `[dz]` stay as they are.
 *
 * @throws InputError where a size or the value of a letter is missing
 * @throws DomainError where matrices do not fit together, or are larger than 3 x 3 under a determinant or an inverse
 * @throws LimitError beyond `maximumSize` nodes
 */
export const instantiate = (e: Expression, context: InstantiationContext): Expression =>
  new Instantiator(context).expand(e, new Map())
