/**
 * Writes a named random stream's raw 64-bit words (little-endian) to standard output until the reader closes it:
 *   npm run build && node scripts/raw-stream.mjs [SEED] [NAME] | dieharder -g 200 -d 0
 */
import { writeSync } from 'node:fs'

const dist = new URL(process.env.CORRIGENDA_DIST ?? '../dist/', import.meta.url)
const { instantiateKernels } = await import(new URL('src/network/kernels/kernels.js', dist))
const { startStream, streamState } = await import(new URL('src/network/stream.js', dist))

const [seed = '1', name = 'dieharder'] = process.argv.slice(2)
const kernels = instantiateKernels()
startStream(kernels, streamState({ seed: Number(seed), name, shard: 0 }))
const words = new BigUint64Array(1 << 15)
const bytes = new Uint8Array(words.buffer)
try {
  for (;;) {
    for (let k = 0; k < words.length; k++) words[k] = kernels.nextWord()
    for (let from = 0; from < bytes.length; ) from += writeSync(1, bytes, from)
  }
} catch (error) {
  if (error.code !== 'EPIPE') throw error
}
