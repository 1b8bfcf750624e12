import { DomainError, LimitError } from '../expression/errors.js'
import {
  type Ensemble,
  type FeedForwardEnsemble,
  inputCount,
  inputDimension,
  validateEnsemble,
  widestOf,
  widthsOf,
} from './ensemble.js'
import { fieldsAt, type Level, resolveField } from './fields.js'
import { fieldsOf, type Observable } from './observables/observable.js'
import { validateObservable } from './observables/validate.js'
import { type PairEnsemble, pairWidths, patternCount } from './pairs/ensemble.js'
import { checkPairField, checkPairLevel } from './pairs/levels/admissible.js'
import { validatePairEnsemble } from './pairs/validate.js'

/** What is to be simulated. */
export interface SimulationRequest {
  readonly ensemble: Ensemble
  readonly level: Level
  readonly observables: readonly Observable[]
  /** How many independent networks. */
  readonly networks: number
  /** Names the random streams, e.g. the statement's id; with the seed it fixes every number drawn. */
  readonly stream: string
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number
  /**
   * Networks in each shard but the last. Part of the request: another number draws other networks.
   * @defaultValue as many as take about a twentieth of a second
   */
  readonly networksPerShard?: number
}

/** A part of a simulation, as plain data that a worker can be sent. */
export interface Shard {
  readonly ensemble: Ensemble
  readonly level: Level
  readonly observables: readonly Observable[]
  readonly stream: string
  readonly seed: number
  /** Position of the shard; with `stream` and `seed` it names the random stream. */
  readonly shard: number
  /** Number, in the whole simulation, of the shard's first network. */
  readonly firstNetwork: number
  readonly networks: number
}

/**
 * What the simulators draw and how they add it up, as a number: results of one version are never taken for another's.
 * Raised with every change by which any request gives other bytes.
 */
export const simulatorVersion = 1

const shardNanoseconds = 50_000_000
/** Random numbers that one network may take: some minutes of work. */
const largestNetwork = 1e11
/** Numbers in a layer, all inputs together: some hundred megabytes. */
const largestLayer = 20_000_000
const mostNetworks = 1_000_000_000

/** Random numbers that a network takes, roughly: the measure of its cost. */
export function drawsPerNetwork(ensemble: Ensemble, level: Level): number {
  if (ensemble.kind === 'pair') return drawsPerPair(ensemble, level)
  const widths = widthsOf(ensemble)
  const inputs = inputCount(ensemble)
  if (level === 'collective') return widths.length * 4
  if (level === 'preactivations') {
    // Special weights ask for a factorisation of each neuron.
    const each = ensemble.special === undefined ? 1 : 2 + inputs / 6
    return widths.reduce((sum, width) => sum + width * inputs * (inputs + 1) * each, 0)
  }
  const dimension = inputDimension(ensemble)
  return widths.reduce((sum, width, l) => sum + width * (l === 0 ? dimension : widths[l - 1]!) * inputs, 0)
}

function drawsPerPair(ensemble: PairEnsemble, level: Level): number {
  const widths = pairWidths(ensemble)
  const inputs = 2 * patternCount(ensemble)
  if (level === 'collective') return widths.length * 4
  const sum = (of: (width: number, before: number) => number): number =>
    widths.slice(1).reduce((total, width, k) => total + of(width, widths[k]!), 0)
  if (level === 'preactivations') return sum((width) => width * inputs * (inputs + 1))
  const { weights } = ensemble
  return sum((width, before) => width * (weights.kind === 'sparse' ? weights.inputs : before) * (inputs + 1))
}

/** Neurons of the widest layer and how many inputs of a network it holds at once. */
const layerSize = (ensemble: Ensemble): number =>
  ensemble.kind === 'pair'
    ? Math.max(...pairWidths(ensemble)) * 2 * patternCount(ensemble)
    : widestOf(ensemble) * inputCount(ensemble)

function checkLevel(ensemble: FeedForwardEnsemble, level: Level): void {
  if (level !== 'collective') return
  if (ensemble.activation !== 'linear' && ensemble.activation !== 'relu')
    throw new DomainError(
      "the collective level knows the activations 'linear' and 'relu'; take the level 'preactivations'",
    )
  if (inputCount(ensemble) > 1)
    throw new DomainError("the collective level takes one input; for several take the level 'preactivations'")
  if (ensemble.input.kind === 'normal')
    throw new DomainError("the collective level takes a fixed input; for normal inputs take the level 'preactivations'")
  if (ensemble.rows !== undefined || ensemble.special !== undefined)
    throw new DomainError(
      "the collective level takes independent normal weights, where order parameters close; for correlated rows and special weights take the level 'preactivations'",
    )
}

/**
 * The request itself, once it is known to make sense.
 * @throws DomainError that says what cannot be, LimitError where one network would take more than some minutes.
 */
export function validateRequest(request: SimulationRequest): SimulationRequest {
  const { ensemble, level, observables, networks, networksPerShard } = request
  if (ensemble.kind === 'pair') validatePairEnsemble(ensemble)
  else validateEnsemble(ensemble)
  if (!Number.isSafeInteger(networks) || networks < 1 || networks > mostNetworks)
    throw new DomainError(`${networks} networks: give a whole number from 1 to ${mostNetworks}`)
  if (networksPerShard !== undefined && !(Number.isSafeInteger(networksPerShard) && networksPerShard >= 1))
    throw new DomainError(`${networksPerShard} networks a shard: give a whole number, 1 or more`)
  if (ensemble.kind === 'pair') checkPairLevel(ensemble, level)
  else checkLevel(ensemble, level)
  if (observables.length === 0)
    throw new DomainError(
      `nothing is observed: give at least one observable, of fields such as ${fieldsAt(ensemble, level).join(', ')}`,
    )
  for (const observable of observables) {
    validateObservable(observable, ensemble, level)
    if (ensemble.kind === 'pair')
      for (const field of fieldsOf(observable)) checkPairField(ensemble, level, resolveField(field, ensemble, level))
  }
  const numbers = layerSize(ensemble)
  if (level !== 'collective' && numbers > largestLayer)
    throw new LimitError(
      `a layer of all inputs holds ${numbers} numbers, more than ${largestLayer}: take fewer inputs or a smaller width`,
    )
  const draws = drawsPerNetwork(ensemble, level)
  if (draws > largestNetwork)
    throw new LimitError(
      `one network takes about ${draws.toExponential(1)} random numbers at the ${level} level, more than ${largestNetwork.toExponential(0)}: take a cheaper level or smaller widths`,
    )
  return request
}

/**
 * A simulation in parts. The division depends on the request alone, never on the number of workers, and each part has
 * its own named stream; so running the parts anywhere, in any order, and merging in shard order gives the same bytes.
 * @throws DomainError, LimitError as `validateRequest`.
 */
export function planShards(request: SimulationRequest): readonly Shard[] {
  const { ensemble, level, observables, stream, seed, networks } = validateRequest(request)
  const cost = 5 * drawsPerNetwork(ensemble, level)
  const size = request.networksPerShard ?? Math.max(1, Math.min(10_000, Math.floor(shardNanoseconds / cost)))
  return Array.from({ length: Math.ceil(networks / size) }, (_, shard) => ({
    ensemble,
    level,
    observables,
    stream,
    seed,
    shard,
    firstNetwork: shard * size,
    networks: Math.min(size, networks - shard * size),
  }))
}
