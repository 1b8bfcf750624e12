#!/usr/bin/env node
import { guardAuthors } from '../audit/load/author-guard.js'
import { runningAuthor } from '../audit/load/bounded.js'
import { type ExitCode, exitCode } from './exit.js'
import { type CommandName, help } from './help.js'

/** One command's work: arguments in, exit code out. */
export type Command = (rawArguments: readonly string[], signal: AbortSignal) => Promise<ExitCode>

// What a command needs is loaded when it is called: `--help` answers at once.
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  init: async () => (await import('./commands/init.js')).init,
  derive: async () => (await import('./commands/derive.js')).derive,
  audit: async () => (await import('./commands/audit.js')).audit,
  explain: async () => (await import('./commands/explain.js')).explain,
  check: async () => (await import('./commands/check.js')).check,
  mutate: async () => (await import('./commands/mutate.js')).mutate,
  report: async () => (await import('./commands/report.js')).report,
  diff: async () => (await import('./commands/diff.js')).diff,
  list: async () => (await import('./commands/list.js')).list,
}

async function main(rawArguments: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = rawArguments
  const asksForHelp = (argument: string | undefined): boolean => argument === '--help' || argument === '-h'
  if (name === undefined || asksForHelp(name) || name === 'help') {
    process.stdout.write(help.corrigenda)
    return exitCode.accounted
  }
  if (name === '--version') {
    const { packageVersion } = await import('./session.js')
    process.stdout.write(`${await packageVersion()}\n`)
    return exitCode.accounted
  }
  if (!Object.hasOwn(commands, name)) {
    process.stderr.write(`no command '${name}'; there are ${Object.keys(commands).join(', ')}\n`)
    return exitCode.input
  }
  const command = name as CommandName
  if (rest.some(asksForHelp)) {
    process.stdout.write(help[command])
    return exitCode.accounted
  }
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  const run = await commands[command]()
  return run(rest, stop.signal)
}

/** One message for what was not understood, or was stopped on the way; a trace for a defect of our own. */
function report(error: unknown): ExitCode {
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('corrigenda: interrupted\n')
    return exitCode.interrupted
  }
  const known = error instanceof Error && ['InputError', 'LatexError', 'DomainError', 'LimitError'].includes(error.name)
  if (known) {
    process.stderr.write(`corrigenda: ${error.message}\n`)
    return exitCode.input
  }
  process.stderr.write(
    `corrigenda: internal failure; please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
  )
  return exitCode.internal
}

/** Whether a promise of an author's failed with nobody to hear it: what it was to find out is not known. */
let unheard = false

// Such a promise would end the process with Node's own trace; the audit goes on. One of ours is a defect.
process.on('unhandledRejection', (error) => {
  const trace = error instanceof Error ? (error.stack ?? '') : ''
  const line = /(?:derivations\/\S+?\.[jt]s)(?:\?version=\d+)?:(\d+(?::\d+)?)/.exec(trace)
  if (line === null && runningAuthor() === undefined) throw error
  unheard = true
  const place = line === null ? runningAuthor()!.file : line[0].replace(/\?version=\d+/, '')
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  process.stderr.write(`corrigenda: ${place}: a promise fails that nothing waits for: ${message}; await it\n`)
})

/** Whether how the process ends was decided here: by a command that returned, or by Node, which then says so itself. */
let decided = false

// Writing into a pipe that nobody reads any more is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    decided = true
    process.exit(exitCode.accounted)
  }
  throw error
})

process.on('uncaughtExceptionMonitor', () => {
  decided = true
})

// An author's module may end the process, with whatever code: nothing was found to hold then.
process.on('exit', () => {
  if (decided) return
  process.exitCode = exitCode.input
  process.stderr.write(
    'corrigenda: a derivation module ended the process: take process.exit out of it, and promises that are never kept\n',
  )
})

guardAuthors()

main(process.argv.slice(2))
  .catch(report)
  .then((code) => {
    decided = true
    process.exitCode = unheard && code === exitCode.accounted ? exitCode.input : code
  })
