/** Phase diagrams of figures 2.1 and 3.1, cell by cell, and their boundaries. */
import {
  type ActivationForm,
  criticalPoint,
  type Formula,
  findRoot,
  hyperbolicForm,
  InputError,
  lastSide,
  rectifiedForm,
  type SignalModel,
  scalarValue,
} from 'corrigenda'
import { type DiagramRequest, type PhaseCell, phaseDiagramRows } from 'corrigenda/theory'

export const [columns, rows] = [80, 40] as const

/** Centres of equal cells from zero to an end: no cell lies on the edge without bias or weights. */
const centres = (count: number, end: number): readonly number[] =>
  Array.from({ length: count }, (_, k) => ((k + 0.5) * end) / count)

export interface Diagram {
  readonly model: SignalModel
  readonly ends: { readonly weightVariance: number; readonly biasVariance: number }
  /** The phase of a cell, by its name. */
  readonly phaseOf: (cell: PhaseCell) => string
  readonly colors: Readonly<Record<string, string>>
}

const orderColors = { ordered: '#2166ac', chaotic: '#c0392b' } as const

const byOrder = (cell: PhaseCell): string => (cell.correlation === 'chaotic' ? 'chaotic' : 'ordered')
const byLength = (cell: PhaseCell): string => (cell.length === 'bounded' ? 'bounded' : 'unbounded')
const byBoth = (cell: PhaseCell): string => `${byOrder(cell)} ${byLength(cell)}`

const network = (activation: ActivationForm, rowCorrelation = 0): SignalModel => ({
  activation,
  weightVariance: 1,
  biasVariance: 1,
  rowCorrelation,
})

const lengthColors = { bounded: '#2166ac', unbounded: '#d98200' } as const

export const diagrams = {
  tanh: {
    model: network(hyperbolicForm),
    ends: { weightVariance: 5, biasVariance: 0.5 },
    phaseOf: byOrder,
    colors: orderColors,
  },
  relu: {
    model: network(rectifiedForm),
    ends: { weightVariance: 4, biasVariance: 2 },
    phaseOf: byLength,
    colors: lengthColors,
  },
  positive: {
    model: network(rectifiedForm, -0.5),
    ends: { weightVariance: 4, biasVariance: 2 },
    phaseOf: byLength,
    colors: lengthColors,
  },
  negative: {
    model: network(rectifiedForm, 100),
    ends: { weightVariance: 4, biasVariance: 2 },
    phaseOf: byBoth,
    colors: { 'ordered bounded': '#2166ac', 'chaotic bounded': '#c0392b', 'chaotic unbounded': '#d98200' },
  },
} as const satisfies Readonly<Record<string, Diagram>>

export const requestOf = ({ model, ends }: Diagram): DiagramRequest => ({
  model,
  x: { parameter: 'weightVariance', values: centres(columns, ends.weightVariance) },
  y: { parameter: 'biasVariance', values: centres(rows, ends.biasVariance) },
})

const computed = new Map<Diagram, readonly (readonly PhaseCell[])[]>()
export const cellsOf = (diagram: Diagram): readonly (readonly PhaseCell[])[] => {
  const known = computed.get(diagram) ?? phaseDiagramRows(requestOf(diagram))
  computed.set(diagram, known)
  return known
}

/** Where a premise, `\\sigma_w^2 < …` or `\\sigma_w^2 = …`, puts a boundary. */
export const boundaryOf = (formula: Formula | undefined, { rowCorrelation }: SignalModel): number => {
  if (formula === undefined) throw new InputError('needs the boundary as a premise')
  return scalarValue(lastSide(formula), { rowCorrelation: rowCorrelation ?? 0 })
}

/** The weight variance at which correlation one loses its stability, at a bias variance: the boundary is followed by its length. */
export const orderBoundary = ({ activation, rowCorrelation }: SignalModel, biasVariance: number): number => {
  const at = (logLength: number) => criticalPoint(activation, Math.exp(logLength), rowCorrelation)
  const least = Math.log(biasVariance)
  return at(findRoot((s) => at(s).biasVariance - biasVariance, least, least + 6).root).weightVariance
}
