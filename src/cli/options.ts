import { parseArgs } from 'node:util'
import type { Depth } from '../audit/derivation.js'
import { InputError } from '../expression/errors.js'

/** What the commands take, read from the command line. */
export interface Options {
  readonly positionals: readonly string[]
  readonly depth: Depth
  readonly seed: number
  readonly workers: number | undefined
  readonly each: number
  readonly json: string | undefined
  readonly out: string | undefined
  readonly html: string | undefined
  readonly latex: string | undefined
  readonly markdown: string | undefined
  readonly figures: string | undefined
  readonly junit: string | undefined
  readonly badge: string | undefined
  readonly printed: string | undefined
  readonly given: readonly string[]
  readonly watch: boolean
  readonly tex: string | undefined
  readonly id: string | undefined
  /** Folder in which sampled results are kept, or null. */
  readonly cache: string | null
}

const declared = {
  depth: { type: 'string', default: 'standard' },
  seed: { type: 'string', default: '1' },
  workers: { type: 'string' },
  each: { type: 'string', default: '2' },
  json: { type: 'string' },
  out: { type: 'string' },
  html: { type: 'string' },
  latex: { type: 'string' },
  markdown: { type: 'string' },
  figures: { type: 'string' },
  junit: { type: 'string' },
  badge: { type: 'string' },
  printed: { type: 'string' },
  given: { type: 'string', multiple: true, default: [] as string[] },
  cache: { type: 'string' },
  watch: { type: 'boolean', default: false },
  tex: { type: 'string' },
  id: { type: 'string' },
  'no-cache': { type: 'boolean', default: false },
} as const

/** Where sampled results are kept, below the working folder. */
const defaultCache = '.corrigenda-cache'

type OptionName = keyof typeof declared

/** Reads a command's arguments. Throws InputError on an option that it does not have, or a value that makes no sense. */
export function readOptions(command: string, rawArguments: readonly string[], allowed: readonly OptionName[]): Options {
  const { values, positionals } = parse(command, rawArguments)
  for (const name of Object.keys(declared) as OptionName[])
    if (!allowed.includes(name) && rawArguments.some((argument) => argument.split('=')[0] === `--${name}`))
      throw new InputError(`'corrigenda ${command}' has no option --${name}; 'corrigenda ${command} --help' lists them`)
  if (values.depth !== 'quick' && values.depth !== 'standard' && values.depth !== 'full')
    throw new InputError(`--depth ${values.depth}: choose quick, standard or full`)
  if (values.cache !== undefined && values['no-cache'])
    throw new InputError('--cache and --no-cache contradict each other; give one of them')
  if (values.cache === '') throw new InputError('--cache needs a folder; --no-cache keeps nothing')
  return {
    positionals,
    depth: values.depth,
    seed: wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER),
    workers: values.workers === undefined ? undefined : wholeNumber('workers', values.workers, 1, 256),
    each: wholeNumber('each', values.each, 1, 10_000),
    json: values.json,
    out: values.out,
    html: values.html,
    latex: values.latex,
    markdown: values.markdown,
    figures: values.figures,
    junit: values.junit,
    badge: values.badge,
    printed: values.printed,
    given: values.given,
    watch: values.watch,
    tex: values.tex,
    id: values.id,
    cache: values['no-cache'] ? null : (values.cache ?? defaultCache),
  }
}

function parse(command: string, rawArguments: readonly string[]) {
  try {
    return parseArgs({ args: [...joinValues(rawArguments)], options: declared, allowPositionals: true, strict: true })
  } catch (error) {
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new InputError(`${message}; 'corrigenda ${command} --help' lists the options`)
  }
}

/**
 * LaTeX may begin with a minus sign: the argument after an option that takes one is its value, whatever it looks like. A
 * negative number after one that takes a number is its value too, to be refused as such.
 */
function joinValues(rawArguments: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (let k = 0; k < rawArguments.length; k++) {
    const argument = rawArguments[k]!
    const next = rawArguments[k + 1]
    const takesNext = isNumeric(argument) ? /^-\d/.test(next ?? '') : argument === '--printed' || argument === '--given'
    if (takesNext && next !== undefined) {
      joined.push(`${argument}=${next}`)
      k += 1
    } else joined.push(argument)
  }
  return joined
}

const isNumeric = (argument: string): boolean => ['--seed', '--each', '--workers'].includes(argument)

function wholeNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < minimum || value > maximum)
    throw new InputError(`--${name} ${text}: a whole number from ${minimum} to ${maximum} is needed`)
  return value
}
