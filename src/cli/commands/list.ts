import type { Command } from '../corrigenda.js'
import { exitCode } from '../exit.js'
import { readOptions } from '../options.js'
import { locatePapers } from '../papers-door.js'
import { openSession, select } from '../session.js'
import { colors, print } from '../terminal.js'

export const list: Command = async (rawArguments) => {
  const { positionals } = readOptions('list', rawArguments, [])
  const { root, names } = locatePapers(process.cwd(), positionals)
  const session = await openSession(root)
  for (const [prepared, ids] of select(session, names)) {
    const { paper } = prepared
    print(`${colors.bold(paper.id)}: ${paper.bibliography.title} (${paper.bibliography.identifier})`)
    const width = Math.max(...paper.statements.map(({ id }) => id.length))
    for (const statement of paper.statements) {
      if (!ids.has(statement.id)) continue
      const from = prepared.graph.premisesOf(statement.id).map((id) => id.slice(paper.id.length + 1))
      print(
        `  ${statement.id.padEnd(width)}  ${statement.about}${from.length > 0 ? colors.dim(` (from ${from.join(', ')})`) : ''}`,
      )
    }
  }
  for (const error of session.errors) process.stderr.write(`corrigenda: ${error.message}\n`)
  return session.errors.length > 0 ? exitCode.input : exitCode.accounted
}
