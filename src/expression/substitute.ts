/** Replacing parts of expressions, shifting index letters, and asking what an expression is made of. */
import {
  add,
  children,
  type Expression,
  type Index,
  type IndexedNode,
  keyOf,
  mapChildren,
  negate,
  rational,
  symbol,
} from './expression.js'

/** What to put in place of a node; undefined keeps it (and looks inside it). */
export type Replacement = (node: Expression) => Expression | undefined

/**
 * The expression with parts replaced, outermost first; replacements are not looked into again.
 *
 * Names bound by sums and integrals are the caller's matter: substitute values that do not mention them.
 *
 * @param e the expression; of a premise, `lastSide(premise)`
 * @param replacements a map from `keyOf(part)` to what stands there instead, for parts that are given; or a function that is
 *   shown every part and gives its replacement, or undefined to keep it and look inside
 * @returns the expression with the replacements in it; sums, products and powers of numbers are carried out
 */
export function substitute(e: Expression, replacements: ReadonlyMap<string, Expression> | Replacement): Expression {
  if (typeof replacements !== 'function') {
    if (replacements.size === 0) return e
    return substitute(e, (node) => replacements.get(keyOf(node)))
  }
  const replaced = replacements(e)
  return replaced ?? mapChildren(e, (c) => substitute(c, replacements))
}

/** The expression with every free occurrence of the symbol `name` replaced. */
export function substituteSymbol(e: Expression, name: string, by: Expression): Expression {
  return substitute(e, (node) => {
    if (node.kind === 'symbol') return node.name === name ? by : undefined
    if ((node.kind === 'indexedSum' || node.kind === 'indexedProduct') && node.index === name)
      return node.range.kind === 'interval'
        ? {
            ...node,
            range: {
              kind: 'interval',
              from: substituteSymbol(node.range.from, name, by),
              to: substituteSymbol(node.range.to, name, by),
            },
          }
        : node
    if (node.kind === 'integral' && node.variable === name)
      return {
        ...node,
        from: node.from && substituteSymbol(node.from, name, by),
        to: node.to && substituteSymbol(node.to, name, by),
      }
    return undefined
  })
}

/**
 * Several symbols replaced at once, so that `{a -> b, b -> a}` swaps them. What sums and integrals bind stays.
 *
 * @param e the expression
 * @param values by the symbols' names in the notation (`weightVariance`, not `\sigma_w^2`), or by the letter of a variable
 */
export const substituteSymbols = (e: Expression, values: ReadonlyMap<string, Expression>): Expression => {
  // Through fresh names first, so that {a -> b, b -> a} swaps.
  const fresh = new Map([...values.keys()].map((name, i) => [name, `\u0000${i}`]))
  const renamed = [...fresh].reduce((x, [name, other]) => substituteSymbol(x, name, symbol(other)), e)
  return [...values].reduce((x, [name, value]) => substituteSymbol(x, fresh.get(name)!, value), renamed)
}

/** An index with its letter replaced by another index: `l-1` with `l -> -m+2` is `-m+1`. */
export function replaceLetter(i: Index, letter: string, by: Index): Index {
  if (i.letter !== letter) return i
  const sign = (i.sign * by.sign) as 1 | -1
  if (by.letter === null) return { letter: null, sign: 1, offset: i.offset + i.sign * by.sign * by.offset }
  return { letter: by.letter, sign, offset: i.offset + i.sign * by.offset }
}

const indexValue = (i: Index): Expression => {
  if (i.letter === null) return rational(i.sign * i.offset)
  return add(i.sign === 1 ? symbol(i.letter) : negate(symbol(i.letter)), rational(i.offset))
}

/**
 * The expression with an index letter replaced everywhere it is free: in the slots of quantities and on the base line.
 *
 * @param letter the letter as it is written: `l`
 * @param by an index: `index('l', -1)` moves every site back by one, `index(null, 0)` puts site 0
 */
export function substituteLetter(e: Expression, letter: string, by: Index): Expression {
  const go = (node: Expression): Expression => {
    switch (node.kind) {
      case 'symbol':
        return node.name === letter ? indexValue(by) : node
      case 'indexed':
        return { ...node, indices: node.indices.map((s) => ({ ...s, index: replaceLetter(s.index, letter, by) })) }
      case 'apply':
        return {
          ...node,
          indices: node.indices.map((s) => ({ ...s, index: replaceLetter(s.index, letter, by) })),
          arguments: node.arguments.map(go),
        }
      case 'indexedSum':
      case 'indexedProduct': {
        if (node.index !== letter) {
          const index = typeof node.index === 'string' ? node.index : (go(node.index) as IndexedNode)
          return { ...(mapChildren(node, go) as typeof node), index }
        }
        return node.range.kind === 'interval'
          ? { ...node, range: { kind: 'interval', from: go(node.range.from), to: go(node.range.to) } }
          : node
      }
      case 'integral':
        return node.variable === letter ? node : mapChildren(node, go)
      default:
        return mapChildren(node, go)
    }
  }
  return go(e)
}

/** The expression with a letter renamed wherever it is free. */
export const renameLetter = (e: Expression, letter: string, to: string): Expression =>
  substituteLetter(e, letter, { letter: to, sign: 1, offset: 0 })

/** The expression with a site letter moved on by a whole number wherever it is free: `l -> l + by`. */
export const shiftIndex = (e: Expression, letter: string, by: number): Expression =>
  substituteLetter(e, letter, { letter, sign: 1, offset: by })

function walk(
  e: Expression,
  bound: ReadonlySet<string>,
  visit: (e: Expression, bound: ReadonlySet<string>) => void,
): void {
  visit(e, bound)
  if ((e.kind === 'indexedSum' || e.kind === 'indexedProduct') && typeof e.index === 'string') {
    const inner = new Set([...bound, e.index])
    for (const c of children(e)) walk(c, c === e.body ? inner : bound, visit)
  } else if (e.kind === 'integral') {
    const inner = new Set([...bound, e.variable])
    for (const c of children(e)) walk(c, c === e.body ? inner : bound, visit)
  } else for (const c of children(e)) walk(c, bound, visit)
}

/** The names of the symbols that are free in the expression, in order of appearance; index letters on the base line too. */
export function freeSymbols(e: Expression): ReadonlySet<string> {
  const found = new Set<string>()
  walk(e, new Set(), (node, bound) => {
    if (node.kind === 'symbol' && !bound.has(node.name)) found.add(node.name)
  })
  return found
}

/** Every different indexed quantity in the expression, in order of appearance. */
export function indexedQuantities(e: Expression): readonly IndexedNode[] {
  const found = new Map<string, IndexedNode>()
  walk(e, new Set(), (node) => {
    if (node.kind === 'indexed') found.set(keyOf(node), node)
  })
  return [...found.values()]
}

/** Whether some part of the expression (itself included) satisfies the test, or is the same tree as the given one. */
export function contains(e: Expression, part: Expression | ((node: Expression) => boolean)): boolean {
  const test =
    typeof part === 'function'
      ? part
      : (() => {
          const key = keyOf(part)
          return (node: Expression): boolean => node.kind === part.kind && keyOf(node) === key
        })()
  return test(e) || children(e).some((c) => contains(c, test))
}

/** Number of nodes, counted up to `limit`. */
export function sizeOf(e: Expression, limit = Number.POSITIVE_INFINITY): number {
  let n = 1
  for (const c of children(e)) {
    if (n > limit) break
    n += sizeOf(c, limit - n)
  }
  return n
}
