import { dirname, resolve } from 'node:path'
import type { AttackResult } from '../../audit/mutation/attack.js'
import { passes } from '../../audit/mutation/tally.js'
import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { requireWritable, writeAtomic } from '../files.js'
import { mutationPool } from '../mutation-pool.js'
import { mutationJson, mutationText } from '../mutation-text.js'
import { readOptions } from '../options.js'
import { locatePapers, shippedNotice } from '../papers-door.js'
import { openSession, packageVersion, select } from '../session.js'
import { Progress, print } from '../terminal.js'

export const mutate: Command = async (rawArguments, signal) => {
  const { positionals, seed, each, workers, json } = readOptions('mutate', rawArguments, [
    'seed',
    'each',
    'workers',
    'json',
  ])
  const located = locatePapers(process.cwd(), positionals)
  const { root, names } = located
  const session = await openSession(root, names)
  const selected = select(session, names)
  const notice = shippedNotice(
    located,
    'altering the statements of',
    session.papers.map(({ paper }) => paper),
  )
  if (notice !== null) process.stderr.write(`corrigenda: ${notice}\n`)
  if (json !== undefined && json !== '-') await requireWritable(dirname(resolve(json)))
  for (const error of session.errors) process.stderr.write(`corrigenda: ${error.message}\n`)
  const ids = [...selected].flatMap(([{ paper }, wanted]) =>
    paper.statements.map(({ id }) => id).filter((id) => wanted.has(id)),
  )
  const attacks = await attackAll(ids, { root, seed, each }, workers, signal)
  if (attacks === null) {
    process.stderr.write('corrigenda: interrupted; nothing was written\n')
    return exitCode.interrupted
  }
  const report = json === undefined ? '' : mutationJson({ version: await packageVersion(), seed, each }, attacks)
  if (json === '-') print(report)
  else print(mutationText(attacks))
  if (json !== undefined && json !== '-') await writeAtomic(resolve(json), report)
  if (session.errors.length > 0 || attacks.some(({ error }) => error !== undefined)) return exitCode.input
  return passes(attacks) ? exitCode.accounted : exitCode.refuted
}

/** Attacks statements, with progress. Null where the run was stopped. */
async function attackAll(
  ids: readonly string[],
  common: { readonly root: string; readonly seed: number; readonly each: number },
  workers: number | undefined,
  signal: AbortSignal,
): Promise<readonly AttackResult[] | null> {
  const pool = mutationPool(workers, signal)
  const progress = new Progress('altering')
  let done = 0
  try {
    return await Promise.all(
      ids.map(async (statement) => {
        const result = await pool.attack({ ...common, statement })
        done += 1
        progress.statements(done, ids.length, statement)
        return result
      }),
    )
  } catch (error) {
    if (signal.aborted) return null
    throw error
  } finally {
    progress.end()
    await pool.close()
  }
}
