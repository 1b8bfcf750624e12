import { InputError } from '../expression/errors.js'
import { children, type Expression, type Formula } from '../expression/expression.js'
import type { Domain, Notation, SymbolDeclaration, SymbolKind } from '../expression/notation.js'
import { needsOf, vocabularyOf } from './compare/world.js'
import type { Derived } from './derivation.js'
import { domainSyntax, parseDomain } from './load/domain.js'

/** Domains of symbols that no paper declares, by name, as papers write them: `{ 'first length': '(0, inf)' }`. */
export type PrivateSymbols = Readonly<Record<string, string>>

/**
 * What was derived, with the domains of the symbols, quantities and unknown functions in it that the derivation made up
 * for itself: instances are drawn from them, and roots and logarithms may rely on them. Without a domain none of them may be
 * left in what a derivation returns. For a function the domain is that of its values; `(-inf, inf)` is any smooth one.
 *
 * @throws InputError on a domain that is none
 */
export function withPrivateSymbols(symbols: PrivateSymbols, derived: Derived | Expression | Formula): Derived {
  const domains = new Map(Object.entries(symbols).map(([name, text]) => [name, domainOf(name, text)] as const))
  if ('sides' in derived) return { kind: 'formula', formula: derived, privately: domains }
  switch (derived.kind) {
    case 'value':
    case 'formula':
    case 'instances':
      return { ...derived, privately: domains }
    case 'region':
    case 'nothing':
      throw new InputError(`withPrivateSymbols: a ${derived.kind} holds no symbols; return it as it is`)
    default:
      return { kind: 'value', value: derived, privately: domains }
  }
}

function domainOf(name: string, text: unknown): Domain {
  const domain = typeof text === 'string' ? parseDomain(text) : null
  if (domain === null)
    throw new InputError(
      `withPrivateSymbols: the domain of '${name}' is ${JSON.stringify(text)}; write ${domainSyntax}`,
    )
  return domain
}

/** The notation with a derivation's own symbols declared. */
export function withPrivate(notation: Notation, derived: Derived): Notation {
  if (!('privately' in derived) || derived.privately === undefined || derived.privately.size === 0) return notation
  const used = namesIn(expressionsOf(derived))
  const declared = [...derived.privately].map(([name, domain]) => declaration(name, domain, used.get(name) ?? 'scalar'))
  return { ...notation, symbols: [...notation.symbols, ...declared] }
}

const declaration = (name: string, domain: Domain, kind: SymbolKind): SymbolDeclaration => ({
  name,
  kind,
  latex: [],
  meaning: 'introduced by the derivation',
  unit: null,
  // A function is any smooth one where its values may be anything.
  domain: kind === 'function' && domain.minimum === -Infinity && domain.maximum === Infinity ? null : domain,
  complex: false,
  slots: [],
  over: null,
  definition: null,
})

/**
 * Throws InputError where a derivation returns symbols, quantities or functions that neither the paper nor it declares: nobody could say
 * where they live, and drawn from anywhere they would refute what is true.
 */
export function refuseUndeclared(derived: Derived, notation: Notation): void {
  if (derived.kind !== 'value' && derived.kind !== 'formula') return
  const vocabulary = vocabularyOf(notation)
  const own = derived.privately ?? new Map()
  const isKnown = (name: string): boolean =>
    vocabulary.symbols.has(name) || own.has(name) || notation.variables.includes(name)
  const expressions = expressionsOf(derived)
  const scalars = needsOf(vocabulary, expressions).scalars
  const others = [...namesIn(expressions)].flatMap(([name, kind]) => (kind === 'scalar' ? [] : [name]))
  const unknown = [...new Set([...scalars, ...others])].filter((name) => !isKnown(name))
  if (unknown.length === 0) return
  const names = unknown.map((name) => `'${name}'`).join(', ')
  throw new InputError(
    `its derivation returns ${names}, which the paper does not declare: name it as the paper does (context.read), or say where it lives: withPrivateSymbols({ '${unknown[0]}': '(0, inf)' }, …)`,
  )
}

function expressionsOf(derived: Derived): readonly Expression[] {
  if (derived.kind !== 'value' && derived.kind !== 'formula') return []
  return [derived, ...(derived.others ?? [])].flatMap((one) => (one.kind === 'value' ? [one.value] : one.formula.sides))
}

/** The names in expressions, and what they name. */
function namesIn(expressions: readonly Expression[]): ReadonlyMap<string, 'scalar' | 'quantity' | 'function'> {
  const found = new Map<string, 'scalar' | 'quantity' | 'function'>()
  const visit = (e: Expression): void => {
    if (e.kind === 'symbol') found.set(e.name, 'scalar')
    if (e.kind === 'indexed') found.set(e.name, 'quantity')
    if (e.kind === 'apply') found.set(e.name, 'function')
    for (const child of children(e)) visit(child)
  }
  for (const e of expressions) visit(e)
  return found
}
