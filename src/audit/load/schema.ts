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
  name: name.describe('Its name, spelled out: weightStandardDeviation.'),
  kind: z
    .enum(symbolKinds, { error: `kind is one of ${symbolKinds.join(', ')}` })
    .default('scalar')
    .describe('What it is: a number, an indexed quantity, a function, a field, an energy, a vector, a matrix, a set.'),
  latex: textOrTexts.describe(
    'How it is written, without index slots: \\sigma_w; a list where it is written in several ways.',
  ),
  meaning: text.describe('What it means, in words.'),
  unit: text.nullable().default(null).describe('Its unit, where it has one.'),
  domain: domain
    .nullable()
    .default(null)
    .describe("Where its values lie: '(0, inf)', '[0, 1)', 'integers [1, 100]'. Without one, any real number."),
  complex: z.boolean().default(false).describe('Whether it is complex.'),
  slots: z.array(slot).default([]).describe('Its indices in order: which family, and where they are written.'),
  over: name.nullable().default(null).describe('For vectors and matrices: the family of their components.'),
  definition: text.nullable().default(null).describe('LaTeX of what it abbreviates.'),
  guess: z.boolean().default(false).describe('Whether it was guessed: confirm it and take this away.'),
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

/** What symbols mean: of a paper, or of a model alone. */
export const notationSchema = z.strictObject({
  symbols: z.array(symbolSchema).default([]),
  families: z.array(family).default([]),
  variables: z.array(text).default([]),
  laws: z.array(lawSchema).default([]),
})

export const paperSchema = z.strictObject({
  bibliography: z.strictObject({
    title: text,
    authors: z.array(text).min(1, 'a paper has at least one author'),
    year: z.int('a year is a whole number').min(1600).max(2200),
    published: text,
    identifier: text,
  }),
  notation: notationSchema,
  readings: z.array(readingSchema).default([]),
})

export const statementId = /^[a-z]+-[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$/

export const statementSchema = z.strictObject({
  id: text.regex(
    statementId,
    "an id is the kind and the number or a name: 'eq-14', 'eq-B.1', 'sec-5.correlation-length'",
  ),
  label: text.nullable().default(null).describe('What it is called on the page: (14).'),
  section: numbered.describe('The section in which it stands.'),
  kind: z
    .enum(['equation', 'claim', 'table', 'figure'], { error: 'kind is equation, claim, table or figure' })
    .optional(),
  about: text.describe('What it says, in a few words of your own.'),
  role: z
    .enum(['definition', 'result'], { error: "role is 'definition' or 'result'" })
    .default('result')
    .describe("'definition' where nothing is to be derived."),
  printed: text.describe('LaTeX as the paper has it.'),
  corrected: text.nullable().default(null).describe('LaTeX of what should stand there, where you believe it wrong.'),
  encoding: z
    .enum(['latex', 'hand'], { error: "encoding is 'latex' or 'hand'" })
    .default('latex')
    .describe("'hand' where the LaTeX cannot be read."),
  encodingReason: text.nullable().default(null).describe('Why the LaTeX cannot be read.'),
  encoded: text.nullable().default(null).describe('LaTeX that says the same and can be read.'),
  encodedCorrected: text.nullable().default(null).describe('The same for the corrected form.'),
  transcription: z
    .enum(['sound', 'doubtful'], { error: "transcription is 'sound' or 'doubtful'" })
    .default('sound')
    .describe("'doubtful' where your copy may be at fault."),
  transcriptionNote: text.nullable().default(null).describe("What could be the copy's fault."),
  slip: z.boolean().default(false).describe('Whether nobody would compute with the error.'),
  note: text.nullable().default(null).describe('What to know about the erratum or the reading.'),
  readings: z
    .array(z.union([readingId, readingSchema]))
    .default([])
    .describe('Conventions that the text leaves open: it holds if it holds under one of them.'),
  tried: z
    .array(z.union([readingId, readingSchema]))
    .default([])
    .describe('Further conventions, tried for the report; they excuse nothing.'),
  recovers: z
    .array(z.strictObject({ at: text, how: text }))
    .default([])
    .describe('Where the paper has it right again.'),
  local: z.array(symbolSchema).default([]).describe('Symbols that this statement alone declares.'),
  where: z.array(text).default([]).describe('Abbreviations that hold in it: D = a + b.'),
  axes: z.strictObject({ x: text, y: text }).nullable().default(null),
  open: text.nullable().default(null).describe('Why nothing decides it yet.'),
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
