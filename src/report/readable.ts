import { type SimplifyOptions, simplify } from '../exact/simplify.js'
import {
  add,
  children,
  type Expression,
  type Formula,
  mapChildren,
  multiply,
  power,
  sameTree,
} from '../expression/expression.js'
import type { Notation } from '../expression/notation.js'
import { readExpression } from '../expression/read-latex.js'

/** The notation's abbreviations (`\Delta_w` for `1 - \sigma_w^2`) and domains, as the simplifier takes them. */
function optionsOf(notation: Notation): SimplifyOptions {
  const abbreviations = new Map<string, Expression>()
  for (const { name, definition } of notation.symbols)
    if (definition !== null) abbreviations.set(name, readExpression(definition, notation))
  const domains = new Map(notation.symbols.flatMap((s) => (s.domain ? [[s.name, s.domain] as const] : [])))
  const complex = new Set(notation.symbols.filter((s) => s.complex).map(({ name }) => name))
  return { abbreviations, domains, complex }
}

const holdsSum = (e: Expression): boolean =>
  e.kind === 'indexedSum' || e.kind === 'integral' || e.kind === 'measureIntegral' || children(e).some(holdsSum)

/** Products of an amplitude and its conjugate as squared moduli. */
function withModuli(e: Expression): Expression {
  const inner = mapChildren(e, withModuli)
  if (inner.kind !== 'product') return inner
  const conjugate = inner.factors.findIndex(
    (f) => f.kind === 'conjugate' && inner.factors.some((other) => sameTree(other, f.of)),
  )
  const found = inner.factors[conjugate]
  if (found?.kind !== 'conjugate') return inner
  const partner = inner.factors.findIndex((other) => sameTree(other, found.of))
  const rest = inner.factors.filter((_, k) => k !== conjugate && k !== partner)
  return withModuli(multiply(...rest, power({ kind: 'modulus', of: found.of }, 2)))
}

/**
 * An expression as a person would write it: coefficients cancelled and gathered, declared abbreviations in their places.
 * Sums over a lattice and integrals keep their terms; each is tidied by itself. Equal in value to what is given.
 */
export function readable(e: Expression, notation: Notation): Expression {
  const options = optionsOf(notation)
  const visit = (node: Expression): Expression => {
    if (node.kind === 'orderOf') return node
    if (node.kind === 'indexedSum' || node.kind === 'integral') return { ...node, body: visit(node.body) }
    if (node.kind === 'sum') return add(...node.terms.map(visit))
    if (!holdsSum(node)) return simplify(node, options)
    if (node.kind !== 'product') return node
    const inner = node.factors.filter(holdsSum).map(visit)
    return multiply(simplify(multiply(...node.factors.filter((f) => !holdsSum(f))), options), ...inner)
  }
  return withModuli(visit(e))
}

/** Every side of a formula, readable. */
export const readableFormula = (formula: Formula, notation: Notation): Formula => ({
  ...formula,
  sides: formula.sides.map((side) => readable(side, notation)),
})
