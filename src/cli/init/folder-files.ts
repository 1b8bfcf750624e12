/** Everything that `corrigenda init` writes, by path: a paper's folder of the form of the shipped ones. */
import type { Notation } from '../../expression/notation.js'
import { type InitialStatement, type PaperHead, paperYaml, statementsYaml } from './yaml-text.js'

export interface FolderContent {
  /** The paper's id: the name of its folders below `data` and `derivations`. */
  readonly id: string
  readonly head: PaperHead
  readonly notation: Notation
  readonly statements: readonly InitialStatement[]
  /** Of this package, for `package.json`. */
  readonly version: string
  /** The derivations' module, where it has more to say than the scaffold. */
  readonly derivations: string | null
}

/** The files of a new paper's folder. Pure. */
export function folderFiles(content: FolderContent): ReadonlyMap<string, string> {
  const { id, head, notation, statements, version } = content
  return new Map([
    [`data/${id}/paper.yaml`, paperYaml(head, notation)],
    [`data/${id}/statements.yaml`, statementsYaml(statements)],
    [`derivations/${id}/derivations.js`, content.derivations ?? derivationScaffold(statements)],
    [`tests/${id}.test.js`, testFile],
    ['package.json', packageJson(id, version)],
    ['.gitignore', 'node_modules/\nout/\n.corrigenda-cache/\n'],
    ['README.md', readme(id, head.title)],
  ])
}

function derivationScaffold(statements: readonly InitialStatement[]): string {
  const readable = statements.filter(({ encodingReason }) => encodingReason === null)
  const [first, second] = readable
  const from = first?.id ?? 'eq-1'
  const to = second?.id ?? 'eq-2'
  return `// @ts-check
/**
 * What follows from what. A derivation is a function of its premises, which are named by the ids of their statements, and
 * never sees what is printed: corrigenda compares what it returns with the LaTeX of its statement. Every module of this
 * folder is loaded; what it exports is audited.
 *
 * Put what follows in the place of the example and take the bars away; 'corrigenda audit' prints the next step of every
 * statement that is still open.
 */
// import { derive, differentiate, lastSide, symbol } from 'corrigenda'
//
// export const first = derive('${to}', { premise: '${from}' }, 'how it follows, in a few words', ({ premise }, context) =>
//   differentiate(lastSide(premise), context.scalar('x')),
// )
export {}
`
}

const testFile = `/** The audit as tests: one for every statement of the paper. */
import { auditSuite } from 'corrigenda/vitest'

await auditSuite(import.meta.url)
`

function packageJson(id: string, version: string): string {
  const content = {
    name: `${id}-audit`,
    private: true,
    type: 'module',
    scripts: { audit: 'corrigenda audit', watch: 'corrigenda audit --watch', test: 'vitest run' },
    dependencies: { corrigenda: `^${version}` },
    devDependencies: { vitest: '^4.1.0' },
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

const readme = (id: string, title: string): string => `# Audit of ${title}

- \`data/${id}/paper.yaml\`: what the symbols mean
- \`data/${id}/statements.yaml\`: what is printed
- \`derivations/${id}/\`: what follows from what
- \`tests/\`: the audit as tests

\`\`\`sh
npm install
npm run audit              # every statement with its verdict; what is open, with the next step
npm run watch              # again after every save
npx corrigenda explain ID  # everything about one statement
npm test
\`\`\`

To do, in this order: confirm the notation (take every \`guess: true\` away), mark definitions with \`role: definition\`, make the
statements that are encoded by hand readable, then derive one statement after the other.
`
