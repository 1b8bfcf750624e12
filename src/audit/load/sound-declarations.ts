import { InputError } from '../../expression/errors.js'
import { premiseGraph } from '../graph.js'
import type { Declarations } from '../prepare.js'
import type { Paper } from '../statement.js'

/** Declarations that fit a paper, and why others were left out. */
export interface SoundDeclarations {
  readonly declared: Declarations
  readonly errors: readonly InputError[]
}

/**
 * Leaves out what does not fit a paper: derivations, checks and figures of statements that it does not have, derivations from
 * such, second derivations, and those that close a circle of premises. The rest can be audited.
 */
export function soundDeclarations(paper: Paper, declared: Declarations): SoundDeclarations {
  const errors: InputError[] = []
  const known = new Set(paper.statements.map(({ id }) => id))
  const isKnown = ({ statement, kind }: { readonly statement: string; readonly kind: string }): boolean => {
    const id = `${paper.id}/${statement}`
    if (!known.has(id))
      errors.push(new InputError(`a ${kind} of '${id}', which is no statement; \`corrigenda list\` names them all`))
    return known.has(id)
  }
  const confirmations = declared.confirmations.filter(isKnown)
  const figures = declared.figures.filter(isKnown)
  const derivations = [...declared.derivations]
  for (;;)
    try {
      premiseGraph(paper, derivations)
      return { declared: { derivations, confirmations, figures }, errors }
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push(error)
      derivations.splice(firstUnsound(paper, derivations), 1)
    }
}

/** The first derivation that does not fit those before it. */
function firstUnsound(paper: Paper, derivations: Declarations['derivations']): number {
  for (let count = 1; count < derivations.length; count++)
    try {
      premiseGraph(paper, derivations.slice(0, count))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return count - 1
    }
  return derivations.length - 1
}
