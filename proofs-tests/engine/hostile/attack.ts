import { writeFileSync } from 'node:fs'
import { InputError } from '../../../src/expression/errors.js'
import { stopwatch } from '../stopwatch.js'

/** What an attack came to. */
export interface Tally {
  inputs: number
  /** Inputs by what became of them: `understood`, or the name of the error that refused them. */
  readonly outcomes: Map<string, number>
  slowest: { readonly milliseconds: number; readonly input: string }
}

export const newTally = (): Tally => ({ inputs: 0, outcomes: new Map(), slowest: { milliseconds: 0, input: '' } })

/** No input may take longer, in milliseconds of the clock or of the processor, whichever are fewer: others may be using it too. */
export const deadline = 1000

const guarded = [Object, Array, Function, String, Number, Map, Set, Promise, RegExp, Error].map(
  ({ prototype }) => prototype,
)
const members = (): string =>
  guarded.map((prototype) => Reflect.ownKeys(prototype).map(String).join(' ')).join('|') +
  Reflect.ownKeys(globalThis).length
const soundMembers = members()

function outcomeOf(run: () => void): string {
  try {
    run()
    return 'understood'
  } catch (error) {
    if (error instanceof InputError) return error.name
    throw error
  }
}

/**
 * Feeds one input to `run`. Throws where it takes longer than the deadline (twice over: the machine may have been busy
 * the first time), throws anything but an InputError, or leaves anything on a prototype. `watched` is a file that holds
 * the input while it is at work, for whoever has to end a run that hangs.
 */
export function attack(tally: Tally, input: string, run: () => void, watched: string | undefined): void {
  if (watched !== undefined) writeFileSync(watched, input)
  const timed = (): number => {
    const elapsed = stopwatch()
    const outcome = outcomeOf(run)
    const milliseconds = elapsed()
    if (tally.inputs === counted) {
      tally.inputs += 1
      tally.outcomes.set(outcome, (tally.outcomes.get(outcome) ?? 0) + 1)
    }
    return milliseconds
  }
  const counted = tally.inputs
  let milliseconds = timed()
  if (milliseconds > deadline / 2) milliseconds = Math.min(milliseconds, timed())
  if (milliseconds > tally.slowest.milliseconds) tally.slowest = { milliseconds, input }
  if (milliseconds > deadline) throw new Error(`took ${Math.round(milliseconds)} ms`)
  if (members() !== soundMembers) throw new Error('a prototype or the global object has been changed')
}
