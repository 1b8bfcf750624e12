import { InputError } from '../../expression/errors.js'
import type { SymbolDeclaration } from '../../expression/notation.js'
import type { Paper, Reading, Statement, StatementSource } from '../statement.js'
import { parseYaml, type TextFile, type YamlDocument } from './document.js'
import { paperSchema, type StatementEntry, statementsSchema } from './schema.js'
import { validate } from './validate.js'

/**
 * A paper from the texts of its files: `paper.yaml` and one file of statements or more. Pure. Throws InputError with
 * file, line and statement where a file is malformed, misses something, or says the same thing twice.
 */
export function readPaper(id: string, paperFile: TextFile, statementFiles: readonly TextFile[]): Paper {
  const document = parseYaml(paperFile)
  const { bibliography, notation, readings } = validate(document, paperSchema)
  refuseRepeatedSymbols(document, notation.symbols)
  refuseRepeated(document, ['readings'], readings, 'reading')
  refuseRepeated(
    document,
    ['notation', 'families'],
    notation.families.map((family) => ({ id: family.name })),
    'family',
  )
  const shared = new Map(readings.map((reading) => [reading.id, reading]))
  const seen = new Map<string, Statement>()
  for (const file of statementFiles) {
    const statements = parseYaml(file)
    validate(statements, statementsSchema).forEach((entry, position) => {
      const statement = makeStatement(id, entry, statements, position, shared)
      const earlier = seen.get(statement.id)
      if (earlier !== undefined)
        throw new InputError(
          `the id '${entry.id}' is taken (${earlier.source.file}:${earlier.source.line}); give this one another`,
          { file: statement.source.file, line: statement.source.line, statement: statement.id },
        )
      seen.set(statement.id, statement)
    })
  }
  for (const { id: own, recovers, source } of seen.values())
    for (const { at } of recovers)
      if (!seen.has(at) || at === own)
        throw new InputError(
          `recovers at '${at.slice(id.length + 1)}', which is no other statement of this paper; name one by its id`,
          { file: source.file, line: source.line, statement: own },
        )
  return { id, bibliography, notation, readings, statements: [...seen.values()] }
}

function makeStatement(
  paper: string,
  entry: StatementEntry,
  document: YamlDocument,
  position: number,
  shared: ReadonlyMap<string, Reading>,
): Statement {
  const place = document.placeOf([position])
  const at = { ...place, statement: `${paper}/${entry.id}` }
  if (entry.encoding === 'hand' && entry.encodingReason === null)
    throw new InputError("encoding 'hand' needs an encodingReason: say why the LaTeX cannot be read", at)
  if (entry.encoding === 'latex' && entry.encodingReason !== null)
    throw new InputError("encodingReason belongs to encoding 'hand'; remove one of the two", at)
  if (entry.encoding === 'latex' && (entry.encoded !== null || entry.encodedCorrected !== null))
    throw new InputError("encoded belongs to encoding 'hand'; remove it or say why the LaTeX cannot be read", at)
  if (entry.encodedCorrected !== null && (entry.encoded === null || entry.corrected === null))
    throw new InputError('encodedCorrected needs both encoded and corrected beside it; add them', at)
  if (entry.transcription === 'doubtful' && entry.transcriptionNote === null)
    throw new InputError("transcription 'doubtful' needs a transcriptionNote: say what could be the scan's", at)
  if (entry.open !== null && (entry.corrected !== null || entry.role === 'definition'))
    throw new InputError(
      'open says that nothing decides the statement: a definition or a correction says otherwise; remove one of the two',
      at,
    )
  if (entry.corrected !== null && entry.corrected === entry.printed)
    throw new InputError('corrected is what is printed; remove it', at)
  const known = (reading: StatementEntry['readings'][number]): Reading => {
    if (typeof reading !== 'string') return reading
    const found = shared.get(reading)
    if (found === undefined)
      throw new InputError(`unknown reading '${reading}'; the paper has ${[...shared.keys()].join(', ') || 'none'}`, at)
    return found
  }
  const { id, kind, label, ...rest } = entry
  const kindOf = kind ?? (id.startsWith('fig-') ? 'figure' : id.startsWith('table-') ? 'table' : 'equation')
  return {
    ...rest,
    id: `${paper}/${id}`,
    paper,
    kind: kindOf,
    label: label ?? labelFor(id),
    readings: entry.readings.map(known),
    tried: entry.tried.map(known),
    recovers: entry.recovers.map(({ at: place, how }) => ({ at: `${paper}/${place}`, how })),
    source: { file: document.file, line: place.line ?? 1, texts: textsOf(document, position) },
  }
}

const latexKeys = ['printed', 'corrected', 'encoded', 'encodedCorrected'] as const

const textsOf = (document: YamlDocument, position: number): NonNullable<StatementSource['texts']> =>
  Object.fromEntries(
    latexKeys.flatMap((key) => {
      const scalar = document.scalarAt([position, key])
      return scalar === null ? [] : [[key, scalar] as const]
    }),
  )

/** `eq-14` is (14) on the page, `fig-4` Figure 4; what has no number is called by its name. */
function labelFor(id: string): string {
  const [, prefix, rest] = /^([a-z]+)-(.*)$/.exec(id) ?? []
  if (prefix === 'eq') return `(${rest})`
  if (prefix === 'fig') return `Figure ${rest}`
  if (prefix === 'table') return `Table ${rest}`
  return rest ?? id
}

function refuseRepeated(
  document: YamlDocument,
  path: readonly string[],
  entries: readonly { readonly id: string }[],
  what: string,
): void {
  const seen = new Set<string>()
  entries.forEach(({ id }, position) => {
    if (seen.has(id))
      throw new InputError(`the ${what} '${id}' is declared twice; remove one`, document.placeOf([...path, position]))
    seen.add(id)
  })
}

function refuseRepeatedSymbols(document: YamlDocument, symbols: readonly SymbolDeclaration[]): void {
  refuseRepeated(
    document,
    ['notation', 'symbols'],
    symbols.map((symbol) => ({ id: symbol.name })),
    'symbol',
  )
}
