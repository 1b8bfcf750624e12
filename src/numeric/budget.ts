import { LimitError } from '../expression/errors.js'

/**
 * Work done by a computation, counted in steps of some fifty nanoseconds and never by a clock: the same input stops at
 * the same place on every machine. Budgets nest: an inner one ends where the outer one does, if not before.
 */
interface Budget {
  left: number
  readonly stop: () => LimitError
}

let running: Budget | null = null

/** Takes steps from the running budget, if there is one. Throws its LimitError when it is used up. */
export function spend(steps: number): void {
  if (running === null) return
  running.left -= steps
  if (running.left < 0) throw running.stop()
}

/** Whether work is being counted. */
export const hasBudget = (): boolean => running !== null

/** Steps that the running budget has left; Infinity where none is running. */
export const stepsLeft = (): number => running?.left ?? Number.POSITIVE_INFINITY

/** Runs `f` with at most `steps` of work; `message` says what is too large, and what to do. */
export function withBudget<T>(steps: number, message: string, f: () => T): T {
  const outer = running
  const allowed = outer === null ? steps : Math.min(steps, outer.left)
  const own: Budget = {
    left: allowed,
    stop: outer !== null && allowed < steps ? outer.stop : () => new LimitError(message),
  }
  running = own
  try {
    return f()
  } finally {
    running = outer
    if (outer !== null) outer.left -= allowed - own.left
  }
}

/** The result of `f` within its own share of the work, else that of `instead`; where the outer budget is used up, its error. */
export function withinBudget<T>(steps: number, f: () => T, instead: () => T): T {
  try {
    return withBudget(steps, 'the share of a step is used up', f)
  } catch (error) {
    if (!(error instanceof LimitError) || (running !== null && running.left <= 0)) throw error
    return instead()
  }
}

/** What deciding, simplifying or expanding one formula may take. */
export const exactSteps = 12_000_000

/** Runs an exact computation within its budget: `exactly(() => …)`. */
export const exactly = <T>(f: () => T): T =>
  withBudget(
    exactSteps,
    'the formula is too large to decide exactly: its expansion takes more steps than are allowed; write it in smaller parts',
    f,
  )
