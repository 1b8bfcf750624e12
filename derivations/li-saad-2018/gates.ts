/** Sums over the inputs of a majority gate, written out for a number of inputs. */
import {
  add,
  DomainError,
  type Expression,
  type Formula,
  type IndexedNode,
  lastSide,
  mapChildren,
  multiply,
  rational,
  scalarValue,
  substitute,
  symbol,
} from 'corrigenda'

type Assignment = ReadonlyMap<string, readonly (1 | -1)[]>

/** Every way of giving k signs to each of the named inputs. */
function assignments(names: readonly string[], k: number): readonly Assignment[] {
  const count = names.length * k
  return Array.from({ length: 2 ** count }, (_, code) => {
    const sign = (position: number): 1 | -1 => ((code >> position) & 1 ? 1 : -1)
    return new Map(names.map((name, n) => [name, Array.from({ length: k }, (_, j) => sign(n * k + j))]))
  })
}

const signOf = (e: Expression): Expression => {
  if (e.kind !== 'function' || e.name !== 'sign') return e
  const [argument] = e.arguments
  if (argument?.kind !== 'number') return e
  return rational(argument.numerator > 0n ? 1 : argument.numerator < 0n ? -1 : 0)
}

/** A formula's last side for gates with k inputs: the trace over their inputs, sums and products over them, written out. */
export function writtenGate(formula: Formula, k: number): Expression {
  const expand = (e: Expression, inputs: Assignment, letters: ReadonlyMap<string, number>): Expression => {
    const inner = (x: Expression): Expression => expand(x, inputs, letters)
    if (e.kind === 'measureIntegral' && e.trace) {
      const names = e.measures.map((m) => (m.kind === 'indexed' || m.kind === 'symbol' ? m.name : ''))
      return add(...assignments(names, k).map((values) => expand(e.body, new Map([...inputs, ...values]), letters)))
    }
    if (
      (e.kind === 'indexedSum' || e.kind === 'indexedProduct') &&
      typeof e.index === 'string' &&
      e.range.kind === 'interval'
    ) {
      const [from, to] = [e.range.from, e.range.to].map((bound) => scalarValue(bound, { inputsPerNeuron: k }))
      const { index, body } = e
      const terms = Array.from({ length: to! - from! + 1 }, (_, j) =>
        expand(body, inputs, new Map(letters).set(index, from! + j)),
      )
      return e.kind === 'indexedSum' ? add(...terms) : multiply(...terms)
    }
    if (e.kind === 'indexed') {
      const values = inputs.get(e.name)
      if (!values) return e
      const { letter, sign, offset } = e.indices[0]!.index
      const place = (letter === null ? 0 : sign * (letters.get(letter) ?? Number.NaN)) + offset
      const value = values[place - 1]
      if (value === undefined) throw new DomainError(`a gate with ${k} inputs has no input ${place}`)
      return rational(value)
    }
    return signOf(mapChildren(e, inner))
  }
  return expand(lastSide(formula), new Map(), new Map())
}

/** The value of a written gate: magnetisations and overlap of the layer before as scalars. */
export const withScalars = (e: Expression): Expression =>
  substitute(e, (node) => (node.kind === 'indexed' ? symbol(placed(node)) : undefined))

/** Names of the layer before alone: a quantity of another layer keeps its place in the name and has no value. */
const placed = ({ name, indices }: IndexedNode): string => {
  const offset = indices[0]?.index.offset
  return offset === -1 ? name : `${name} at layer l${offset === 0 ? '' : `+${offset}`}`
}

export interface LayerState {
  readonly referenceMagnetisation: number
  readonly magnetisation: number
  readonly overlap: number
}

/** A claimed layer map as a function; what a formula names beyond the layer before throws DomainError. */
export function gateMap(claimed: Formula, k: number): (state: LayerState, flipping: number) => number {
  const written = withScalars(writtenGate(claimed, k))
  return (state, flipping) => scalarValue(written, { ...state, flipping })
}
