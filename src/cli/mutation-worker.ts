import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { guardAuthors } from '../audit/load/author-guard.js'
import { type AttackResult, attackStatement } from '../audit/mutation/attack.js'
import { InputError } from '../expression/errors.js'
import { findStatement, openSession, type Session } from './session.js'
import { type SimulationPool, simulationPool } from './simulation-pool.js'

/** One statement to attack. */
export interface MutationTask {
  readonly root: string
  /** Full id. */
  readonly statement: string
  readonly seed: number
  readonly each: number
}

/** What a worker keeps from one task to the next: papers by folder and id, and the simulations that it has run. */
const sessions = new Map<string, Promise<Session>>()
let pool: SimulationPool | null = null

function sessionOf(root: string, paper: string): Promise<Session> {
  const key = join(root, paper)
  const known = sessions.get(key) ?? openSession(root, [paper])
  sessions.set(key, known)
  return known
}

/**
 * Attacks one statement. What cannot be understood of it is part of the result, as in an audit: errors lose their kind on the
 * way between threads. Called by tinypool by name.
 */
export async function attack({ root, statement, seed, each }: MutationTask): Promise<AttackResult> {
  if (!isMainThread) guardAuthors()
  const session = await sessionOf(root, statement.split('/')[0]!)
  pool ??= simulationPool({ workers: 1 })
  const { prepared } = findStatement(session, statement)
  try {
    return await attackStatement(prepared, statement, { seed, each, simulate: pool.simulate })
  } catch (error) {
    if (error instanceof InputError) return { statement, skipped: null, error: error.message, mutants: [] }
    throw error
  }
}
