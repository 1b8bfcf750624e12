import { z } from 'zod'
import { InputError } from '../expression/errors.js'

const checkShape = z.looseObject({
  name: z.string(),
  method: z.enum(['exact', 'numeric', 'property', 'sampled']),
  target: z.enum(['printed', 'corrected']),
  outcome: z.enum(['holds', 'refuted', 'undecided']),
  summary: z.string(),
  numbers: z.record(z.string(), z.unknown()),
})

const statementShape = z.looseObject({
  id: z.string(),
  verdict: z.enum(['definition', 'proved', 'verified', 'asymptotic', 'sampled', 'erratum', 'refuted', 'open']),
  severity: z.enum(['notation', 'algebra', 'observable']).nullable(),
  origin: z.string().nullable(),
  printed: z.string(),
  corrected: z.string().nullable(),
  openReason: z.string().nullable().optional(),
  checks: z.array(checkShape),
})

const reportShape = z.looseObject({
  schema: z.literal(1),
  corrigenda: z.string(),
  seed: z.number(),
  depth: z.enum(['quick', 'standard', 'full']),
  papers: z.array(z.looseObject({ id: z.string(), statements: z.array(statementShape) })),
})

/** What a comparison reads of a report: what every version of the schema has, so that old reports can be compared. */
export type ComparableReport = z.infer<typeof reportShape>
export type ComparableStatement = z.infer<typeof statementShape>
export type ComparableCheck = z.infer<typeof checkShape>

const readableSchema = 1

/**
 * What a comparison needs of a report, from its JSON.
 *
 * @param name how messages call it: the file's name
 * @throws InputError where it is no JSON, no report, or of a schema that this version does not know
 */
export function readComparableReport(text: string, name: string): ComparableReport {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new InputError(`this is no JSON (${error instanceof Error ? error.message : String(error)})`, { file: name })
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined
  if (schema === undefined)
    throw new InputError("this is no report: it has no 'schema'; give the file that `corrigenda audit --json` wrote", {
      file: name,
    })
  if (schema !== readableSchema)
    throw new InputError(
      `this report is of schema ${JSON.stringify(schema)}, and this corrigenda reads schema ${readableSchema}; audit again with one version and compare those reports`,
      { file: name },
    )
  const parsed = reportShape.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = issue?.path.map(String).join('.') ?? ''
  throw new InputError(`this is no report: ${path === '' ? '' : `${path}: `}${issue?.message.toLowerCase() ?? ''}`, {
    file: name,
  })
}
