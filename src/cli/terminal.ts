import pc from 'picocolors'
import type { Verdict } from '../audit/evidence.js'

/** Colours, where standard output is a terminal that wants them (NO_COLOR is honoured). */
export const colors = pc.createColors(
  process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
)

const verdictColors: Readonly<Record<Verdict, (text: string) => string>> = {
  definition: colors.dim,
  proved: colors.green,
  verified: colors.green,
  asymptotic: colors.green,
  sampled: colors.green,
  erratum: colors.yellow,
  refuted: colors.red,
  open: colors.magenta,
}

export const coloredVerdict = (verdict: Verdict): string => verdictColors[verdict](verdict)

/** Columns of the terminal that standard output is; 120 where it is none. */
export const terminalWidth = (): number => process.stdout.columns || 120

export const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Tells on standard error how far a run is: one line rewritten on a terminal, otherwise a line every ten seconds. */
export class Progress {
  readonly #live = process.stderr.isTTY === true
  #last = Date.now()
  #shown = false
  #statements = ''
  #simulations = ''

  /** @param doing what is said to go on */
  constructor(private readonly doing = 'auditing') {}

  statements(done: number, total: number, id: string): void {
    this.#statements = `${done}/${total} statements (${id})`
    this.#show()
  }

  simulations(done: number, total: number): void {
    this.#simulations = done < total ? `, simulations ${done}/${total}` : ''
    this.#show()
  }

  /** Says something in a line of its own. */
  say(text: string): void {
    this.end()
    process.stderr.write(`corrigenda: ${text}\n`)
  }

  /** Clears the line. */
  end(): void {
    if (this.#shown && this.#live) process.stderr.write('\r\u001b[K')
    this.#shown = false
  }

  #show(): void {
    const now = Date.now()
    if (now - this.#last < (this.#live ? 80 : 10_000)) return
    this.#last = now
    const line = `${this.doing} ${this.#statements}${this.#simulations}`
    process.stderr.write(this.#live ? `\r\u001b[K${line.slice(0, (process.stderr.columns || 80) - 1)}` : `${line}\n`)
    this.#shown = true
  }
}
