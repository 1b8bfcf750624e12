import type { Ensemble, FeedForwardEnsemble } from './ensemble.js'
import { fieldKey, type Level, type ResolvedField } from './fields.js'
import { instantiateKernels, type KernelExports, KernelMemory } from './kernels/kernels.js'
import { collectiveSampler } from './levels/collective.js'
import { preactivationSampler } from './levels/preactivations.js'
import { weightsSampler } from './levels/weights.js'
import { pairLevels } from './pairs/sampler.js'
import { type StreamState, startStream } from './stream.js'

/** One network's fields: for each observed field its value at every layer. Overwritten by the next network. */
export type Trajectory = ReadonlyMap<string, Float64Array>

/** Draws one network after another; each call overwrites the trajectory it returned before. */
export type Sampler = () => Trajectory

/** What a level needs to make its sampler. */
export interface SamplerContext {
  readonly ensemble: FeedForwardEnsemble
  readonly fields: readonly ResolvedField[]
  readonly kernels: KernelExports
  readonly memory: KernelMemory
}

const levels = {
  weights: weightsSampler,
  preactivations: preactivationSampler,
  collective: collectiveSampler,
} as const satisfies Record<Level, (context: SamplerContext) => Sampler>

/**
 * A sampler of an ensemble's networks at a level, on a stream of its own. The ensemble must be valid and the level
 * must know the fields (`validateRequest`).
 */
export function makeSampler(
  ensemble: Ensemble,
  level: Level,
  fields: readonly ResolvedField[],
  state: StreamState,
): Sampler {
  const kernels = instantiateKernels()
  startStream(kernels, state)
  const unique = [...new Map(fields.map((field) => [fieldKey(field), field])).values()]
  const rest = { fields: unique, kernels, memory: new KernelMemory(kernels) }
  return ensemble.kind === 'pair' ? pairLevels[level]({ ensemble, ...rest }) : levels[level]({ ensemble, ...rest })
}
