import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { guardAuthors } from '../audit/load/author-guard.js'
import { openSession, type Session } from './session.js'

/** Papers that a worker thread has loaded, by folder and id: it keeps them from one task to the next. */
const sessions = new Map<string, Promise<Session>>()

/** The session with the paper of a statement, by its full id, loaded once a thread, behind the guard that authors' code runs under. */
export function workerSession(root: string, statement: string): Promise<Session> {
  if (!isMainThread) guardAuthors()
  const paper = statement.split('/')[0]!
  const key = join(root, paper)
  const known = sessions.get(key) ?? openSession(root, [paper])
  sessions.set(key, known)
  return known
}
