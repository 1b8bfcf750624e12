import type { ResolvedField } from '../../fields.js'
import type { KernelExports, KernelMemory } from '../../kernels/kernels.js'
import type { PairEnsemble } from '../ensemble.js'

/** What a level needs to make its sampler of pairs. */
export interface PairContext {
  readonly ensemble: PairEnsemble
  readonly fields: readonly ResolvedField[]
  readonly kernels: KernelExports
  readonly memory: KernelMemory
}
