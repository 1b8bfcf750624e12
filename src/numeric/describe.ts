import type { Expression, Index, IndexSlot } from '../expression/expression.js'

const indexText = ({ letter, sign, offset }: Index): string => {
  if (letter === null) return String(offset)
  const shift = offset === 0 ? '' : offset > 0 ? `+${offset}` : String(offset)
  return `${sign < 0 ? '-' : ''}${letter}${shift}`
}

const slotsText = (indices: readonly IndexSlot[]): string =>
  indices.length === 0 ? '' : `[${indices.map((slot) => indexText(slot.index)).join(', ')}]`

const bracketed = (e: Expression): string =>
  e.kind === 'sum' ||
  e.kind === 'product' ||
  e.kind === 'power' ||
  (e.kind === 'number' && (e.denominator !== 1n || e.numerator < 0n))
    ? `(${describe(e)})`
    : describe(e)

const list = (items: readonly Expression[]): string => items.map(describe).join(', ')

/** A short plain-text form of a formula for error messages and witnesses: complete, unambiguous, not meant to be read back. */
export function describe(e: Expression): string {
  switch (e.kind) {
    case 'number':
      return e.denominator === 1n ? String(e.numerator) : `${e.numerator}/${e.denominator}`
    case 'constant':
    case 'symbol':
      return e.name
    case 'indexed':
      return `${e.name}${slotsText(e.indices)}`
    case 'sum':
      return e.terms.map(describe).join(' + ')
    case 'product':
      return e.factors.map(bracketed).join('*')
    case 'matrixProduct':
      return e.factors.map(bracketed).join(' . ')
    case 'power':
      return `${bracketed(e.base)}^${bracketed(e.exponent)}`
    case 'function':
      return `${e.name}(${list(e.arguments)})`
    case 'apply':
      return `${e.name}${slotsText(e.indices)}(${list(e.arguments)})`
    case 'derivative':
      return `derivative(${describe(e.of)}, ${describe(e.variable)}, ${e.order})`
    case 'indexedSum':
    case 'indexedProduct': {
      const letter = typeof e.index === 'string' ? e.index : describe(e.index)
      const range =
        e.range.kind === 'interval'
          ? `${letter}=${describe(e.range.from)}..${describe(e.range.to)}`
          : e.range.kind === 'values'
            ? `${letter} in {${list(e.range.values)}}`
            : `${letter} in ${e.range.kind === 'family' ? e.range.family : e.range.name}`
      return `${e.kind === 'indexedSum' ? 'sum' : 'product'}(${range}: ${describe(e.body)})`
    }
    case 'integral': {
      const bounds = e.from === null || e.to === null ? '' : `=${describe(e.from)}..${describe(e.to)}`
      return `integral(${e.variable}${bounds}: ${describe(e.body)})`
    }
    case 'measureIntegral':
      return `integral([${list(e.measures)}]: ${describe(e.body)})`
    case 'matrix':
      return `matrix(${e.rows.map((row) => `[${list(row)}]`).join(', ')})`
    default:
      return `${e.kind}(${describe(e.of)})`
  }
}

/** `describe`, cut to a length that fits in a message. */
export function brief(e: Expression, length = 120): string {
  const text = describe(e)
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
