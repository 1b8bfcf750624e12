import type { PreparedPaper } from '../../src/audit/prepare.js'
import { openSession, rootFolder } from '../../src/cli/session.js'

/** A shipped paper by its id, with every one of its derivation modules. Throws where one of them does not load. */
export async function paperOf(id: string): Promise<PreparedPaper> {
  const { papers, errors } = await openSession(rootFolder(process.cwd()), [id])
  const prepared = papers.find(({ paper }) => paper.id === id)
  if (prepared === undefined) throw new Error(`there is no paper ${id}`)
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
  return prepared
}
