import type { Notation, SymbolDeclaration } from '../expression/notation.js'
import type { ScalarSource } from './load/scalar-place.js'

/** What kind of thing a statement is in the paper. */
export type StatementKind = 'equation' | 'claim' | 'table' | 'figure'

/** Whether the printed text can be trusted to be the author's: `doubtful` where a slip could be the scan's. */
export type Transcription = 'sound' | 'doubtful'

/**
 * A convention under which a statement can be read. A reading replaces symbols on the derived side (`L -> L - 1` where
 * `L` is said to count sites; `q -> -q` for the other sign of the transform); every reading that a statement lists is
 * tried before the statement is called wrong.
 */
export interface Reading {
  readonly id: string
  readonly note: string
  /** Pairs of LaTeX: what is replaced, by what. Empty: the text as it stands. */
  readonly replace: readonly (readonly [string, string])[]
}

/** One thing that a paper asserts. */
export interface Statement {
  /** `PAPER/eq-14`, `PAPER/fig-4`, `PAPER/sec-5.correlation-length`. */
  readonly id: string
  readonly paper: string
  readonly label: string
  readonly section: string
  readonly kind: StatementKind
  /** One line of our own on what the statement says. */
  readonly about: string
  /** `definition`: nothing to derive; `result`: something follows from something. */
  readonly role: 'definition' | 'result'
  readonly printed: string
  readonly corrected: string | null
  /** `latex`: the printed form is read by the parser; `hand`: it is not, for the reason given. */
  readonly encoding: 'latex' | 'hand'
  readonly encodingReason: string | null
  /**
   * For `hand`: what the printed (and the corrected) form says, rewritten in LaTeX that the reader knows; checked and
   * mutated in the printed form's place. Null: only a figure's, table's or prose claim's own checks speak for it.
   */
  readonly encoded: string | null
  readonly encodedCorrected: string | null
  readonly transcription: Transcription
  readonly transcriptionNote: string | null
  /** True where the slip is one that nobody would compute with (severity `notation` if it proves to be an erratum). */
  readonly slip: boolean
  /** What to know about the erratum or the reading: why it is wrong, what it touches. */
  readonly note: string | null
  readonly readings: readonly Reading[]
  /**
   * Further conventions that somebody might have in mind, tried for the report where the printed form is refuted. They excuse
   * nothing: the statement is wrong even where it would hold under one of them.
   */
  readonly tried: readonly Reading[]
  /** Where the paper silently has it right again, if this proves to be an erratum. */
  readonly recovers: readonly Recovery[]
  /** Symbols that this statement alone declares, and abbreviations (`D = …`) that hold in it. */
  readonly local: readonly SymbolDeclaration[]
  readonly where: readonly string[]
  /** Why nothing decides the statement yet (`needs training`); null where something is meant to. Its verdict is still computed. */
  readonly open: string | null
  /** For figures: what is on the axes, read off the page. */
  readonly axes: { readonly x: string; readonly y: string } | null
  /** Alterations of the formula that no check can refute, each with the reason; anything else that survives is a gap. */
  readonly survivors: readonly ExplainedSurvivor[]
  /** Where the entry stands in its file, for messages. */
  readonly source: StatementSource
}

export interface StatementSource {
  readonly file: string
  readonly line: number
  /** The LaTeX texts as they stand in the file, by their keys; those that are written there. */
  readonly texts?: Readonly<Partial<Record<LatexKey, ScalarSource>>>
}

/** Keys of an entry that hold one formula. */
export type LatexKey = 'printed' | 'corrected' | 'encoded' | 'encodedCorrected'

/** A statement of the same paper that does not carry an error on. */
export interface Recovery {
  /** Full id. */
  readonly at: string
  readonly how: string
}

/** A mutant that survives, and why that is no gap. */
export interface ExplainedSurvivor {
  /** Its LaTeX as `corrigenda mutate` prints it, or operator and place: `sign at 3`. */
  readonly mutant: string
  readonly why: string
}

export interface Bibliography {
  readonly title: string
  readonly authors: readonly string[]
  readonly year: number
  readonly published: string
  readonly identifier: string
}

export interface Paper {
  readonly id: string
  readonly bibliography: Bibliography
  readonly notation: Notation
  readonly readings: readonly Reading[]
  readonly statements: readonly Statement[]
}
