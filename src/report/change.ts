/** Whether a change leaves less to rely on, more, or neither. */
export type Direction = 'worse' | 'better' | 'other'

/** One thing in which two reports differ. */
export interface Change {
  /** The statement's full id. */
  readonly id: string
  readonly what:
    | 'verdict'
    | 'severity'
    | 'origin'
    | 'printed'
    | 'corrected'
    | 'appeared'
    | 'vanished'
    | 'evidence'
    | 'digits'
    | 'power'
  readonly direction: Direction
  /** For evidence: the check, as `method name on target`. */
  readonly check: string | null
  readonly before: string | null
  readonly after: string | null
}

/** Two reports compared. */
export interface Comparison {
  readonly schema: 1
  readonly worse: number
  readonly better: number
  /** In the order of the new report; what vanished comes last. */
  readonly changes: readonly Change[]
  /** What to know about the comparison: other seeds, depths or versions. */
  readonly notes: readonly string[]
}
