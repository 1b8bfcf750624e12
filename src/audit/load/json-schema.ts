import { z } from 'zod'
import { paperSchema, statementsSchema } from './schema.js'

/** JSON schemas of a paper's files, for editors: what may stand where, with what it means. */
export const jsonSchemas = (): Readonly<Record<'paper' | 'statements', Readonly<Record<string, unknown>>>> => ({
  paper: { title: 'paper.yaml of a paper that corrigenda audits', ...schemaOf(paperSchema) },
  statements: { title: 'statements.yaml of a paper that corrigenda audits', ...schemaOf(statementsSchema) },
})

const schemaOf = (schema: z.ZodType): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' })
