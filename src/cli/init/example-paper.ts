/** The paper that `corrigenda init` writes where no source is given: one definition, one result derived, one still open. */
import type { Notation, SymbolDeclaration } from '../../expression/notation.js'
import type { InitialStatement } from './yaml-text.js'

const symbol = (
  name: string,
  latex: string,
  meaning: string,
  kind: SymbolDeclaration['kind'] = 'scalar',
): SymbolDeclaration => ({
  name,
  kind,
  latex: [latex],
  meaning,
  unit: null,
  domain:
    kind === 'scalar' && latex !== 'x'
      ? { minimum: 0, maximum: 10, includeMinimum: false, includeMaximum: false, integer: false }
      : null,
  complex: false,
  slots: [],
  over: null,
  definition: null,
})

export const exampleNotation: Notation = {
  symbols: [
    symbol('displacement', 'x', 'displacement from rest'),
    symbol('stiffness', 'k', 'stiffness of the spring'),
    symbol('hardening', 'g', 'how the spring hardens'),
    symbol('mass', 'm', 'mass at the end of the spring'),
    symbol('frequency', '\\omega', 'angular frequency of small oscillations'),
    symbol('potential', 'V', 'potential energy', 'function'),
    symbol('force', 'F', 'force on the mass', 'function'),
  ],
  families: [],
  variables: [],
}

const statement = (number: number, about: string, printed: string): InitialStatement => ({
  id: `eq-${number}`,
  label: `(${number})`,
  section: '1',
  about,
  place: null,
  note: null,
  printed,
  encodingReason: null,
})

export const exampleStatements: readonly InitialStatement[] = [
  { ...statement(1, 'energy of a hardening spring', 'V(x) = \\frac{k}{2} x^2 + \\frac{g}{4} x^4'), role: 'definition' },
  statement(2, 'force of the spring', 'F(x) = -k x - g x^3'),
  statement(3, 'frequency of small oscillations', '\\omega = \\sqrt{k/m}'),
]

export const exampleDerivations = `// @ts-check
/**
 * What follows from what. A derivation is a function of its premises, which are named by the ids of their statements, and
 * never sees what is printed: corrigenda compares what it returns with the LaTeX of its statement.
 */
import { derive, differentiate, lastSide, negate } from 'corrigenda'

export const force = derive('eq-2', { potential: 'eq-1' }, 'minus the derivative of the potential', ({ potential }, context) =>
  negate(differentiate(lastSide(potential), context.scalar('x'))),
)
`
