/** A thread that loads one module and says so. */
import { parentPort, workerData } from 'node:worker_threads'
import { guardAuthors } from './author-guard.js'
import { boundedAsync } from './bounded.js'
import { guardImports } from './import-guard.js'

const { url, file, folder, guarded, seconds } = workerData as {
  readonly url: string
  readonly file: string
  readonly folder: string
  /** Whether the loader is guarded too. */
  readonly guarded: boolean
  readonly seconds: number
}
guardAuthors()
if (guarded) guardImports(folder)
await boundedAsync(() => import(url), 'the module', seconds, { file, url, folder }).catch(() => {})
parentPort?.postMessage('loaded')
