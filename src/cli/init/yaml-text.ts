/** A paper's YAML as a person would write it: one line a symbol, LaTeX in single quotes. */
import { domainText } from '../../expression/domain-text.js'
import type { IndexFamily, Notation, SymbolDeclaration } from '../../expression/notation.js'
import type { ImportedStatement } from '../../source/import-latex.js'

/** A text in single quotes, in which backslashes mean themselves. */
export const quoted = (text: string): string => `'${text.replace(/\s+/g, ' ').trim().replaceAll("'", "''")}'`

/** The line by which an editor knows what may stand in a file. */
export const schemaLine = (schema: 'paper' | 'statements'): string =>
  `# yaml-language-server: $schema=../../node_modules/corrigenda/schema/${schema}.schema.json`

function symbolLine(symbol: SymbolDeclaration): string {
  const { name, kind, latex, slots, domain, meaning, guess } = symbol
  const fields = [
    `name: ${name}`,
    ...(kind === 'scalar' ? [] : [`kind: ${kind}`]),
    `latex: ${quoted(latex[0] ?? '')}`,
    ...(slots.length === 0
      ? []
      : [`slots: [${slots.map(({ slot, position }) => `{ slot: ${slot}, position: ${position} }`).join(', ')}]`]),
    ...(domain === null ? [] : [`domain: ${quoted(domainText(domain))}`]),
    `meaning: ${quoted(meaning)}`,
    ...(guess ? ['guess: true'] : []),
  ]
  return `    - { ${fields.join(', ')} }`
}

const familyLine = ({ name, letters, geometry, meaning, guess }: IndexFamily): string =>
  `    - { name: ${name}, letters: [${letters.map(quoted).join(', ')}], geometry: ${geometry}, meaning: ${quoted(meaning)}${guess ? ', guess: true' : ''} }`

export interface PaperHead {
  readonly title: string
  readonly authors: readonly string[]
  readonly year: number
  readonly identifier: string
}

/** `paper.yaml`. */
export function paperYaml({ title, authors, year, identifier }: PaperHead, notation: Notation): string {
  const list = (name: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`  ${name}:`, ...lines]
  const { symbols, families, variables } = notation
  const guessed = [...symbols, ...families].some(({ guess }) => guess)
  return [
    schemaLine('paper'),
    '# What the symbols mean. A verdict is only as good as this table.',
    ...(guessed
      ? [
          "# 'guess: true' marks what corrigenda guessed from the formulas: put in what the symbol means, its kind (scalar, quantity,",
          '# function, field, functional, vector, matrix, set) and its domain, then take the mark away. A family whose indices have',
          '# neighbours has a geometry: periodic (a ring), open (a chain); wave vectors of a ring have geometry modes.',
        ]
      : []),
    'bibliography:',
    `  title: ${quoted(title)}`,
    `  authors: [${authors.map(quoted).join(', ')}]`,
    `  year: ${year}`,
    '  published: draft',
    `  identifier: ${quoted(identifier)}`,
    'notation:',
    ...(variables.length === 0 ? [] : [`  variables: [${variables.map(quoted).join(', ')}]`]),
    ...list('families', families.map(familyLine)),
    ...list('symbols', symbols.map(symbolLine)),
    ...(symbols.length === 0 ? ['  symbols: []'] : []),
    '',
  ].join('\n')
}

function statementLines({
  id,
  label,
  section,
  role,
  about,
  place,
  note,
  printed,
  encodingReason,
}: InitialStatement): readonly string[] {
  return [
    ...(place === null ? [] : [`# ${place.replace(/\s+/g, ' ')}`]),
    `- id: ${id}`,
    `  label: ${quoted(label)}`,
    `  section: ${quoted(section)}`,
    ...(role === 'definition' ? ['  role: definition'] : []),
    `  about: ${quoted(about)}`,
    `  printed: ${quoted(printed)}`,
    ...(note === null ? [] : [`  note: ${quoted(note)}`]),
    ...(encodingReason === null ? [] : ['  encoding: hand', `  encodingReason: ${quoted(encodingReason)}`]),
  ]
}

/** An imported statement, or one that comes from no source. */
export type InitialStatement = Omit<ImportedStatement, 'place'> & {
  readonly place: string | null
  readonly role?: 'definition'
}

/** `statements.yaml`. */
export const statementsYaml = (statements: readonly InitialStatement[]): string =>
  [
    schemaLine('statements'),
    '# What the paper prints, statement by statement. Mark with `role: definition` what nothing is derived for; give `corrected`',
    '# where you believe that something else should stand there. Where the reader does not understand the LaTeX (encoding: hand),',
    '# change the notation or the LaTeX so that it does and take both lines away, or add `encoded` with LaTeX that says the same.',
    ...statements.flatMap(statementLines),
    '',
  ].join('\n')
