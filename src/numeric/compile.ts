import { DomainError, LimitError } from '../expression/errors.js'
import { type Expression, type IndexedSumNode, type KnownFunction, keyOf } from '../expression/expression.js'
import { brief } from './describe.js'
import { rationalToNumber } from './double-field.js'
import { type Binary, binary, type Unary, unary } from './double-functions.js'
import { indexedKey } from './evaluate.js'

/** A formula made ready for inner loops. Returns NaN or an infinity where the value does not exist: callers must look. */
export type Compiled = (values: ArrayLike<number>) => number

/** How sums over families are unrolled. */
export interface CompileOptions {
  /** Members of a family or set. Without it such a sum is a DomainError. */
  readonly members?: (range: { readonly kind: 'family' | 'set'; readonly name: string }) => readonly number[]
}

/** A formula may unroll to at most this many instructions. */
export const largestProgram = 200_000
const largestWalk = 3_000_000

// Operation codes of the register machine.
const ADD = 0
const MULTIPLY = 1
const DIVIDE = 2
const SQUARE = 3
const ROOT = 4
const POWER = 5
const UNARY = 6
const BINARY = 7
const RECIPROCAL = 8

/**
 * A fast function of the named variables (symbols by name; indexed quantities by `keyOf` or by `indexedKey`, such as
 * `epsilon[l-1]`), generated from the tree: equal subexpressions are computed once, each costs a few nanoseconds.
 * Throws DomainError for nodes without a numeric value and for variables that are not listed.
 */
export function compile(expression: Expression, variables: readonly string[], options: CompileOptions = {}): Compiled {
  const program = new Program(variables, options)
  const result = program.place(expression, new Map())
  return program.link(result)
}

class Program {
  private placed = 0
  private readonly codes: number[] = []
  private readonly left: number[] = []
  private readonly right: number[] = []
  private readonly functions: (Unary | Binary | null)[] = []
  private readonly registers = new Map<string, number>()
  private readonly constants = new Map<number, number>()
  private readonly variables: ReadonlyMap<string, number>

  constructor(
    names: readonly string[],
    private readonly options: CompileOptions,
  ) {
    this.variables = new Map(names.map((name, k) => [name, k]))
  }

  /** The register that holds the value of a subexpression. */
  place(e: Expression, letters: ReadonlyMap<string, number>): number {
    // Sums of sums of equal terms make few instructions, but are walked through all the same.
    if (++this.placed > largestWalk)
      throw new LimitError(`a formula of more than ${largestWalk} nodes when its sums are written out; it is too large`)
    switch (e.kind) {
      case 'number':
        return this.constant(rationalToNumber(e.numerator, e.denominator))
      case 'constant':
        if (e.name === 'i')
          throw new DomainError('the imaginary unit in a real program; use evaluate with complex arithmetic')
        return this.constant(e.name === 'pi' ? Math.PI : Math.E)
      case 'symbol': {
        const bound = letters.get(e.name)
        return bound === undefined ? this.variable(e, e.name) : this.constant(bound)
      }
      case 'indexed': {
        const indices = e.indices.map((s) => {
          const bound = s.index.letter === null ? undefined : letters.get(s.index.letter)
          return bound === undefined
            ? s
            : { slot: s.slot, index: { letter: null, sign: 1 as const, offset: s.index.sign * bound + s.index.offset } }
        })
        return this.variable({ ...e, indices }, indexedKey(e.name, indices))
      }
      case 'sum':
        return this.chain(ADD, e.terms, letters)
      case 'product':
        return this.product(e.factors, letters)
      case 'power':
        return this.power(this.place(e.base, letters), e.exponent, letters)
      case 'function':
        return this.call(e.name, e.arguments, letters)
      case 'indexedSum':
      case 'indexedProduct':
        return this.unroll(e, letters)
      case 'modulus':
        return this.emit(UNARY, this.place(e.of, letters), 0, Math.abs, 'abs')
      case 'conjugate':
        return this.place(e.of, letters)
      default:
        throw new DomainError(`a node of kind ${e.kind} has no numeric value, in \`${brief(e)}\``)
    }
  }

  /** The finished machine: registers hold inputs, then constants, then the results of the instructions in order. */
  link(result: number): Compiled {
    const inputs = this.variables.size
    const start = inputs + this.constants.size
    const at = (operand: number): number =>
      operand < 0 ? inputs - operand - 1 : operand < inputs ? operand : operand + this.constants.size
    const code = Int32Array.from(this.codes)
    const left = Int32Array.from(this.left, at)
    const right = Int32Array.from(this.right, at)
    const functions = this.functions
    const registers = new Float64Array(start + code.length)
    for (const [value, operand] of this.constants) registers[at(operand)] = value
    const out = at(result)
    return (values) => {
      for (let k = 0; k < inputs; k++) registers[k] = values[k]!
      for (let k = 0; k < code.length; k++) {
        const to = start + k
        const a = registers[left[k]!]!
        switch (code[k]) {
          case ADD:
            registers[to] = a + registers[right[k]!]!
            break
          case MULTIPLY:
            registers[to] = a * registers[right[k]!]!
            break
          case DIVIDE:
            registers[to] = a / registers[right[k]!]!
            break
          case SQUARE:
            registers[to] = a * a
            break
          case ROOT:
            registers[to] = Math.sqrt(a)
            break
          case POWER:
            registers[to] = a ** registers[right[k]!]!
            break
          case UNARY:
            registers[to] = (functions[k] as Unary)(a)
            break
          case BINARY:
            registers[to] = (functions[k] as Binary)(a, registers[right[k]!]!)
            break
          case RECIPROCAL:
            registers[to] = 1 / a
            break
        }
      }
      return registers[out]!
    }
  }

