import { DomainError } from '../expression/errors.js'
import { type Activation, type FeedForwardEnsemble, inputCount } from './ensemble.js'

/**
 * A number that each layer of a network has:
 * - `norm`: |z^l|;
 * - `positiveNorm`, `negativeNorm`: the norms of the positive and the negative components of z^l;
 * - `positiveCount`: how many components of z^l are positive;
 * - `overlap`: z^l_i . z^l_j / N_l between two inputs i and j;
 * - `activationOverlap`: phi(z^l_i) . phi(z^l_j) / N_l (i = j allowed; for `sign` the overlap of two networks' outputs).
 */
export type FieldName = 'norm' | 'positiveNorm' | 'negativeNorm' | 'positiveCount' | 'overlap' | 'activationOverlap'

/** A field of an input (the first unless told), or of a pair of inputs. */
export interface FieldReference {
  readonly name: FieldName
  /** One input, or two for an overlap. @defaultValue [0], or [0, 1] for an overlap */
  readonly inputs?: readonly number[]
}

/** What observables take: a field's name alone stands for that of the first input (or the first two). */
export type Field = FieldName | FieldReference

export type Level = 'weights' | 'preactivations' | 'collective'

const isPair = (name: FieldName): boolean => name === 'overlap' || name === 'activationOverlap'

/** A field with its inputs spelled out. */
export interface ResolvedField {
  readonly name: FieldName
  readonly inputs: readonly [number] | readonly [number, number]
}

/** The fields that describe an activation's collective state: those whose joint law closes over layers, or the norm. */
export const collectiveFields = (activation: Activation): readonly FieldName[] =>
  activation === 'relu' ? ['positiveNorm', 'negativeNorm', 'positiveCount'] : ['norm']

/** The fields that a level can observe. */
export function observableFields(activation: Activation, level: Level): readonly FieldName[] {
  if (level !== 'collective')
    return ['norm', 'positiveNorm', 'negativeNorm', 'positiveCount', 'overlap', 'activationOverlap']
  return activation === 'relu' ? ['norm', 'positiveNorm', 'negativeNorm', 'positiveCount'] : ['norm']
}

/**
 * The field that an observable means.
 * @throws DomainError if the level cannot observe it or an input does not exist.
 */
export function resolveField(field: Field, ensemble: FeedForwardEnsemble, level: Level): ResolvedField {
  const { name, inputs } = typeof field === 'string' ? { name: field, inputs: undefined } : field
  const possible = observableFields(ensemble.activation, level)
  if (!possible.includes(name))
    throw new DomainError(`the ${level} level does not observe the field '${name}': take one of ${possible.join(', ')}`)
  const chosen = inputs ?? (isPair(name) ? [0, 1] : [0])
  const wanted = isPair(name) ? 2 : 1
  const available = inputCount(ensemble)
  if (chosen.length !== wanted)
    throw new DomainError(`the field '${name}' needs ${wanted} input${wanted > 1 ? 's' : ''}, not ${chosen.length}`)
  for (const k of chosen)
    if (!Number.isSafeInteger(k) || k < 0 || k >= available)
      throw new DomainError(
        `the field '${name}' asks for input ${k}, but the ensemble's inputs are 0 to ${available - 1}`,
      )
  return { name, inputs: chosen as unknown as ResolvedField['inputs'] }
}

/** A string that two resolved fields share exactly when they are the same. */
export const fieldKey = (field: ResolvedField): string => `${field.name}:${field.inputs.join(',')}`
