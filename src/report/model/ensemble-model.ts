/** What the theory makes of an ensemble of random networks: length and correlation maps, fixed points, scales, phase boundary. */
import { DomainError } from '../../expression/errors.js'
import type { Notation } from '../../expression/notation.js'
import { toLatex } from '../../expression/write-latex.js'
import { toText } from '../../expression/write-text.js'
import {
  type ActivationForm,
  correlationFixedPoints,
  criticalPoints,
  depthScale,
  lengthBoundary,
  lengthFixedPoints,
  type MapFixedPoint,
  type SignalModel,
  signalMaps,
} from '../../theory/index.js'
import type { ModelResult } from './result.js'

const digits = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(10))) : value > 0 ? 'infinite' : 'minus infinite'

/** What an activation is called in words and in LaTeX. */
function nameOf(form: ActivationForm, notation: Notation): { readonly text: string; readonly latex: string } {
  switch (form.kind) {
    case 'rectifier': {
      const { positive, negative } = form
      if (positive === 1 && negative === 1) return { text: 'z', latex: 'z' }
      if (positive === 1 && negative === 0) return { text: 'max(0, z)', latex: '\\max(0, z)' }
      return {
        text: `${positive} z for z > 0, ${negative} z for z < 0`,
        latex: `${positive} \\max(0, z) + ${negative} \\min(0, z)`,
      }
    }
    case 'sign':
      return { text: 'sign(z)', latex: '\\operatorname{sgn}(z)' }
    case 'step':
      return { text: 'step(z)', latex: '\\theta(z)' }
    case 'erf':
      return { text: `erf(${form.scale} z)`, latex: `\\operatorname{erf}(${form.scale} z)` }
    case 'sine':
      return { text: `sin(${form.frequency} z + ${form.phase})`, latex: `\\sin(${form.frequency} z + ${form.phase})` }
    case 'exponential':
      return { text: `exp(${form.rate} z)`, latex: `e^{${form.rate} z}` }
    case 'formula':
      return { text: toText(form.formula), latex: toLatex(form.formula, notation) }
  }
}

const pointText = ({ value, slope, stability }: MapFixedPoint): string =>
  `${digits(value)}: ${stability}, slope ${digits(slope)}, deviations fall off over ${digits(depthScale(slope))} layers`

const pointLatex = ({ value, slope, stability }: MapFixedPoint, letter: string): string => {
  const scale = depthScale(slope)
  return `$${letter}^* = ${digits(value)}$ (${stability}, slope $${digits(slope)}$, depth scale $${Number.isFinite(scale) ? digits(scale) : '\\infty'}$)`
}

/** Everything that the mean-field theory says of a model, the general maps first; what does not exist says why. */
export function ensembleResults(model: SignalModel, notation: Notation): readonly ModelResult[] {
  const maps = signalMaps(model)
  const { weightVariance, biasVariance, rowCorrelation = 0 } = model
  const phi = nameOf(model.activation, notation)
  const results: ModelResult[] = []
  const attempt = (name: string, work: () => Omit<ModelResult, 'name'>): void => {
    try {
      results.push({ name, ...work() })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      results.push({ name, text: `none: ${error.detail}`, latex: 'none' })
    }
  }
  results.push({
    name: 'model',
    text: `phi(z) = ${phi.text}, weight variance ${weightVariance}, bias variance ${biasVariance}${rowCorrelation === 0 ? '' : `, row correlation ${rowCorrelation}`}`,
    latex: `$\\phi(z) = ${phi.latex}$, $\\sigma_w^2 = ${weightVariance}$, $\\sigma_b^2 = ${biasVariance}$${rowCorrelation === 0 ? '' : `, $k = ${rowCorrelation}$`}`,
  })
  const share =
    rowCorrelation === 0
      ? { text: '', latex: '' }
      : {
          text: ' - k/(1+k) (E phi(sqrt(q) Z))^2',
          latex: ' - \\frac{k}{1+k} \\left(\\int Dz\\, \\phi(\\sqrt{q^l} z)\\right)^2',
        }
  results.push(
    {
      name: 'length map',
      text: `q -> sigma_w^2 (E phi(sqrt(q) Z)^2${share.text}) + sigma_b^2, Z standard normal\nat q = 1: ${valueAt(() => maps.length(1))}`,
      latex: `$\\displaystyle q^{l+1} = \\sigma_w^2 \\left[\\int Dz\\, \\phi(\\sqrt{q^l} z)^2${share.latex}\\right] + \\sigma_b^2$`,
    },
    {
      name: 'correlation map',
      text:
        'c -> (sigma_w^2 (E phi(u1) phi(u2)' +
        (rowCorrelation === 0 ? '' : ' - k/(1+k) (E phi)^2') +
        ') + sigma_b^2) / q*, u1 and u2 of variance q* and covariance c q*',
      latex: `$\\displaystyle c^{l+1} = \\frac{1}{q^*} \\left[\\sigma_w^2 \\int Dz_1 Dz_2\\, \\phi(u_1) \\phi(u_2) + \\sigma_b^2\\right]$, $u_1 = \\sqrt{q^*} z_1$, $u_2 = \\sqrt{q^*} (c^l z_1 + \\sqrt{1 - (c^l)^2} z_2)$`,
    },
  )
  const lengths = lengthFixedPoints(maps)
  attempt('fixed points of the length', () => {
    if (lengths.every) return { text: 'every mean square', latex: 'every $q \\ge 0$' }
    const more = lengths.unbounded ? '; it grows without bound from large enough values' : ''
    if (lengths.points.length === 0) return { text: `none${more}`, latex: `none${more}` }
    return {
      text: lengths.points.map(pointText).join('\n') + more,
      latex: lengths.points.map((point) => pointLatex(point, 'q')).join('; ') + more,
    }
  })
  for (const { value } of lengths.points.filter((point) => point.value > 0 && point.stability === 'stable')) {
    attempt(`correlations at q* = ${digits(value)}`, () => {
      const points = correlationFixedPoints(maps, value)
      const chi = maps.correlationSlope(1, value)
      const phase = chi < 1 ? 'ordered: close inputs converge' : chi > 1 ? 'chaotic: close inputs part' : 'critical'
      return {
        text: [`chi = ${digits(chi)}, ${phase}`, ...points.map((point) => `c* = ${pointText(point)}`)].join('\n'),
        latex: `$\\chi_1 = ${digits(chi)}$ (${phase}); ${points.map((point) => pointLatex(point, 'c')).join('; ')}`,
      }
    })
  }
  attempt('boundary of order and chaos', () => {
    const points = criticalPoints(model.activation, biasVariance, rowCorrelation)
    if (points.length === 0) return { text: 'none at this bias variance', latex: 'none at this $\\sigma_b^2$' }
    return {
      text: points
        .map(
          (point) =>
            `weight variance ${digits(point.weightVariance)}, where q* = ${digits(point.length)}${point.stable ? '' : ' (not stable)'}`,
        )
        .join('\n'),
      latex: points
        .map((point) => `$\\sigma_w^2 = ${digits(point.weightVariance)}$, $q^* = ${digits(point.length)}$`)
        .join('; '),
    }
  })
  attempt('boundary of bounded length', () => {
    const boundary = lengthBoundary(model.activation, rowCorrelation)
    return { text: `weight variance ${digits(boundary)}`, latex: `$\\sigma_w^2 = ${digits(boundary)}$` }
  })
  return results
}

function valueAt(work: () => number): string {
  try {
    return digits(work())
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return `none (${error.detail})`
  }
}
