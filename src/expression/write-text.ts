/** Writes expressions as plain text, for terminals and for computer algebra systems. */

import { InputError } from './errors.js'
import { children, type Expression, type Formula, type Index } from './expression.js'

const indexText = (i: Index): string => {
  if (i.letter === null) return String(i.sign * i.offset)
  const letter = i.letter.replace(/\\/g, '')
  return `${i.sign === -1 ? '-' : ''}${letter}${i.offset > 0 ? `+${i.offset}` : i.offset < 0 ? i.offset : ''}`
}

const indices = (list: readonly { readonly index: Index }[]): string =>
  list.length === 0 ? '' : `[${list.map((i) => indexText(i.index)).join(', ')}]`

const symbolText = (name: string): string => name.replace(/\\/g, '')

function rangeText(e: Extract<Expression, { kind: 'indexedSum' | 'indexedProduct' }>): string {
  const letter = typeof e.index === 'string' ? symbolText(e.index) : toText(e.index)
  switch (e.range.kind) {
    case 'interval':
      return `${letter} = ${toText(e.range.from)}..${toText(e.range.to)}`
    case 'family':
      return `${letter} over ${e.range.family}`
    case 'set':
      return `${letter} in ${e.range.name}`
    case 'values':
      return `${letter} in {${e.range.values.map((v) => toText(v)).join(', ')}}`
  }
}

const isAtomic = (e: Expression): boolean =>
  !['sum', 'product', 'power', 'matrixProduct'].includes(e.kind) &&
  !(e.kind === 'number' && (e.numerator < 0n || e.denominator !== 1n))

const grouped = (e: Expression): string => (isAtomic(e) ? toText(e) : `(${toText(e)})`)

function productText(factors: readonly Expression[]): string {
  const [first, ...rest] = factors
  if (first?.kind === 'number' && first.numerator === -1n && first.denominator === 1n && rest.length > 0)
    return `-${productText(rest)}`
  return factors
    .map((f) =>
      f.kind === 'power' || (f.kind === 'number' && f === first && f.denominator === 1n) ? toText(f) : grouped(f),
    )
    .join(' * ')
}

/** An expression (or formula) as plain text: `2 * weightStandardDeviation^2 * fluctuation[l-1]`. Never throws. */
export function toText(e: Expression | Formula): string {
  if ('sides' in e) return e.sides.map((s, i) => (i === 0 ? '' : `${e.relations[i - 1]} `) + toText(s)).join(' ')
  const list = (items: readonly Expression[]): string => items.map((x) => toText(x)).join(', ')
  switch (e.kind) {
    case 'number':
      return e.denominator === 1n ? `${e.numerator}` : `${e.numerator}/${e.denominator}`
    case 'constant':
      return e.name
    case 'symbol':
      return symbolText(e.name)
    case 'indexed':
      return e.name + indices(e.indices)
    case 'sum':
      return e.terms
        .map((t, i) => {
          const text = toText(t)
          return i === 0 ? text : text.startsWith('-') ? ` - ${text.slice(1)}` : ` + ${text}`
        })
        .join('')
    case 'product':
      return productText(e.factors)
    case 'matrixProduct':
      return e.factors.map(grouped).join(' . ')
    case 'power':
      return `${grouped(e.base)}^${grouped(e.exponent)}`
    case 'function':
      return `${e.name}(${list(e.arguments)})`
    case 'apply':
      return `${e.name}${indices(e.indices)}(${list(e.arguments)})`
    case 'derivative':
      return `D(${toText(e.of)}, ${toText(e.variable)}${e.order === 1 ? '' : `, ${e.order}`})`
    case 'indexedSum':
    case 'indexedProduct':
      return `${e.kind === 'indexedSum' ? 'sum' : 'product'}(${rangeText(e)}: ${toText(e.body)})`
    case 'integral': {
      const bounds =
        e.from || e.to ? ` = ${e.from ? toText(e.from) : '-infinity'}..${e.to ? toText(e.to) : 'infinity'}` : ''
      return `integral(${symbolText(e.variable)}${bounds}: ${toText(e.body)})`
    }
    case 'measureIntegral':
      return `integral([${list(e.measures)}]: ${toText(e.body)})`
    case 'matrix':
      return `[${e.rows.map((row) => `[${list(row)}]`).join(', ')}]`
    default:
      return `${e.kind}(${toText(e.of)})`
  }
}

/** Functions whose names other systems share; the rest is named by the caller. */
const shared: ReadonlyMap<string, string> = new Map([
  ...['exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'abs', 'sign', 'erf', 'gamma', 'max', 'min'].map((f) => [f, f] as const), // biome-ignore format: a list
  ['step', 'step'],
  ['factorial', 'factorial'],
])

/**
 * An expression in the syntax that nerdamer and its kin accept.
 *
 * @param nameOf the identifier of a symbol, and of any node that has no such syntax (an indexed quantity, a field at a
 *   point, a sum over a lattice); it must match `[A-Za-z][A-Za-z0-9_]*`
 * @throws InputError on a name that is no identifier
 */
export function toAlgebraSystem(e: Expression, nameOf: (node: Expression) => string): string {
  const write = (x: Expression): string => toAlgebraSystem(x, nameOf)
  switch (e.kind) {
    case 'number':
      return e.denominator === 1n ? `(${e.numerator})` : `(${e.numerator}/${e.denominator})`
    case 'constant':
      return e.name
    case 'sum':
      return `(${e.terms.map(write).join('+')})`
    case 'product':
      return `(${e.factors.map(write).join('*')})`
    case 'power':
      return `(${write(e.base)})^(${write(e.exponent)})`
    case 'function': {
      const name = shared.get(e.name)
      if (name !== undefined) return `${name}(${children(e).map(write).join(',')})`
    }
  }
  const name = nameOf(e)
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name))
    throw new InputError(`\`${name}\` is no identifier for an algebra system: use letters, digits and underscores`)
  return name
}
