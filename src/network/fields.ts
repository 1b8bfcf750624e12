import { DomainError } from '../expression/errors.js'
import { type Activation, type Ensemble, inputCount } from './ensemble.js'
import { patternCount } from './pairs/ensemble.js'
import { type PairFieldName, pairFieldNames, patternsOfField } from './pairs/fields.js'

/**
 * A number that each layer of a feed-forward network has. Of one input:
 * - `norm`: |z^l|;
 * - `positiveNorm`, `negativeNorm`: the norms of the positive and the negative components of z^l;
 * - `positiveCount`: how many components of z^l are positive;
 * - `activationMean`: the mean of phi(z^l) over neurons.
 *
 * Of two inputs i and j (i = j allowed):
 * - `overlap`: z^l_i . z^l_j / N_l;
 * - `activationOverlap`: phi(z^l_i) . phi(z^l_j) / N_l (for `sign` the overlap of two networks' outputs);
 * - `correlation`: z^l_i . z^l_j / (|z^l_i| |z^l_j|).
 *
 * Of all inputs:
 * - `meanLength`: the mean over inputs of |z^l|^2 / N_l;
 * - `logGrowth`: the mean over inputs of log |z^l|^2 / N_l less that of layer l - 1 (0 at layer 0);
 * - `logSeparation`: the same for the differences of input 0 from every other, log |z^l_0 - z^l_i|^2 / N_l;
 * - `meanOverlap`, `meanCorrelation`: the means over pairs of different inputs of `overlap` and `correlation`;
 * - `deadFraction`: the share of neurons and inputs with z^l <= 0;
 * - `silentFraction`: the share of neurons with z^l <= 0 for every input;
 * - `spreadCorrelation`: the correlation over neurons of |mean over inputs of z^l| with the standard deviation over inputs.
 *
 * A correlation or a logarithm where a length (or a spread) is zero does not exist: the simulation says so.
 */
export type SingleFieldName = keyof typeof singleFields

/** How many inputs each field of a feed-forward network is of; 0 stands for all. */
const singleFields = {
  norm: 1,
  positiveNorm: 1,
  negativeNorm: 1,
  positiveCount: 1,
  activationMean: 1,
  overlap: 2,
  activationOverlap: 2,
  correlation: 2,
  meanLength: 0,
  logGrowth: 0,
  logSeparation: 0,
  meanOverlap: 0,
  meanCorrelation: 0,
  deadFraction: 0,
  silentFraction: 0,
  spreadCorrelation: 0,
  nodeMean: 0,
  nodeDeviation: 0,
} as const

/** Fields that compare inputs. */
const comparing: readonly FieldName[] = [
  'meanOverlap',
  'meanCorrelation',
  'logSeparation',
  'spreadCorrelation',
  'nodeDeviation',
]

/** Numbers of each neuron of one layer: its pre-activations' mean and standard deviation over inputs. For samples alone. */
export type NodeFieldName = 'nodeMean' | 'nodeDeviation'

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
  /** Of a field of neurons: the layer. @defaultValue the last */
  readonly layer?: number
}

/** What observables take: a field's name alone stands for that of the first input (or the first two). */
export type Field = FieldName | FieldReference

export type Level = 'weights' | 'preactivations' | 'collective'

const isPairField = (name: FieldName): name is PairFieldName => (pairFieldNames as readonly string[]).includes(name)
const wantedInputs = (name: FieldName): number => (isPairField(name) ? patternsOfField(name) : singleFields[name])
const defaultInputs = (name: FieldName): readonly number[] =>
  isPairField(name) ? [0, 0].slice(0, patternsOfField(name)) : [0, 1].slice(0, singleFields[name])

/** Whether a field has a number for each neuron of one layer, in place of one for each layer. */
export const isNodeField = (name: FieldName): name is NodeFieldName => name === 'nodeMean' || name === 'nodeDeviation'

/** A field with its inputs spelled out. */
export interface ResolvedField {
  readonly name: FieldName
  readonly inputs: readonly number[]
  /** Of a field of neurons: the layer. */
  readonly layer?: number
}

/** The fields that describe an activation's collective state: those whose joint law closes over layers, or the norm. */
export const collectiveFields = (activation: Activation): readonly SingleFieldName[] =>
  activation === 'relu' ? ['positiveNorm', 'negativeNorm', 'positiveCount'] : ['norm']

/** The fields that a level can observe of a feed-forward network. */
export function observableFields(activation: Activation, level: Level): readonly SingleFieldName[] {
  if (level !== 'collective') return Object.keys(singleFields) as SingleFieldName[]
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
  const { name, inputs, layer }: FieldReference = typeof field === 'string' ? { name: field } : field
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
  if (comparing.includes(name) && available < 2)
    throw new DomainError(`the field '${name}' compares inputs, and the ensemble has one: give two inputs or more`)
  if (!isNodeField(name)) return { name, inputs: chosen }
  const at = layer ?? ensemble.depth - 1
  if (!Number.isSafeInteger(at) || at < 0 || at >= ensemble.depth)
    throw new DomainError(`the field '${name}' asks for layer ${layer}: layers are 0 to ${ensemble.depth - 1}`)
  return { name, inputs: chosen, layer: at }
}

/** A string that two resolved fields share exactly when they are the same. */
export const fieldKey = (field: ResolvedField): string =>
  `${field.name}:${field.inputs.join(',')}${field.layer === undefined ? '' : `@${field.layer}`}`
