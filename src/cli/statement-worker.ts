import type { Depth } from '../audit/derivation.js'
import { type Groundwork, groundworkOf } from '../audit/groundwork.js'
import { loadSecondEngine, type SecondEngine } from '../exact/second-engine.js'
import { findStatement } from './session.js'
import { workerSession } from './worker-session.js'

/** The groundwork of one statement, for a worker thread. */
export interface StatementTask {
  /** Folder with the paper's data and derivations. */
  readonly root: string
  /** Full id. */
  readonly statement: string
  readonly seed: number
  readonly depth: Depth
}

let secondEngine: Promise<SecondEngine> | null = null

/**
 * Does one statement's groundwork. Null where it fails or cannot be sent, as errors lose their kind between threads and checks of
 * somebody's may put anything into their evidence: whoever asked does it again and sees. Called by tinypool by name.
 */
export async function groundwork({ root, statement, seed, depth }: StatementTask): Promise<Groundwork | null> {
  try {
    const { prepared } = findStatement(await workerSession(root, statement), statement)
    secondEngine ??= loadSecondEngine()
    const options = { seed, depth, secondEngine: await secondEngine, overrides: new Map(), instead: null }
    return structuredClone(await groundworkOf(prepared, statement, options))
  } catch {
    return null
  }
}
