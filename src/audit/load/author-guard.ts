/** What an author's code may not do to the process that runs it: write into the report, end it, or reach past the import guard. */
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { InputError } from '../../expression/errors.js'
import { runningAuthor } from './bounded.js'

/** Functions of the process that a derivation has no use for, with why. */
const refused: Readonly<Record<string, string>> = {
  exit: 'would end the audit',
  reallyExit: 'would end the audit',
  abort: 'would end the audit',
  kill: 'would end the audit',
  chdir: 'would change where the audit writes',
  dlopen: 'loads machine code',
  binding: "reaches Node's own modules",
  _linkedBinding: "reaches Node's own modules",
  getBuiltinModule: "reaches Node's own modules",
}

let guarded = false

/**
 * Puts the guards up, once for this thread. They act while an author's code runs (`bounded`), in what it leaves to be done
 * later too; anybody else's calls go through as ever. What it prints goes to standard error, with its module and statement.
 *
 * They keep accidents out and are no prison: derivations are programs of whoever audits.
 */
export function guardAuthors(): void {
  if (guarded) return
  guarded = true
  printToStandardError()
  for (const [name, why] of Object.entries(refused)) refuse(process, name, `process.${name}`, why)
  refuse(globalThis, 'fetch', 'fetch', 'reaches the network')
}

function refuse(owner: object, key: string, name: string, why: string): void {
  const original: unknown = Reflect.get(owner, key)
  if (typeof original !== 'function') return
  const call = (...passed: readonly unknown[]): unknown => {
    if (runningAuthor() !== undefined)
      throw new InputError(
        `it calls ${name}, which ${why}: a derivation is computed from its premises; take the call out`,
      )
    return Reflect.apply(original, owner, passed)
  }
  Reflect.defineProperty(owner, key, { value: call, configurable: true, writable: true, enumerable: true })
}

function printToStandardError(): void {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      process.stderr.write(told(String(chunk)))
      done()
    },
  })
  globalThis.console = new Console({ stdout: stream, stderr: stream })
  const { stdout } = process
  const write = stdout.write.bind(stdout) as (...passed: readonly unknown[]) => boolean
  stdout.write = ((...passed: readonly unknown[]): boolean => {
    if (runningAuthor() === undefined) return write(...passed)
    const [chunk] = passed
    return process.stderr.write(told(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString()))
  }) as typeof stdout.write
}

/** What is printed, with who prints it; on a terminal in the place of the line that tells how far the audit is. */
function told(text: string): string {
  const author = runningAuthor()
  const clear = process.stderr.isTTY === true ? '\r\u001b[K' : ''
  if (author === undefined) return `${clear}${text}`
  const { file, statement } = author
  return `${clear}${file}${statement === undefined ? '' : ` (${statement})`}: ${text}${text.endsWith('\n') ? '' : '\n'}`
}
