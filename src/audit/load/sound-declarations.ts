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
  const leftOut: { readonly statement: string; readonly reason: string }[] = []
  for (let unsound = firstUnsound(paper, derivations); unsound !== null; unsound = firstUnsound(paper, derivations)) {
    errors.push(unsound.error)
    for (const { statement } of derivations.splice(unsound.position, 1))
      leftOut.push({ statement, reason: unsound.error.detail })
  }
  const { unloaded } = declared
  return { declared: { derivations, confirmations, figures, ...(unloaded && { unloaded }), leftOut }, errors }
}

/** The first derivation that does not fit those before it, and why. */
function firstUnsound(
  paper: Paper,
  derivations: Declarations['derivations'],
): { readonly position: number; readonly error: InputError } | null {
  const problem = problemOf(paper, derivations)
  if (problem === null) return null
  for (let count = 1; count < derivations.length; count++) {
    const earlier = problemOf(paper, derivations.slice(0, count))
    if (earlier !== null) return { position: count - 1, error: earlier }
  }
  return { position: derivations.length - 1, error: problem }
}

function problemOf(paper: Paper, derivations: Declarations['derivations']): InputError | null {
  try {
    premiseGraph(paper, derivations)
    return null
  } catch (error) {
    if (error instanceof InputError) return error
    throw error
  }
}
