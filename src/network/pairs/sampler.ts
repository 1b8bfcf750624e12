import type { Level } from '../fields.js'
import type { Sampler } from '../trajectory.js'
import { pairCollectiveSampler } from './levels/collective.js'
import type { PairContext } from './levels/context.js'
import { pairPreactivationSampler } from './levels/preactivations.js'
import { pairWeightsSampler } from './levels/weights.js'

/** The sampler of a pair ensemble at each level. */
export const pairLevels = {
  weights: pairWeightsSampler,
  preactivations: pairPreactivationSampler,
  collective: pairCollectiveSampler,
} as const satisfies Record<Level, (context: PairContext) => Sampler>
