import { Worker } from 'node:worker_threads'
import { LimitError } from '../../expression/errors.js'

/** How long a module may take to load. */
const seconds = 10

/** What is tried, and how. */
export interface Probe {
  readonly url: string
  readonly file: string
  /** In which every module is the author's. */
  readonly folder: string
  /** Whether the loader refuses needless imports. */
  readonly guarded: boolean
}

/**
 * Loads a module in a thread of its own first, where it can be stopped. Throws LimitError where it does not finish; what else
 * it does is found out when it is loaded in earnest.
 */
export async function probeImport({ url, file, folder, guarded }: Probe): Promise<void> {
  // Threads load JavaScript; where the engine runs from TypeScript, as in its tests, nothing is probed.
  if (import.meta.url.endsWith('.ts')) return
  const worker = new Worker(new URL('./import-probe-worker.js', import.meta.url), {
    // Beyond the deadline of this thread, which ends what the other cannot.
    workerData: { url, file, folder, guarded, seconds: 2 * seconds },
    // What it prints, it prints again when it is loaded in earnest.
    stdout: true,
    stderr: true,
  })
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
