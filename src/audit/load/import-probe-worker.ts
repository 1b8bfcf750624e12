/** A thread that loads one module and says so. */
import { parentPort, workerData } from 'node:worker_threads'

await import(String(workerData)).catch(() => {})
parentPort?.postMessage('loaded')
