import {
  add,
  call,
  type Expression,
  imaginaryUnit,
  type KnownFunction,
  multiply,
  pi,
  power,
  rational,
  symbol,
} from '../../../src/expression/expression.js'

/** A formula as the fixture scripts write it: `["+", a, b]`, `["q", "1", "2"]`, `["s", "x"]`, `["f", "exp", a]`. */
export type Tree = readonly (string | Tree)[]

/** Reads a fixture's tree. */
export function fromTree(tree: Tree): Expression {
  const [head, ...rest] = tree
  const parts = (): Expression[] => (rest as Tree[]).map(fromTree)
  switch (head) {
    case '+':
      return add(...parts())
    case '*':
      return multiply(...parts())
    case '^':
      return power(fromTree(rest[0] as Tree), fromTree(rest[1] as Tree))
    case 'q':
      return rational(BigInt(rest[0] as string), BigInt(rest[1] as string))
    case 's':
      return symbol(rest[0] as string)
    case 'i':
      return imaginaryUnit
    case 'pi':
      return pi
    case 'f':
      return call(rest[0] as KnownFunction, ...(rest.slice(1) as Tree[]).map(fromTree))
    default:
      throw new Error(`unknown node ${head}`)
  }
}
