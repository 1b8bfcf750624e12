import { z } from 'zod'
import { InputError } from '../expression/errors.js'
import { type FigureFile, figureSchema } from './figure-file.js'
import type { Report } from './report.js'

/** Ids become names of files and links: words, digits, dots, hyphens, nothing else. */
const paperId = z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'is no id of a paper')
const statementId = z.string().regex(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, 'is no id of a statement')
const fileName = z.string().regex(/^[A-Za-z0-9][\w.-]*$/, "is no file's name")
const text = z.string()
const textOrNull = z.string().nullable()
const outcome = z.enum(['holds', 'refuted', 'undecided'])

const measured = z.object({
  quantity: text,
  value: z.number(),
  standardError: z.number(),
  interval: z.array(z.number()),
  level: z.number(),
  refutedOutside: z.array(z.number()).exactOptional(),
  widths: z.array(z.object({ width: z.number(), value: z.number(), standardError: z.number() })).exactOptional(),
  beside: z
    .array(z.object({ name: text, value: z.number(), relative: z.number(), compatible: z.boolean() }))
    .exactOptional(),
})

const check = z.object({
  method: z.enum(['exact', 'numeric', 'property', 'sampled']),
  target: z.enum(['printed', 'corrected']),
  outcome,
  summary: text,
  witness: z.object({ at: z.record(text, text), left: text, right: text, note: text.exactOptional() }).nullable(),
  numbers: z.record(text, z.union([z.number(), text, z.boolean(), z.array(z.number())])),
  name: text,
  leadingOrder: z.literal(true).exactOptional(),
  instances: z.literal(true).exactOptional(),
  measured: measured.exactOptional(),
})

const statement = z.object({
  id: statementId,
  label: text,
  section: text,
  kind: z.enum(['equation', 'claim', 'table', 'figure']),
  verdict: z.enum(['definition', 'proved', 'verified', 'asymptotic', 'sampled', 'erratum', 'refuted', 'open']),
  severity: z.enum(['notation', 'algebra', 'observable']).nullable(),
  origin: statementId.nullable(),
  transcription: z.enum(['sound', 'doubtful']),
  printed: text,
  corrected: textOrNull,
  encoding: z.enum(['latex', 'hand']),
  encodingReason: textOrNull,
  reading: textOrNull,
  from: z.array(statementId),
  checks: z.array(check),
  about: text,
  note: textOrNull,
  transcriptionNote: textOrNull,
  method: textOrNull,
  derived: textOrNull,
  error: textOrNull,
  tried: z.array(z.object({ id: text, note: text, outcome })),
  recovers: z.array(z.object({ at: statementId, how: text })),
  openReason: textOrNull,
  readingNote: textOrNull,
  encoded: textOrNull,
  encodedCorrected: textOrNull,
  where: z.array(text),
  axes: z.object({ x: text, y: text }).nullable(),
  figure: fileName.nullable(),
  nextStep: textOrNull,
  warnings: z.array(z.object({ kind: z.enum(['guess', 'undefined', 'unread', 'reserved', 'hint', 'outside']), text })),
})

const paper = z.object({
  id: paperId,
  title: text,
  statements: z.array(statement),
  bibliography: z.object({
    title: text,
    authors: z.array(text).min(1),
    year: z.int(),
    published: text,
    identifier: text,
  }),
  statementCount: z.int().min(0),
  symbols: z.array(
    z.object({
      name: text,
      latex: z.array(text),
      meaning: text,
      domain: textOrNull,
      unit: textOrNull,
      definition: textOrNull,
      guess: z.boolean(),
      slots: z.array(z.object({ position: z.enum(['subscript', 'superscript']), optional: z.boolean() })),
    }),
  ),
})

const reportSchema: z.ZodType<Report> = z.object({
  schema: z.literal(1),
  corrigenda: text,
  seed: z.number(),
  depth: z.enum(['quick', 'standard', 'full']),
  elapsedSeconds: z.number(),
  papers: z.array(paper),
})

/**
 * A report from the text of its file. Keys that this version does not know are left out. Throws InputError with the place in
 * the file where the text is no JSON, is a report of another schema, or misses something.
 */
export function readReport(json: string, file: string): Report {
  const report = read(json, file, reportSchema, 'report')
  refuseRepeated(report.papers, 'paper', file)
  for (const { id, statements } of report.papers) {
    refuseRepeated(statements, 'statement', file)
    const foreign = statements.find((statement) => !statement.id.startsWith(`${id}/`))
    if (foreign !== undefined) throw new InputError(`the paper '${id}' holds '${foreign.id}'`, { file })
  }
  return report
}

/** A figure's numbers from the text of their file. Throws InputError as `readReport`. */
export const readFigure = (json: string, file: string): FigureFile => read(json, file, figureSchema, 'figure')

function read<T>(json: string, file: string, schema: z.ZodType<T>, what: string): T {
  const value = parse(json, file, what)
  const version = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined
  if (version !== 1)
    throw new InputError(
      version === undefined
        ? `this is no ${what} of corrigenda: it has no schema; give a file that 'corrigenda audit --out DIR' wrote`
        : `a ${what} of schema ${JSON.stringify(version)}, and this version reads schema 1; audit again, or use the version that wrote it`,
      { file },
    )
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const more = result.error.issues.length - 1
  throw new InputError(
    `${pathText(issue.path, value)}: ${issue.message}${more > 0 ? ` (and ${more} more)` : ''}; audit again with this version`,
    { file },
  )
}

function parse(json: string, file: string, what: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const position = /position (\d+)/.exec(message)?.[1]
    const before = position === undefined ? null : json.slice(0, Number(position)).split('\n')
    throw new InputError(
      `no ${what}: the text is no JSON (${message.replace(/\s+/g, ' ')})`,
      before === null ? { file } : { file, line: before.length, column: before.at(-1)!.length + 1 },
    )
  }
}

/** `papers.0.statements.3 (p/eq-4).severity`. */
function pathText(path: readonly PropertyKey[], value: unknown): string {
  let at = value
  return path
    .map((part) => {
      at = typeof at === 'object' && at !== null ? (at as Readonly<Record<PropertyKey, unknown>>)[part] : undefined
      const id = typeof part === 'number' && typeof at === 'object' && at !== null && 'id' in at ? at.id : undefined
      return typeof id === 'string' ? `${String(part)} (${id.slice(0, 80)})` : String(part)
    })
    .join('.')
}

function refuseRepeated(entries: readonly { readonly id: string }[], what: string, file: string): void {
  const seen = new Set<string>()
  for (const { id } of entries) {
    // Files of different ids must differ where case does not count.
    if (seen.has(id.toLowerCase())) throw new InputError(`the ${what} '${id}' stands in it twice`, { file })
    seen.add(id.toLowerCase())
  }
}
