import { type AttackResult, attackStatement } from '../audit/mutation/attack.js'
import { InputError } from '../expression/errors.js'
import { findStatement } from './session.js'
import { type SimulationPool, simulationPool } from './simulation-pool.js'
import { workerSession } from './worker-session.js'

/** One statement to attack. */
export interface MutationTask {
  readonly root: string
  /** Full id. */
  readonly statement: string
  readonly seed: number
  readonly each: number
}

/** Simulations that this worker has run. */
let pool: SimulationPool | null = null

/**
 * Attacks one statement. What cannot be understood of it is part of the result, as in an audit: errors lose their kind on the
 * way between threads. Called by tinypool by name.
 */
export async function attack({ root, statement, seed, each }: MutationTask): Promise<AttackResult> {
  const session = await workerSession(root, statement)
  pool ??= simulationPool({ workers: 1 })
  const { prepared } = findStatement(session, statement)
  try {
    return await attackStatement(prepared, statement, { seed, each, simulate: pool.simulate })
  } catch (error) {
    if (error instanceof InputError) return { statement, skipped: null, error: error.message, mutants: [] }
    throw error
  }
}
