import { Worker } from 'node:worker_threads'
import { LimitError } from '../../expression/errors.js'

/** How long a module may take to load. */
const seconds = 10

/**
 * Loads a module in a thread of its own first, where it can be stopped. Throws LimitError where it does not finish; what else
 * it does is found out when it is loaded in earnest.
 */
export async function probeImport(url: string, file: string): Promise<void> {
  // Threads load JavaScript; where the engine runs from TypeScript, as in its tests, nothing is probed.
  if (import.meta.url.endsWith('.ts')) return
  const worker = new Worker(new URL('./import-probe-worker.js', import.meta.url), { workerData: url })
  let timer: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new LimitError(`it did not finish loading within ${seconds} s: put what it computes into its derivations`, {
              file,
            }),
          ),
        seconds * 1000,
      )
      worker.once('message', () => resolve())
      worker.once('error', () => resolve())
      worker.once('exit', () => resolve())
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
