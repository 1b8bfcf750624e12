import { DomainError } from '../expression/errors.js'
import { type Activation, type Ensemble, inputCount } from './ensemble.js'
import { patternCount } from './pairs/ensemble.js'
import { type PairFieldName, pairFieldNames, patternsOfField } from './pairs/fields.js'

/**
 * A number that each layer of a feed-forward network has:
 * - `norm`: |z^l|;
 * - `positiveNorm`, `negativeNorm`: the norms of the positive and the negative components of z^l;
 * - `positiveCount`: how many components of z^l are positive;
 * - `overlap`: z^l_i . z^l_j / N_l between two inputs i and j;
 * - `activationOverlap`: phi(z^l_i) . phi(z^l_j) / N_l (i = j allowed; for `sign` the overlap of two networks' outputs).
 */
export type SingleFieldName =
  | 'norm'
  | 'positiveNorm'
  | 'negativeNorm'
  | 'positiveCount'
  | 'overlap'
  | 'activationOverlap'

/** A number that each layer has: of a network, or of a pair of networks. */
export type FieldName = SingleFieldName | PairFieldName

/** A field of an input (the first unless told), or of a pair of inputs. The inputs of pairs of networks are their patterns. */
export interface FieldReference {
  readonly name: FieldName
  /**
   * One input, or two for an overlap, or none where a field is of all.
   * @defaultValue [0], or [0, 1] for an overlap; for an overlap of pairs of networks [0, 0]
   */
  readonly inputs?: readonly number[]
}

/** What observables take: a field's name alone stands for that of the first input (or the first two). */
export type Field = FieldName | FieldReference

export type Level = 'weights' | 'preactivations' | 'collective'

const isPairField = (name: FieldName): name is PairFieldName => (pairFieldNames as readonly string[]).includes(name)
const isOverlap = (name: FieldName): boolean => name === 'overlap' || name === 'activationOverlap'

const wantedInputs = (name: FieldName): number => (isPairField(name) ? patternsOfField(name) : isOverlap(name) ? 2 : 1)
const defaultInputs = (name: FieldName): readonly number[] =>
  isPairField(name) ? [0, 0].slice(0, patternsOfField(name)) : isOverlap(name) ? [0, 1] : [0]

/** A field with its inputs spelled out. */
export interface ResolvedField {
  readonly name: FieldName
  readonly inputs: readonly number[]
}

/** The fields that describe an activation's collective state: those whose joint law closes over layers, or the norm. */
export const collectiveFields = (activation: Activation): readonly SingleFieldName[] =>
  activation === 'relu' ? ['positiveNorm', 'negativeNorm', 'positiveCount'] : ['norm']

/** The fields that a level can observe of a feed-forward network. */
export function observableFields(activation: Activation, level: Level): readonly SingleFieldName[] {
  if (level !== 'collective')
    return ['norm', 'positiveNorm', 'negativeNorm', 'positiveCount', 'overlap', 'activationOverlap']
  return activation === 'relu' ? ['norm', 'positiveNorm', 'negativeNorm', 'positiveCount'] : ['norm']
}

/** The fields that a level can observe of an ensemble. */
export const fieldsAt = (ensemble: Ensemble, level: Level): readonly FieldName[] =>
  ensemble.kind === 'pair' ? pairFieldNames : observableFields(ensemble.activation, level)

/**
 * The field that an observable means.
 * @throws DomainError if the level cannot observe it or an input does not exist.
 */
export function resolveField(field: Field, ensemble: Ensemble, level: Level): ResolvedField {
  const { name, inputs } = typeof field === 'string' ? { name: field, inputs: undefined } : field
  const possible = fieldsAt(ensemble, level)
  if (!possible.includes(name))
    throw new DomainError(
      `the ${level} level${ensemble.kind === 'pair' ? ' of pairs of networks' : ''} does not observe the field '${name}': take one of ${possible.join(', ')}`,
    )
  const chosen = inputs ?? defaultInputs(name)
  const wanted = wantedInputs(name)
  const available = ensemble.kind === 'pair' ? patternCount(ensemble) : inputCount(ensemble)
  if (chosen.length !== wanted)
    throw new DomainError(`the field '${name}' needs ${wanted} input${wanted === 1 ? '' : 's'}, not ${chosen.length}`)
  for (const k of chosen)
    if (!Number.isSafeInteger(k) || k < 0 || k >= available)
      throw new DomainError(
        `the field '${name}' asks for input ${k}, but the ensemble's inputs are 0 to ${available - 1}`,
      )
  return { name, inputs: chosen }
}

/** A string that two resolved fields share exactly when they are the same. */
export const fieldKey = (field: ResolvedField): string => `${field.name}:${field.inputs.join(',')}`
