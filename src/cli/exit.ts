/** What the process says when it ends. */
export const exitCode = {
  /** Everything holds or is accounted for. */
  accounted: 0,
  /** Something is refuted or open. */
  refuted: 1,
  /** The input could not be understood. */
  input: 2,
  /** A defect of corrigenda. */
  internal: 3,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