  private constant(value: number): number {
    const known = this.constants.get(value)
    if (known !== undefined) return known
    const operand = -this.constants.size - 1
    this.constants.set(value, operand)
    return operand
  }

  private variable(e: Expression, name: string): number {
    const place = this.variables.get(name) ?? this.variables.get(keyOf(e))
    if (place === undefined) throw new DomainError(`${name} is not among the variables of the program`)
    return place
  }

  private emit(code: number, a: number, b: number, f: Unary | Binary | null = null, label = ''): number {
    const commutes = code === ADD || code === MULTIPLY
    const key = commutes && a > b ? `${code} ${b} ${a}` : `${code} ${a} ${b} ${label}`.trim()
    const known = this.registers.get(key)
    if (known !== undefined) return known
    if (this.codes.length >= largestProgram)
      throw new LimitError(`a program of more than ${largestProgram} instructions; the formula is too large`)
    const operand = this.variables.size + this.codes.length
    this.codes.push(code)
    this.left.push(a)
    this.right.push(b)
    this.functions.push(f)
    this.registers.set(key, operand)
    return operand
  }

  private chain(code: number, items: readonly Expression[], letters: ReadonlyMap<string, number>): number {
    return items.map((item) => this.place(item, letters)).reduce((a, b) => this.emit(code, a, b))
  }

  /** Factors with negative exponents are gathered into one division. */
  private product(factors: readonly Expression[], letters: ReadonlyMap<string, number>): number {
    const above: number[] = []
    const below: number[] = []
    for (const f of factors) {
      const inverse = f.kind === 'power' && f.exponent.kind === 'number' && f.exponent.numerator < 0n
      if (inverse) {
        const exponent = { ...f.exponent, numerator: -(f.exponent as { numerator: bigint }).numerator } as Expression
        below.push(this.power(this.place(f.base, letters), exponent, letters))
      } else above.push(this.place(f, letters))
    }
    const join = (items: readonly number[]): number => items.reduce((a, b) => this.emit(MULTIPLY, a, b))
    if (below.length === 0) return join(above)
    return above.length === 0 ? this.emit(RECIPROCAL, join(below), 0) : this.emit(DIVIDE, join(above), join(below))
  }

  private power(base: number, exponent: Expression, letters: ReadonlyMap<string, number>): number {
    if (exponent.kind !== 'number') return this.emit(POWER, base, this.place(exponent, letters))
    const value = rationalToNumber(exponent.numerator, exponent.denominator)
    if (value < 0)
      return this.emit(RECIPROCAL, this.power(base, { ...exponent, numerator: -exponent.numerator }, letters), 0)
    if (value === 0.5) return this.emit(ROOT, base, 0)
    if (!Number.isInteger(value) || value > 16) return this.emit(POWER, base, this.constant(value))
    if (value === 0) return this.constant(1)
    let result: number | null = null
    let square = base
    for (let k = value; k > 0; k = Math.floor(k / 2)) {
      if (k % 2 === 1) result = result === null ? square : this.emit(MULTIPLY, result, square)
      if (k > 1) square = this.emit(SQUARE, square, 0)
    }
    return result!
  }

  private call(name: KnownFunction, args: readonly Expression[], letters: ReadonlyMap<string, number>): number {
    const places = args.map((a) => this.place(a, letters))
    const one = unary[name]
    if (one && places.length === 1) return this.emit(UNARY, places[0]!, 0, one, name)
    const two = binary[name]
    if (two && places.length >= 2) return places.reduce((a, b) => this.emit(BINARY, a, b, two, name))
    throw new DomainError(`${name} of ${args.length} arguments has no numeric value`)
  }

  private unroll(e: IndexedSumNode, letters: ReadonlyMap<string, number>): number {
    const { index, range } = e
    if (typeof index !== 'string')
      throw new DomainError(`a sum over values of a quantity cannot be compiled, in \`${brief(e)}\``)
    const whole = (bound: Expression): number => {
      const member = bound.kind === 'symbol' ? letters.get(bound.name) : undefined
      if (member !== undefined) return member
      if (bound.kind !== 'number' || bound.denominator !== 1n)
        throw new DomainError(`the bound ${brief(bound)} is not a whole number, in \`${brief(e)}\``)
      return Number(bound.numerator)
    }
    const members = ((): readonly number[] => {
      if (range.kind === 'interval') {
        const from = whole(range.from)
        const count = Math.max(0, whole(range.to) - from + 1)
        if (count > largestProgram) throw new LimitError(`a sum over ${count} members is too large to compile`)
        return Array.from({ length: count }, (_, k) => from + k)
      }
      if (range.kind === 'values') return range.values.map(whole)
      const name = range.kind === 'family' ? range.family : range.name
      const found = this.options.members?.({ kind: range.kind, name })
      if (!found) throw new DomainError(`the members of ${range.kind} ${name} are not given, in \`${brief(e)}\``)
      return found
    })()
    const sum = e.kind === 'indexedSum'
    if (members.length === 0) return this.constant(sum ? 0 : 1)
    return members
      .map((member) => this.place(e.body, new Map(letters).set(index, member)))
      .reduce((a, b) => this.emit(sum ? ADD : MULTIPLY, a, b))
  }
}
