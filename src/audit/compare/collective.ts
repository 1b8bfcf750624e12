import { renameLetter } from '../../exact/linear-nodes.js'
import { add, children, type Expression, type IndexedNode, index, multiply } from '../../expression/expression.js'
import type { Vocabulary } from './world.js'

/** The quantities on Fourier modes that occur, each at the first letter of its family. */
export function modesIn(expressions: readonly Expression[], vocabulary: Vocabulary): readonly IndexedNode[] {
  const found = new Map<string, IndexedNode>()
  const visit = (e: Expression): void => {
    if (e.kind === 'indexed' && !found.has(e.name)) {
      const mode = e.indices.find((s) => vocabulary.byName.get(s.slot)?.geometry === 'modes')
      const letter = mode && vocabulary.byName.get(mode.slot)?.letters[0]
      if (mode && letter) {
        const indices = e.indices.map((s) => (s.slot === mode.slot ? { ...s, index: index(letter) } : s))
        found.set(e.name, { ...e, indices })
      }
    }
    children(e).forEach(visit)
  }
  expressions.forEach(visit)
  return [...found.values()]
}

/** Whether an expression sums over the members of a family of that geometry. */
export function sumsOver(e: Expression, geometry: 'modes' | 'periodic', vocabulary: Vocabulary): boolean {
  if (e.kind === 'indexedSum' && typeof e.index === 'string' && vocabulary.byLetter.get(e.index)?.geometry === geometry)
    return true
  return children(e).some((child) => sumsOver(child, geometry, vocabulary))
}

/** Names of the declared fields (functions of a continuous variable) that occur. */
export function fieldsIn(expressions: readonly Expression[], vocabulary: Vocabulary): readonly string[] {
  const found = new Set<string>()
  const visit = (e: Expression): void => {
    if (e.kind === 'apply' && vocabulary.symbols.get(e.name)?.kind === 'field') found.add(e.name)
    children(e).forEach(visit)
  }
  expressions.forEach(visit)
  return [...found]
}

/** The density of a sum of integrals over the whole line, prefactors drawn in; null where an expression is none. */
export function integralDensity(e: Expression): { readonly variable: string; readonly density: Expression } | null {
  if (e.kind === 'integral') return e.from === null && e.to === null ? { variable: e.variable, density: e.body } : null
  if (e.kind === 'product') {
    const integrals = e.factors.filter((factor) => integralDensity(factor) !== null)
    const [only] = integrals
    if (integrals.length !== 1 || only === undefined) return null
    const inner = integralDensity(only)!
    return { ...inner, density: multiply(...e.factors.filter((factor) => factor !== only), inner.density) }
  }
  if (e.kind !== 'sum') return null
  const parts = e.terms.map(integralDensity)
  const [first] = parts
  if (!first || parts.some((part) => part === null)) return null
  const densities = parts.map((part) => renameLetter(part!.density, part!.variable, first.variable))
  return { variable: first.variable, density: add(...densities) }
}

/** Sums over sites or modes and integrals are equal in more ways than what stands under them. */
export function isCollective(left: Expression, right: Expression, vocabulary: Vocabulary): boolean {
  const collective = (e: Expression): boolean =>
    e.kind === 'integral' ||
    sumsOver(e, 'periodic', vocabulary) ||
    sumsOver(e, 'modes', vocabulary) ||
    children(e).some(collective)
  return collective(left) || collective(right)
}
