import { z } from 'zod'
import type { LawDeclaration, SlotDeclaration, SymbolKind } from '../../expression/notation.js'
import { domainSyntax, parseDomain } from './domain.js'

/** The shapes of `paper.yaml` and of the statements' files. Unknown keys are errors: a misspelt one must not pass in silence. */

const text = z.string({ error: 'a text is needed here; put it in quotes' }).max(20_000, 'this text is too long')
const name = text.regex(
  /^[A-Za-z][A-Za-z0-9]*$/,
  'a name is one word of letters and digits, such as weightStandardDeviation',
)
/** `section: 5` is a number in YAML and a name for us. */
const numbered = z.union([text, z.number().transform(String)])
const textOrTexts = z.union([text.transform((one) => [one]), z.array(text)], {
  error: 'a text or a list of texts is needed here',
})

const domain = text.transform((written, context) => {
  const parsed = parseDomain(written)
  if (parsed === null) {
    context.addIssue({ code: 'custom', message: `'${written}' is no domain; write it as ${domainSyntax}` })
    return z.NEVER
  }
  return parsed
})

const slot = z
  .strictObject({
    slot: name,
    position: z.enum(['subscript', 'superscript'], { error: "position is 'subscript' or 'superscript'" }),
    optional: z.boolean().default(false),
  })
  .transform((declared): SlotDeclaration => declared)

const symbolKinds = [
  'scalar', 'quantity', 'function', 'field', 'functional', 'vector', 'matrix', 'set',
] as const satisfies readonly SymbolKind[] // biome-ignore format: a list reads best as a list

export const symbolSchema = z.strictObject({
  name,
  kind: z.enum(symbolKinds, { error: `kind is one of ${symbolKinds.join(', ')}` }).default('scalar'),
  latex: textOrTexts,
  meaning: text,
  unit: text.nullable().default(null),
  domain: domain.nullable().default(null),
  complex: z.boolean().default(false),
  slots: z.array(slot).default([]),
  over: name.nullable().default(null),
  definition: text.nullable().default(null),
  guess: z.boolean().default(false),
})

const family = z.strictObject({
  name,
  letters: textOrTexts,
  summedWhenRepeated: z.boolean().default(false),
  geometry: z
    .enum(['periodic', 'open', 'modes', 'plain'], { error: 'geometry is periodic, open, modes or plain' })
    .default('plain'),
  meaning: text.default(''),
  guess: z.boolean().default(false),
})

const parameter = '(\\d+(?:\\.\\d+)?)'
const lawSyntax = new RegExp(`^beta\\(${parameter}, *${parameter}\\)$`)

/** `normal`, or `beta(2, 1)`. */
const law = text.transform((written, context): LawDeclaration['law'] => {
  if (written === 'normal') return { kind: 'normal' }
  const [, alpha, beta] = lawSyntax.exec(written) ?? []
  if (alpha !== undefined && beta !== undefined && Number(alpha) > 0 && Number(beta) > 0)
    return { kind: 'beta', alpha: Number(alpha), beta: Number(beta) }
  context.addIssue({
    code: 'custom',
    message: `'${written}' is no law; write normal, or beta(2, 1) with two positive parameters`,
  })
  return z.NEVER
})

const lawSchema = z.strictObject({ density: text, of: text, law })

const readingId = text.regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, 'a reading id is words joined by hyphens')

export const readingSchema = z.strictObject({
  id: readingId,
  note: text,
  replace: z.array(z.tuple([text, text], { error: 'a replacement is a pair of LaTeX texts: [from, to]' })).default([]),
})

export const paperSchema = z.strictObject({
  bibliography: z.strictObject({
    title: text,
    authors: z.array(text).min(1, 'a paper has at least one author'),
    year: z.int('a year is a whole number').min(1600).max(2200),
    published: text,
    identifier: text,
  }),
  notation: z.strictObject({
    symbols: z.array(symbolSchema).default([]),
    families: z.array(family).default([]),
    variables: z.array(text).default([]),
    laws: z.array(lawSchema).default([]),
  }),
  readings: z.array(readingSchema).default([]),
})

export const statementId = /^[a-z]+-[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/

export const statementSchema = z.strictObject({
  id: text.regex(
    statementId,
    "an id is the kind and the number or a name: 'eq-14', 'eq-B.1', 'sec-5.correlation-length'",
  ),
  label: text.nullable().default(null),
  section: numbered,
  kind: z
    .enum(['equation', 'claim', 'table', 'figure'], { error: 'kind is equation, claim, table or figure' })
    .optional(),
  about: text,
  role: z.enum(['definition', 'result'], { error: "role is 'definition' or 'result'" }).default('result'),
  printed: text,
  corrected: text.nullable().default(null),
  encoding: z.enum(['latex', 'hand'], { error: "encoding is 'latex' or 'hand'" }).default('latex'),
  encodingReason: text.nullable().default(null),
  encoded: text.nullable().default(null),
  encodedCorrected: text.nullable().default(null),
  transcription: z.enum(['sound', 'doubtful'], { error: "transcription is 'sound' or 'doubtful'" }).default('sound'),
  transcriptionNote: text.nullable().default(null),
  slip: z.boolean().default(false),
  note: text.nullable().default(null),
  readings: z.array(z.union([readingId, readingSchema])).default([]),
  tried: z.array(z.union([readingId, readingSchema])).default([]),
  recovers: z.array(z.strictObject({ at: text, how: text })).default([]),
  local: z.array(symbolSchema).default([]),
  where: z.array(text).default([]),
  axes: z.strictObject({ x: text, y: text }).nullable().default(null),
  open: text.nullable().default(null),
  /** One reason may explain several alterations. */
  survivors: z
    .array(z.strictObject({ mutant: z.union([text, z.array(text)]), why: text }))
    .transform((entries) => entries.flatMap(({ mutant, why }) => [mutant].flat().map((one) => ({ mutant: one, why }))))
    .default([]),
})

export const statementsSchema = z.array(statementSchema, { error: 'a list of statements is needed here' })

export type PaperEntry = z.infer<typeof paperSchema>
export type StatementEntry = z.infer<typeof statementSchema>

/** The keys that an object at this place may have, for messages about one that it may not. */
export const knownKeys: readonly string[] = [
  ...new Set(
    [
      paperSchema,
      paperSchema.shape.bibliography,
      paperSchema.shape.notation,
      symbolSchema,
      family,
      lawSchema,
      readingSchema,
      statementSchema,
    ]
      .flatMap((schema) => Object.keys(schema.shape))
      .concat('slot', 'position', 'optional', 'x', 'y', 'mutant', 'why', 'at', 'how'),
  ),
]
