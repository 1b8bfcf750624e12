/** Calls of an author's own code, which may throw or never return: bounded in time, and told of with their place. */

import { AsyncLocalStorage } from 'node:async_hooks'
import { createContext, Script } from 'node:vm'
import { isMainThread } from 'node:worker_threads'
import { InputError, LimitError } from '../../expression/errors.js'
import { type AuthorModule, foreign, placed, traceLength } from './author-place.js'

/**
 * The one line that is run under V8's own clock, which stops whatever it calls. The text is this one, always: nothing is
 * evaluated that anybody wrote.
 */
const script = new Script('call()')
const sandbox: { call: () => void } = createContext({ call: () => {} }) as { call: () => void }

/** Whose code runs, in what is called and in what that leaves to be done later. */
const authors = new AsyncLocalStorage<AuthorModule | undefined>()

/** The author's module whose code runs now; undefined where the engine's own does. */
export const runningAuthor = (): AuthorModule | undefined => authors.getStore()

/** Whether a call is under way: calls within it end with it. */
let running = false

/**
 * Runs what is the author's, at most `seconds` long. Ctrl-C, which no listener could hear meanwhile, ends it with an
 * AbortError; then the process's listeners hear it. Throws LimitError, naming the module, where it does not return; adds the
 * module's line to whatever else it throws.
 */
export function bounded<T>(run: () => T, what: string, seconds: number, module: AuthorModule): T {
  let result: { readonly value: T } | null = null
  sandbox.call = () => {
    result = { value: authors.run(module, run) }
  }
  const outermost = !running
  running = true
  const before = authors.getStore()
  const usualTrace = Error.stackTraceLimit
  Error.stackTraceLimit = Math.max(usualTrace, traceLength)
  try {
    // Signals are the main thread's; the innermost call that watches for one would keep it from those around it.
    script.runInContext(sandbox, { timeout: seconds * 1000, breakOnSigint: outermost && isMainThread })
  } catch (error) {
    // What V8 ends has no chance to say so itself: it would count as running ever after.
    if (authors.getStore() !== before) authors.enterWith(before)
    if (isInterruption(error)) throw interrupted(what)
    throw located(error, what, seconds, module)
  } finally {
    Error.stackTraceLimit = usualTrace
    if (outermost) running = false
  }
  return (result as { readonly value: T } | null)!.value
}

/** The same for what may be a promise: one that is never kept counts as not returning. */
export async function boundedAsync<T>(
  run: () => T | Promise<T>,
  what: string,
  seconds: number,
  module: AuthorModule,
): Promise<T> {
  const started = bounded(run, what, seconds, module)
  if (!(started instanceof Promise)) return started
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLong(what, seconds, module)), seconds * 1000)
  })
  try {
    return await Promise.race([started, late])
  } catch (error) {
    throw located(error, what, seconds, module)
  } finally {
    clearTimeout(timer)
  }
}

const tooLong = (what: string, seconds: number, { file }: AuthorModule): LimitError =>
  new LimitError(`${what} did not return within ${seconds} s; look for a loop that never ends`, { file })

/** An error with the place in the author's module from which it came. A run that is stopped stays one. */
function located(error: unknown, what: string, seconds: number, module: AuthorModule): unknown {
  if (isTimeout(error)) return tooLong(what, seconds, module)
  if (error instanceof InputError) return placed(error, module)
  if (!(error instanceof Error))
    return new InputError(`${what} throws ${shown(error)}, which is no Error`, { file: module.file })
  if (error.name === 'AbortError' || error.name === 'SimulationStopped') return error
  return foreign(error, what, module)
}

const shown = (value: unknown): string =>
  typeof value === 'string'
    ? `the text '${value.slice(0, 200)}'`
    : value === null
      ? 'null'
      : `a value of type ${typeof value}`

/** Passes on the Ctrl-C that ended a call, as if it had come in between: to who listens, or to the process itself. */
function interrupted(what: string): DOMException {
  if (!process.emit('SIGINT', 'SIGINT')) process.kill(process.pid, 'SIGINT')
  return new DOMException(`${what} was interrupted`, 'AbortError')
}

/** V8's own error belongs to the sandbox, so that `instanceof` does not know it. */
const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code

const isTimeout = (error: unknown): boolean => hasCode(error, 'ERR_SCRIPT_EXECUTION_TIMEOUT')
const isInterruption = (error: unknown): boolean => hasCode(error, 'ERR_SCRIPT_EXECUTION_INTERRUPTED')
