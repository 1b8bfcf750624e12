import type { Formula } from '../expression/expression.js'
import type { ShardSummary, SimulationRequest } from '../network/index.js'
import type { CheckContext, Depth } from './derivation.js'

/** An axis of a panel. `label` is text as on the page (Unicode welcome); `_x` and `^x` lower and raise one character or `{…}`. */
export interface Axis {
  readonly label: string
  /** Logarithmic scale. Values that are not positive are left out of the drawing, never of the CSV. */
  readonly log?: boolean
}

/**
 * One set of numbers drawn in one way. `line`: joined by straight pieces; `points`: dots, with error bars of one standard
 * error each way where `error` is given; `histogram`: bars, `x` their centres (equally spaced) and `y` their heights.
 */
export interface Series {
  readonly name: string
  readonly kind: 'line' | 'points' | 'histogram'
  readonly x: readonly number[]
  /** As many as `x`. */
  readonly y: readonly number[]
  /** Standard errors of `y`, as many as `y`. */
  readonly error?: readonly number[]
  readonly dashed?: boolean
  /** A CSS colour; without one the series takes the next of the palette, theory and simulation of one name alike. */
  readonly color?: string
  /**
   * What the legend says of it; null: not in the legend. Series with one text, colour and stroke share one entry, and three
   * or more texts that differ in what follows their last `= ` alone are put after each other.
   * @defaultValue `name`
   */
  readonly legend?: string | null
}

/** A plane of coloured cells, such as a phase diagram: the cell at `x[column]`, `y[row]` is of the kind `kinds[cells[row][column]]`. */
export interface Cells {
  /** Centres of the columns, equally spaced and ascending. */
  readonly x: readonly number[]
  /** Centres of the rows, equally spaced and ascending. */
  readonly y: readonly number[]
  /** What a cell can be; `color` is a CSS colour, without one the next of the palette. */
  readonly kinds: readonly { readonly name: string; readonly color?: string }[]
  /** One row for each `y`, one number for each `x`. A number without a kind leaves its cell blank. */
  readonly cells: readonly (readonly number[])[]
}

/** One pair of axes and what is drawn on it. */
export interface Panel {
  readonly title?: string
  readonly x: Axis
  readonly y: Axis
  /** Drawn behind the series. */
  readonly cells?: Cells
  readonly series: readonly Series[]
}

/** The numbers of a figure: one panel or several, drawn side by side. Plain data; written as CSV as it stands. */
export interface FigureData {
  readonly title?: string
  readonly panels: readonly Panel[]
}

/** What a figure is drawn for. */
export interface FigureInput {
  readonly seed: number
  readonly depth: Depth
}

/** What a figure's numbers are made of besides simulations. */
export interface FigureMaterial extends FigureInput {
  readonly context: CheckContext
  /** The formulas of the figure's premises, corrected or else as printed, by the names that its derivation gives them. */
  readonly premises: Readonly<Record<string, Formula>>
  /** The same premises as the paper prints them; those that have no formula there are left out. */
  readonly printed: Readonly<Record<string, Formula>>
}

/**
 * How a figure of the paper is drawn again, with theory and simulation together: which simulations it needs, then its
 * numbers from their summaries (in the order of the requests). Requests equal to those of a check are run once.
 */
export interface Figure {
  readonly kind: 'figure'
  /** The statement's id without the paper: `fig-4`. */
  readonly statement: string
  readonly simulations: (input: FigureInput) => readonly SimulationRequest[]
  readonly data: (summaries: readonly ShardSummary[], input: FigureMaterial) => FigureData
}

/** Declares a figure. */
export function figure(statement: string, simulations: Figure['simulations'], data: Figure['data']): Figure {
  return { kind: 'figure', statement, simulations, data }
}
