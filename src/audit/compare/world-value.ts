import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import {
  type ApplyNode,
  add,
  call,
  children,
  type DerivativeNode,
  type Expression,
  type IndexSlot,
  imaginaryUnit,
  mapChildren,
  multiply,
  negate,
  rational,
  sameTree,
  symbol,
} from '../../expression/expression.js'
import type { Domain } from '../../expression/notation.js'
import { substitute } from '../../expression/substitute.js'
import type { Arithmetic } from '../../numeric/arithmetic.js'
import { type Environment, evaluate } from '../../numeric/evaluate.js'
import { ofTree } from '../../theory/support/tree.js'
import { exactDecimal, exactValue, valueText } from './domain-value.js'
import { unitHash } from './hash.js'
import { drawnValue, fieldValue, type Vocabulary, type World } from './world.js'
import { gaussianIntegral, type Harmonic } from './world-gaussian.js'
import { integrate } from './world-integral.js'
import { type Matrix, matrixValue } from './world-matrix.js'
import { argumentText, type WorldTrace } from './world-trace.js'

/** Letters bound to members, and integration variables to values. */
export interface Scope<T> {
  readonly letters: ReadonlyMap<string, number>
  readonly variables: ReadonlyMap<string, T>
}

const ownVariable = symbol('variable of a derivative')
const derivatives = new WeakMap<DerivativeNode, { readonly found: Expression | null }>()

/** A derivative by a quantity as a function of `ownVariable`, which stands for the quantity; null where it cannot be taken. */
function carriedOut(node: DerivativeNode): Expression | null {
  const known = derivatives.get(node)
  if (known !== undefined) return known.found
  let derivative = substitute(node.of, (part) => (sameTree(part, node.variable) ? ownVariable : undefined))
  for (let k = 0; k < node.order; k++) derivative = differentiate(derivative, ownVariable)
  const found = derivative.kind === 'derivative' || sameTree(derivative, node.of) ? null : derivative
  derivatives.set(node, { found })
  return found
}

/** How many members the families without geometry (neurons, inputs) have in every world. */
const plainMembers = 3
/** Fourier components of a smooth field. */
const harmonics = 2

/**
 * Evaluates formulas in a world, by brute force: every sum is carried out term by term, every field has values. It
 * knows nothing of the identities that the exact engine uses, and shares no code with it.
 */
export class WorldEvaluator<T> {
  /** Largest modulus that an integrand had at a point of a rule: what is smaller by all digits may be what rounding left. */
  largestTerm = 0

  constructor(
    readonly world: World,
    readonly vocabulary: Vocabulary,
    readonly arithmetic: Arithmetic<T>,
    /** Sites of the ring: the written bounds', where the formula has any. */
    readonly sites: number,
    /** Told everything that is taken from the world. */
    readonly trace: WorldTrace | null = null,
  ) {}

  /** Throws DomainError where the formula has no value here. */
  value(e: Expression, scope: Scope<T> = this.freeScope): T {
    return evaluate(this.#withPeriodicDeltas(e), this.#environment(scope), this.arithmetic)
  }

  /**
   * Wave vectors that differ by 2 pi are the same mode: a Kronecker delta of them is the mean of e^{i(a-b)s} over the sites
   * s of the ring.
   */
  #withPeriodicDeltas(e: Expression): Expression {
    const isMode = (node: Expression): boolean =>
      node.kind === 'symbol'
        ? this.vocabulary.byLetter.get(node.name)?.geometry === 'modes'
        : children(node).some(isMode)
    const visit = (node: Expression): Expression => {
      if (node.kind !== 'function' || node.name !== 'kroneckerDelta' || !node.arguments.some(isMode))
        return children(node).length === 0 ? node : mapChildren(node, visit)
      this.trace?.sites(this.sites)
      const [a, b] = node.arguments
      const site = 'site of a delta'
      const values = Array.from({ length: this.sites }, (_, s) => rational(s))
      const phase = call('exp', multiply(imaginaryUnit, symbol(site), add(a!, negate(b!))))
      return multiply(rational(1, this.sites), {
        kind: 'indexedSum',
        index: site,
        range: { kind: 'values', values },
        body: phase,
      })
    }
    return holdsDelta(e) ? visit(e) : e
  }

