import type { Field } from '../fields.js'
import type { MomentTable } from '../moment-table.js'

/** Moments over networks of a field at chosen layers. */
export interface LayersObservable {
  readonly kind: 'layers'
  readonly field: Field
  /** Layer numbers, or every layer. @defaultValue 'all' */
  readonly layers?: 'all' | readonly number[]
}

/** Moments over networks of a field's mean over the last layers. */
export interface WindowMeanObservable {
  readonly kind: 'windowMean'
  readonly field: Field
  /** How many layers, counted from the last. */
  readonly last: number
}

/**
 * Moments over networks of the Fourier modes of fields over the last n layers:
 * epsilon_q = (1/n) sum_{j=0}^{n-1} (field^{L-n+j} - reference) e^{+i q j}, q = 2 pi m / n, m = 0 … n/2
 * (so field^l - reference = sum_q epsilon_q e^{-i q l}; the other half follows by conjugation).
 */
export interface ModePowerObservable {
  readonly kind: 'modePower'
  readonly fields: readonly Field[]
  /** What is subtracted from each field before the transform (it matters to m = 0 only). @defaultValue all 0 */
  readonly references?: readonly number[]
  /** n, a power of two of at least 4. */
  readonly last: number
}

/** Moments over networks of (1/(n-k)) sum_j e^j e^{j+k}, e = field - reference, over the last n layers, for chosen lags k. */
export interface AutocovarianceObservable {
  readonly kind: 'autocovariance'
  readonly field: Field
  readonly reference: number
  readonly last: number
  readonly lags: readonly number[]
}

/** The field's whole trajectory for the first networks of the simulation, for figures. */
export interface SamplesObservable {
  readonly kind: 'samples'
  readonly field: Field
  readonly count: number
}

/** Histograms of Re epsilon_q (as in `modePower`) at chosen modes, in equal bins over [-halfRange, halfRange). */
export interface ModeHistogramObservable {
  readonly kind: 'modeHistogram'
  readonly field: Field
  readonly reference: number
  readonly last: number
  readonly modes: readonly number[]
  readonly halfRange: number
  readonly bins: number
}

/**
 * How often a field of a layer of +1 and -1 in pairs of networks takes each of its values -1 + 2 k / steps, k = 0 …
 * steps, where steps is the layer's width (times the patterns for their mean overlap). Exact counts.
 */
export interface LatticeObservable {
  readonly kind: 'lattice'
  readonly field: Field
  /** A layer number. @defaultValue the last */
  readonly layer?: number
}

/** How often a field falls into each of equal bins over [from, to). */
export interface HistogramObservable {
  readonly kind: 'histogram'
  readonly field: Field
  /** A layer number. @defaultValue the last */
  readonly layer?: number
  readonly from: number
  readonly to: number
  readonly bins: number
}

/**
 * Moments over networks of a field at every layer, apart for each value that another field of one layer takes on its
 * lattice (see `lattice`): how pairs of networks came to their last overlap.
 */
export interface ConditionalObservable {
  readonly kind: 'conditional'
  readonly field: Field
  readonly given: Field
  /** The layer of `given`. @defaultValue the last */
  readonly layer?: number
}

export type Observable =
  | LayersObservable
  | WindowMeanObservable
  | ModePowerObservable
  | AutocovarianceObservable
  | SamplesObservable
  | ModeHistogramObservable
  | LatticeObservable
  | HistogramObservable
  | ConditionalObservable

/** One column for each layer, lag or (single) window mean, in the observable's order. */
export interface TableSummary {
  readonly kind: 'layers' | 'windowMean' | 'autocovariance'
  readonly table: MomentTable
}

/** Columns: see `modeColumn` and `crossColumn`. */
export interface ModePowerSummary {
  readonly kind: 'modePower'
  readonly window: number
  readonly fields: number
  readonly table: MomentTable
}

export interface SamplesSummary {
  readonly kind: 'samples'
  readonly wanted: number
  readonly trajectories: readonly (readonly number[])[]
}

export interface ModeHistogramSummary {
  readonly kind: 'modeHistogram'
  readonly modes: readonly number[]
  readonly halfRange: number
  /** For each mode: below the range, the bins, above the range. */
  readonly counts: readonly (readonly number[])[]
}

export interface LatticeSummary {
  readonly kind: 'lattice'
  /** Networks in which the field was -1 + 2 k / (length - 1), for each k. */
  readonly counts: readonly number[]
}

export interface HistogramSummary {
  readonly kind: 'histogram'
  readonly from: number
  readonly to: number
  /** Below the range, the bins, at or above its end. */
  readonly counts: readonly number[]
}

export interface ConditionalSummary {
  readonly kind: 'conditional'
  /** For each k a table, one column a layer, of the networks in which `given` was -1 + 2 k / (length - 1). */
  readonly tables: readonly MomentTable[]
}

export type ObservableSummary =
  | TableSummary
  | ModePowerSummary
  | SamplesSummary
  | ModeHistogramSummary
  | LatticeSummary
  | HistogramSummary
  | ConditionalSummary

/** The fields that an observable reads. */
export function fieldsOf(observable: Observable): readonly Field[] {
  if (observable.kind === 'modePower') return observable.fields
  return observable.kind === 'conditional' ? [observable.field, observable.given] : [observable.field]
}
