import { sha256 } from '@noble/hashes/sha2.js'
import { DomainError } from '../expression/errors.js'
import type { KernelExports } from './kernels/kernels.js'

/** The 256 bits of a random stream's state, as four unsigned 64-bit words. Immutable plain data (structured-clonable). */
export type StreamState = readonly [bigint, bigint, bigint, bigint]

/** What names a stream. The same name gives the same numbers whatever else runs. */
export interface StreamName {
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number
  /** What the stream is for, e.g. a statement's id and the level. Any text. */
  readonly name: string
  /** A whole number from 0 to 2^53 - 1. */
  readonly shard: number
}

/** Throws DomainError unless `value` is a whole number that a double holds exactly. */
function checkWhole(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new DomainError(`${what} is ${value}: give a whole number from 0 to 2^53 - 1`)
}

/**
 * Where a named stream starts: the SHA-256 of `corrigenda-stream-v1|seed|name|shard` (UTF-8), read as four
 * little-endian words. Streams of different names start at points of xoshiro's cycle (2^256 - 1 long) that are as good
 * as independent; two of 10^6 streams of 2^40 draws overlap with a probability below 10^-50.
 * @throws DomainError on a seed or shard that is not a whole number.
 */
export function streamState({ seed, name, shard }: StreamName): StreamState {
  checkWhole(seed, 'the seed')
  checkWhole(shard, 'the shard number')
  const digest = sha256(new TextEncoder().encode(`corrigenda-stream-v1|${seed}|${name}|${shard}`))
  const view = new DataView(digest.buffer, digest.byteOffset, 32)
  const word = (k: number): bigint => view.getBigUint64(8 * k, true)
  return [word(0), word(1), word(2), word(3)]
}

/** Puts an instance's stream into a state. */
export function startStream(kernels: KernelExports, state: StreamState): void {
  kernels.setState(state[0], state[1], state[2], state[3])
}

/** The state that an instance's stream is in. */
export function readStream(kernels: KernelExports): StreamState {
  const unsigned = (word: { readonly value: bigint }): bigint => BigInt.asUintN(64, word.value)
  return [unsigned(kernels.state0), unsigned(kernels.state1), unsigned(kernels.state2), unsigned(kernels.state3)]
}