  /** Free letters stand for one member each. */
  readonly freeScope: Scope<T> = { letters: new Map(), variables: new Map() }

  /** The scope in which each of the given letters stands for a member drawn from the world's seed. */
  scopeWith(letters: Iterable<string>): Scope<T> {
    const members = [...letters].map(
      (letter) => [letter, Math.floor(unitHash(`${this.world.seed} letter ${letter}`) * this.sites)] as const,
    )
    for (const [letter, member] of members) this.trace?.letter(letter, member, this.sites)
    return { letters: new Map(members), variables: new Map() }
  }

  #environment(scope: Scope<T>): Environment<T> {
    return {
      letters: scope.letters,
      symbol: (name) => scope.variables.get(name) ?? this.#scalar(name),
      indexed: (name, indices) => this.#noted(this.#nameAt(name, indices), this.#indexed(name, indices)),
      apply: (name, indices, args) =>
        this.#noted(this.#nameAt(name, indices, args), this.#apply(name, indices, args, 0)),
      members: ({ kind, name }) => this.#members(kind, name),
      memberValue: (letter, member) => this.#memberValue(letter, member),
      node: (node, letters) => this.#node(node, { ...scope, letters }),
    }
  }

  /** `fluctuation[2]`, `activation[1](0.5)`: what a drawn value is the value of. */
  #nameAt(name: string, indices: readonly IndexSlot[], args: readonly T[] = []): string {
    if (this.trace === null || this.trace.crowded) return ''
    const places = this.#place(indices).text.replace(/\w+:/g, '')
    const shown = args.map((x) => argumentText(x, this.arithmetic))
    return `${name}${places === '' ? '' : `[${places}]`}${args.length === 0 ? '' : `(${shown.join(', ')})`}`
  }

  #noted(what: string, value: T): T {
    this.trace?.value(what, value, this.arithmetic)
    return value
  }

  readonly #scalars = new Map<string, T>()

  /** A scalar's value: exactly the fraction or decimal that a witness shows. */
  #scalar(name: string): T {
    const known = this.#scalars.get(name)
    if (known !== undefined) return known
    const drawn =
      this.world.scalars.get(name) ?? drawnValue(this.world, name, this.vocabulary.symbols.get(name)?.domain ?? null)
    this.trace?.scalar(name, valueText(drawn))
    const value = this.arithmetic.fromRational(...exactValue(drawn))
    this.#scalars.set(name, value)
    return value
  }

  readonly #known = new Map<string, T>()

  /** A drawn value, exactly the decimal that a witness shows: drawn once, as formulas speak of it many times. */
  #drawn(key: string, domain: Domain | null): T {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const value = this.#drawnOnce(key, domain)
    this.#known.set(key, value)
    return value
  }

  #drawnOnce(key: string, domain: Domain | null): T {
    const value = fieldValue(this.world, key, domain)
    // A double is the nearest to the decimal that it is shown by.
    return this.arithmetic.digits <= 17
      ? this.arithmetic.fromNumber(value)
      : this.arithmetic.fromRational(...exactDecimal(value))
  }

  /** A place as text, members of rings and of the modes wrapped; the number of the mode, where there is one. */
  #place(indices: readonly IndexSlot[]): { readonly text: string; readonly mode: number | null } {
    let mode: number | null = null
    const parts = indices.map(({ slot, index }) => {
      const family = this.vocabulary.byName.get(slot)
      let member = index.offset
      if (index.letter !== null) {
        const scalar = this.vocabulary.byForm.get(index.letter)
        const value = scalar && this.world.scalars.get(scalar.name)
        if (value === undefined) throw new DomainError(`the index ${index.letter} has no value`)
        this.trace?.scalar(scalar!.name, valueText(value))
        member += index.sign * value
      }
      if (family?.geometry === 'periodic' || family?.geometry === 'modes') {
        this.trace?.sites(this.sites)
        member = ((member % this.sites) + this.sites) % this.sites
      }
      if (family?.geometry === 'modes') mode = member
      return `${slot}:${member}`
    })
    return { text: parts.join(','), mode }
  }

  #indexed(name: string, indices: readonly IndexSlot[]): T {
    const declaration = this.vocabulary.symbols.get(name)
    const { text, mode } = this.#place(indices)
    const draw = (key: string): T => this.#drawn(`${name}[${key}]`, declaration?.domain ?? null)
    if (!declaration?.complex) return draw(text)
    if (mode === null) return this.#complexOf(draw(text), draw(`${text} i`))
    // Fourier amplitudes of a real field: the amplitude of -q is the conjugate of that of q.
    const opposite = (this.sites - mode) % this.sites
    const first = Math.min(mode, opposite)
    const key = text.replace(/mode:\d+/, '').concat(` mode ${first}`)
    if (mode === opposite) return draw(key)
    const value = this.#complexOf(draw(key), draw(`${key} i`))
    return mode === first ? value : this.arithmetic.conjugate(value)
  }

  #complexOf(re: T, im: T): T {
    return this.arithmetic.add(re, this.arithmetic.multiply(this.arithmetic.constant('i'), im))
  }

  #members(kind: 'family' | 'set', name: string): readonly number[] {
    const geometry = kind === 'family' ? this.vocabulary.byName.get(name)?.geometry : 'plain'
    const onRing = geometry === 'periodic' || geometry === 'modes' || geometry === 'open'
    if (onRing) this.trace?.sites(this.sites)
    else this.trace?.members(name, plainMembers)
    const count = onRing ? this.sites : plainMembers
    return Array.from({ length: count }, (_, k) => k)
  }

  #memberValue(letter: string, member: number): T {
    const { arithmetic } = this
    if (this.vocabulary.byLetter.get(letter)?.geometry !== 'modes') return arithmetic.fromNumber(member)
    this.trace?.sites(this.sites)
    return arithmetic.multiply(
      arithmetic.constant('pi'),
      arithmetic.fromRational(BigInt(2 * member), BigInt(this.sites)),
    )
  }

  /** A declared function is smooth and arbitrary, a field a real trigonometric polynomial, a functional a number. */
  #apply(name: string, indices: readonly IndexSlot[], args: readonly T[], order: number): T {
    const { arithmetic } = this
    const kind = this.vocabulary.symbols.get(name)?.kind
    const key = `${name}[${this.#place(indices).text}]`
    const draw = (what: string): T => this.#drawn(`${key} ${what}`, null)
    if (kind === 'functional' || args.length === 0) return this.#drawn(key, null)
    // A function with a domain has its values there, one for each argument: nothing is known of it but where it lives.
    const domain = kind === 'function' ? (this.vocabulary.symbols.get(name)?.domain ?? null) : null
    if (domain !== null && order === 0) {
      const at = args.map((x) => arithmetic.real(x).toPrecision(12))
      return this.#drawnOnce(`${key} at ${at.join(' ')}`, domain)
    }
    const cosine = (x: T): T => arithmetic.call('cos', [x])
    const quarterTurns = arithmetic.multiply(arithmetic.constant('pi'), arithmetic.fromRational(BigInt(order), 2n))
    return args
      .map((x, position) => {
        let sum = order === 0 ? draw(`constant ${position}`) : arithmetic.fromNumber(0)
        for (let k = 1; k <= harmonics; k++) {
          const phase = arithmetic.add(
            arithmetic.add(arithmetic.multiply(arithmetic.fromNumber(k), x), draw(`phase ${k} ${position}`)),
            quarterTurns,
          )
          const size = arithmetic.multiply(draw(`size ${k} ${position}`), arithmetic.fromNumber(k ** order))
          sum = arithmetic.add(sum, arithmetic.multiply(size, cosine(phase)))
        }
        return sum
      })
      .reduce((a, b) => (order === 0 ? arithmetic.multiply(a, b) : arithmetic.add(a, b)))
  }

  #derivative(of: ApplyNode, at: Expression, order: number, scope: Scope<T>): T {
    const slots = of.indices.map((s) => ({ slot: s.slot, index: this.#bind(s, scope) }))
    const argument = this.value(at, scope)
    const name = `${of.name}${"'".repeat(order)}`
    return this.#noted(this.#nameAt(name, slots, [argument]), this.#apply(of.name, slots, [argument], order))
  }

  /** The harmonics of a derivative of a function of one argument, in double precision; null where it has none. */
  harmonicsOf(of: ApplyNode, order: number, scope: Scope<T>): readonly Harmonic[] | null {
    const declaration = this.vocabulary.symbols.get(of.name)
    if (declaration !== undefined && (declaration.kind !== 'function' || declaration.domain !== null)) return null
    const slots = of.indices.map((s) => ({ slot: s.slot, index: this.#bind(s, scope) }))
    const key = `${of.name}[${this.#place(slots).text}]`
    this.trace?.drawnUnseen()
    const draw = (what: string): number => drawnValue(this.world, `${key} ${what}`, null)
    const waves = Array.from({ length: harmonics }, (_, n) => n + 1).flatMap((k): readonly Harmonic[] => {
      const size = (draw(`size ${k} 0`) * k ** order) / 2
      const phase = draw(`phase ${k} 0`) + (order * Math.PI) / 2
      const [re, im] = [size * Math.cos(phase), size * Math.sin(phase)]
      return [
        { frequency: k, re, im },
        { frequency: -k, re, im: -im },
      ]
    })
    return order === 0 ? [{ frequency: 0, re: draw('constant 0'), im: 0 }, ...waves] : waves
  }

  /** A derivative by a quantity, taken exactly and evaluated where the quantity is. */
  #carriedOut(node: DerivativeNode, scope: Scope<T>): T {
    const derivative = carriedOut(node)
    if (derivative === null) throw new DomainError('this derivative cannot be taken, and has no value here')
    const variables = new Map(scope.variables).set(ownVariable.name, this.value(node.variable, scope))
    return this.value(derivative, { ...scope, variables })
  }

  #node(node: Expression, scope: Scope<T>): T {
    switch (node.kind) {
      case 'derivative': {
        const { of } = node
        if (of.kind === 'apply' && node.variable.kind === 'symbol') {
          const [argument] = of.arguments
          const at = argument ?? node.variable
          if (of.arguments.length <= 1 && at.kind === 'symbol' && at.name === node.variable.name)
            return this.#derivative(of, at, node.order, scope)
        }
        // `\phi'(u)`: the derivative at what stands in the bracket.
        if (of.kind === 'apply' && of.arguments.length === 1 && sameTree(of.arguments[0]!, node.variable))
          return this.#derivative(of, node.variable, node.order, scope)
        return this.#carriedOut(node, scope)
      }
      case 'integral':
        return (
          gaussianIntegral(this, node, scope) ?? integrate(this, node, scope, containsField(node.body, this.vocabulary))
        )
      case 'configuration':
        return this.arithmetic.fromNumber(1)
      case 'expectation':
        throw new DomainError('an expectation has no value in one world')
      case 'matrixProduct':
      case 'transpose':
      case 'determinant':
      case 'matrix':
        return matrixValue(this, node, scope, (name, key) => this.#matrixEntry(name, key))
      default:
        throw new DomainError(`a node of kind ${node.kind} has no value in a world`)
    }
  }

  #bind(slot: IndexSlot, scope: Scope<T>): IndexSlot['index'] {
    const { letter, sign, offset } = slot.index
    const member = letter === null ? undefined : scope.letters.get(letter)
    return member === undefined ? slot.index : { letter: null, sign: 1, offset: sign * member + offset }
  }

  #matrixEntry(name: string, key: string): T {
    this.trace?.drawnUnseen()
    return this.#drawn(`${name} ${key}`, null)
  }
}

export type { Matrix }

const holdsDelta = ofTree(
  (e: Expression): boolean => (e.kind === 'function' && e.name === 'kroneckerDelta') || children(e).some(holdsDelta),
)

function containsField(e: Expression, vocabulary: Vocabulary): boolean {
  if (e.kind === 'apply' && vocabulary.symbols.get(e.name)?.kind === 'field') return true
  return children(e).some((child) => containsField(child, vocabulary))
}
