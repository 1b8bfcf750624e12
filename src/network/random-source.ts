import { instantiateKernels } from './kernels/kernels.js'
import { type StreamName, startStream, streamState } from './stream.js'

/** Random numbers of one named stream. */
export interface NamedRandom {
  /** A standard normal. */
  readonly normal: () => number
  /** A uniform on the open interval (0, 1). */
  readonly uniform: () => number
}

/**
 * A named stream's numbers one by one, for what is drawn outside of networks (population dynamics). The same name gives
 * the same numbers. Throws DomainError for a seed or shard that is no whole number.
 */
export function namedRandom(name: StreamName): NamedRandom {
  const kernels = instantiateKernels()
  startStream(kernels, streamState(name))
  return { normal: () => kernels.nextNormal(), uniform: () => kernels.nextUniform() }
}
