import { DomainError } from '../../expression/errors.js'
import { type ActivationForm, gaussianActivation } from './activation.js'
import { closedDerivativeKernel, closedKernel, closedMean } from './closed-kernels.js'
import { meanShare, type SignalModel, signalMaps } from './model.js'
import { type MomentTable, momentTable, tabled } from './moment-table.js'

/** One axis: a parameter of the model, or of its activation by name, and the values that it takes. */
export interface DiagramAxis {
  readonly parameter: string
  readonly values: readonly number[]
}

/** A phase diagram in any two parameters, as plain data: rows go along y, so that shards of rows can be computed apart. */
export interface DiagramRequest {
  /** The values of everything that is on no axis. */
  readonly model: SignalModel
  readonly x: DiagramAxis
  readonly y: DiagramAxis
}

/** What becomes of signals at one point of a diagram. */
export interface PhaseCell {
  /** `bounded`: a positive stable mean square; `vanishing`: it dies out; `unbounded`: it grows; `every`: each one stays. */
  readonly length: 'bounded' | 'vanishing' | 'unbounded' | 'every'
  /** The largest stable mean square, 0 or infinite where there is no positive finite one. */
  readonly meanSquare: number
  /** Slope of the correlation map at c = 1; in the limit of small or large mean square where it vanishes or grows. */
  readonly chi: number
  /** Whether c = 1 is stable (chi < 1), unstable (chi > 1), or chi = 1. */
  readonly correlation: 'ordered' | 'chaotic' | 'marginal'
}

const modelParameters = ['weightVariance', 'biasVariance', 'rowCorrelation'] as const

/** A model with one parameter at another value. Throws DomainError for a name that it does not have. */
export function withParameter(model: SignalModel, name: string, value: number): SignalModel {
  if ((modelParameters as readonly string[]).includes(name)) return { ...model, [name]: value }
  const form = model.activation
  if (form.kind === 'formula' && form.parameters && Object.hasOwn(form.parameters, name))
    return { ...model, activation: { ...form, parameters: { ...form.parameters, [name]: value } } }
  if (form.kind !== 'formula' && name !== 'kind' && Object.hasOwn(form, name))
    return { ...model, activation: { ...form, [name]: value } as ActivationForm }
  throw new DomainError(
    `the model has no parameter '${name}': take ${[...modelParameters, ...Object.keys(form.kind === 'formula' ? (form.parameters ?? {}) : form).filter((key) => key !== 'kind')].join(', ')}`,
  )
}

/**
 * Rows `from` (included) to `to` (excluded) of a phase diagram. Mean squares are accurate to about 1e-7 and chi to about
 * 1e-6, relatively: moments of a formula are interpolated. Throws DomainError for parameters that the model does not
 * have, or outside their domain.
 */
export function phaseDiagramRows(
  request: DiagramRequest,
  from = 0,
  to = request.y.values.length,
): readonly (readonly PhaseCell[])[] {
  const tables = new Map<string, MomentTable>()
  const tableOf = (form: ActivationForm): MomentTable => {
    // A formula's tree does not change within a diagram: its parameters tell one form from another.
    const key = JSON.stringify(form.kind === 'formula' ? (form.parameters ?? {}) : form)
    const table = tables.get(key) ?? momentTable(gaussianActivation(form))
    tables.set(key, table)
    return table
  }
  return request.y.values.slice(from, to).map((y) => {
    const row = withParameter(request.model, request.y.parameter, y)
    return request.x.values.map((x) => {
      const model = withParameter(row, request.x.parameter, x)
      signalMaps(model)
      return model.activation.kind === 'rectifier' ? lineCell(model) : tabledCell(model, tableOf(model.activation))
    })
  })
}

const correlationOf = (chi: number): PhaseCell['correlation'] =>
  Math.abs(chi - 1) < 1e-12 ? 'marginal' : chi < 1 ? 'ordered' : 'chaotic'

/** The length map of a rectifier is a line. */
function lineCell({ activation, weightVariance, biasVariance, rowCorrelation = 0 }: SignalModel): PhaseCell {
  const unit = { first: 1, second: 1, cross: 1 }
  const second = closedKernel(activation, unit)!
  const slope = weightVariance * (second - meanShare(rowCorrelation) * closedMean(activation, 1)! ** 2)
  const gain = weightVariance * closedDerivativeKernel(activation, unit)!
  if (slope < 1 && biasVariance > 0)
    return { length: 'bounded', meanSquare: biasVariance / (1 - slope), chi: gain, correlation: correlationOf(gain) }
  const chi = slope === 0 ? 0 : gain / slope
  const correlation = correlationOf(chi)
  if (slope === 1 && biasVariance === 0) return { length: 'every', meanSquare: Number.NaN, chi, correlation }
  if (slope < 1) return { length: 'vanishing', meanSquare: 0, chi, correlation }
  return { length: 'unbounded', meanSquare: Number.POSITIVE_INFINITY, chi, correlation }
}

function tabledCell(model: SignalModel, table: MomentTable): PhaseCell {
  const { weightVariance, biasVariance } = model
  const share = meanShare(model.rowCorrelation ?? 0)
  const { second, mean, slope, from, step } = table
  const count = second.length
  const chiAt = (s: number, after: number): number => (weightVariance * tabled(table, slope, s) * Math.exp(s)) / after
  const image = (s: number): number =>
    weightVariance * (tabled(table, second, s) - share * tabled(table, mean, s) ** 2) + biasVariance
  const node = (k: number): number =>
    weightVariance * (second[k]! - share * mean[k]! * mean[k]!) + biasVariance - Math.exp(from + k * step)
  const limit = (k: number): number => chiAt(from + k * step, image(from + k * step))
  if (node(count - 1) > 0) {
    const chi = limit(count - 1)
    return { length: 'unbounded', meanSquare: Number.POSITIVE_INFINITY, chi, correlation: correlationOf(chi) }
  }
  let k = count - 2
  while (k >= 0 && node(k) <= 0) k--
  if (k < 0) {
    const chi = limit(0)
    return { length: 'vanishing', meanSquare: 0, chi, correlation: correlationOf(chi) }
  }
  let low = from + k * step
  let high = low + step
  for (let j = 0; j < 44; j++) {
    const middle = (low + high) / 2
    if (image(middle) > Math.exp(middle)) low = middle
    else high = middle
  }
  const s = (low + high) / 2
  const chi = chiAt(s, Math.exp(s))
  return { length: 'bounded', meanSquare: Math.exp(s), chi, correlation: correlationOf(chi) }
}
