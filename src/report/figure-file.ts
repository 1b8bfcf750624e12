import { z } from 'zod'
import type { FigureData } from '../audit/figure.js'
import type { Statement } from '../audit/statement.js'
import type { FigureFacts } from './figure-facts.js'

/** A figure's file (`PAPER-fig-4.json`): how it came about, and its numbers or why there are none. */
export interface FigureFile {
  readonly schema: 1
  readonly facts: FigureFacts
  /** What is on the paper's axes, read off the page. */
  readonly axes: Statement['axes']
  /** Why there are no numbers. */
  readonly error: string | null
  readonly data: FigureData | null
}

/** The JSON text of a figure: keys in the schema's order; a number that is not finite is null. One final newline. */
export function figureJson({ schema, facts, axes, error, data }: FigureFile): string {
  const { statement, label, about, paper, version, seed, depth, sizes } = facts
  const ordered: FigureFacts = { statement, label, about, paper, version, seed, depth, sizes }
  const text = JSON.stringify({ schema, facts: ordered, axes: axes && { x: axes.x, y: axes.y }, error, data }, null, 1)
  // Numbers one after the other, not one to a line.
  return `${text.replace(/\[\n\s*([-+\d.e,\snul]+?)\n\s*\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`
}

/** What is null in the file is no finite number. */
const numbers = z.array(
  z
    .number()
    .nullable()
    .transform((value) => value ?? Number.NaN),
)
const axis = z.object({ label: z.string(), log: z.boolean().exactOptional() })
const series = z
  .object({
    name: z.string(),
    kind: z.enum(['line', 'points', 'histogram']),
    x: numbers,
    y: numbers,
    error: numbers.exactOptional(),
    dashed: z.boolean().exactOptional(),
    color: z.string().exactOptional(),
    legend: z.string().nullable().exactOptional(),
  })
  .refine(({ x, y, error }) => y.length === x.length && (error === undefined || error.length === x.length), {
    error: 'x, y and error must be equally many',
  })
const centres = z.array(z.number()).refine((values) => values.every((value, k) => k === 0 || value > values[k - 1]!), {
  error: 'centres of cells must ascend',
})
const cells = z
  .object({
    x: centres,
    y: centres,
    kinds: z.array(z.object({ name: z.string(), color: z.string().exactOptional() })),
    cells: z.array(numbers),
  })
  .refine(({ x, y, cells: rows }) => rows.length === y.length && rows.every((row) => row.length === x.length), {
    error: 'cells must have one row for each y, with one number for each x',
  })
const panel = z.object({
  title: z.string().exactOptional(),
  x: axis,
  y: axis,
  cells: cells.exactOptional(),
  series: z.array(series),
})

/** What a figure's file must hold. */
export const figureSchema: z.ZodType<FigureFile> = z
  .object({
    schema: z.literal(1),
    facts: z.object({
      statement: z.string(),
      label: z.string(),
      about: z.string(),
      paper: z.string(),
      version: z.string(),
      seed: z.number(),
      depth: z.enum(['quick', 'standard', 'full']),
      sizes: z.array(z.string()),
    }),
    axes: z.object({ x: z.string(), y: z.string() }).nullable(),
    error: z.string().nullable(),
    data: z.object({ title: z.string().exactOptional(), panels: z.array(panel) }).nullable(),
  })
  .refine(({ data, error }) => (data === null) !== (error === null), {
    error: 'a figure has its numbers, or the reason why there are none',
  })
