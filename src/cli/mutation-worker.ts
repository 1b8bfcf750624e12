import { type AttackResult, attackStatement } from '../audit/mutation/attack.js'
import { findStatement, openSession, type Session } from './session.js'
import { type SimulationPool, simulationPool } from './simulation-pool.js'

/** One statement to attack. */
export interface MutationTask {
  readonly root: string
  readonly statement: string
  readonly seed: number
  readonly each: number
}

/** What a worker keeps from one task to the next: the papers, and the simulations that it has run. */
interface Kept {
  readonly root: string
  readonly session: Session
  readonly pool: SimulationPool
}
let kept: Promise<Kept> | null = null

async function open(root: string): Promise<Kept> {
  return { root, session: await openSession(root), pool: simulationPool({ workers: 1 }) }
}

/** Attacks one statement. Called by tinypool by name. */
export async function attack({ root, statement, seed, each }: MutationTask): Promise<AttackResult> {
  if (kept === null || (await kept).root !== root) kept = open(root)
  const { session, pool } = await kept
  const { prepared } = findStatement(session, statement)
  return attackStatement(prepared, statement, { seed, each, simulate: pool.simulate })
}
