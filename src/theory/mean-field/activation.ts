import erf from '@stdlib/math-base-special-erf'
import { differentiate } from '../../expression/differentiate.js'
import { DomainError } from '../../expression/errors.js'
import { type Expression, mapChildren, rational, symbol } from '../../expression/expression.js'
import { compile } from '../../numeric/compile.js'
import { activationFrom } from './length-map.js'

/**
 * What a neuron does with its pre-activation, as plain data. Those with a name have Gaussian kernels in closed form;
 * a formula in `z` has them by quadrature.
 */
export type ActivationForm =
  /** `positive z` for z > 0 and `negative z` for z < 0: (1, 1) is linear, (1, 0) ReLU, (1, a) leaky ReLU, (1, -1) |z|. */
  | { readonly kind: 'rectifier'; readonly positive: number; readonly negative: number }
  /** -1, 0, 1 */
  | { readonly kind: 'sign' }
  /** 0, 1/2, 1 */
  | { readonly kind: 'step' }
  /** erf(scale z) */
  | { readonly kind: 'erf'; readonly scale: number }
  /** sin(frequency z + phase) */
  | { readonly kind: 'sine'; readonly frequency: number; readonly phase: number }
  /** exp(rate z) */
  | { readonly kind: 'exponential'; readonly rate: number }
  | {
      readonly kind: 'formula'
      readonly formula: Expression
      /** Values of the formula's other symbols. */
      readonly parameters?: Readonly<Record<string, number>>
    }

/** The identity. */
export const linearForm: ActivationForm = { kind: 'rectifier', positive: 1, negative: 1 }
/** max(0, z). */
export const rectifiedForm: ActivationForm = { kind: 'rectifier', positive: 1, negative: 0 }
/** tanh(z). */
export const hyperbolicForm: ActivationForm = {
  kind: 'formula',
  formula: { kind: 'function', name: 'tanh', arguments: [symbol('z')] },
}

/** An activation with its derivative, ready for Gaussian integrals. */
export interface GaussianActivation {
  readonly form: ActivationForm
  readonly value: (z: number) => number
  /** The ordinary derivative; where the activation jumps, its delta is not in it. */
  readonly derivative: (z: number) => number
  /** Where the activation or its derivative jumps. */
  readonly kinks: readonly number[]
  /** Where the activation itself jumps. */
  readonly jumps: readonly number[]
}

const finite = (value: number, what: string): number => {
  if (!Number.isFinite(value)) throw new DomainError(`${what} is ${value}: give a finite number`)
  return value
}

const compiledForms = new WeakMap<object, GaussianActivation>()

/**
 * Prepares an activation. Throws DomainError where a parameter is not finite or the formula has symbols without a value.
 */
export function gaussianActivation(form: ActivationForm): GaussianActivation {
  const known = compiledForms.get(form)
  if (known) return known
  const made = { form, ...behaviour(form) }
  compiledForms.set(form, made)
  return made
}

function behaviour(form: ActivationForm): Omit<GaussianActivation, 'form'> {
  switch (form.kind) {
    case 'rectifier': {
      const up = finite(form.positive, 'the slope for positive arguments')
      const down = finite(form.negative, 'the slope for negative arguments')
      return {
        value: (z) => (z > 0 ? up : down) * z,
        derivative: (z) => (z > 0 ? up : down),
        kinks: up === down ? [] : [0],
        jumps: [],
      }
    }
    case 'sign':
      return { value: Math.sign, derivative: () => 0, kinks: [0], jumps: [0] }
    case 'step':
      return { value: (z) => (Math.sign(z) + 1) / 2, derivative: () => 0, kinks: [0], jumps: [0] }
    case 'erf': {
      const s = finite(form.scale, 'the scale of erf')
      const norm = (2 * s) / Math.sqrt(Math.PI)
      return {
        value: (z) => erf(s * z),
        derivative: (z) => norm * Math.exp(-s * s * z * z),
        kinks: [],
        jumps: [],
      }
    }
    case 'sine': {
      const a = finite(form.frequency, 'the frequency')
      const b = finite(form.phase, 'the phase')
      return { value: (z) => Math.sin(a * z + b), derivative: (z) => a * Math.cos(a * z + b), kinks: [], jumps: [] }
    }
    case 'exponential': {
      const a = finite(form.rate, 'the rate')
      return { value: (z) => Math.exp(a * z), derivative: (z) => a * Math.exp(a * z), kinks: [], jumps: [] }
    }
    case 'formula':
      return formulaBehaviour(form.formula, form.parameters ?? {})
  }
}

/** A derivative without the deltas of its jumps. */
const withoutDeltas = (e: Expression): Expression =>
  e.kind === 'function' && e.name === 'diracDelta' ? rational(0) : mapChildren(e, withoutDeltas)

function formulaBehaviour(
  formula: Expression,
  parameters: Readonly<Record<string, number>>,
): Omit<GaussianActivation, 'form'> {
  const z = symbol('z')
  const names = Object.keys(parameters)
  const given = names.map((name) => finite(parameters[name]!, `the activation's parameter ${name}`))
  const slope = withoutDeltas(differentiate(formula, z))
  const ready = (e: Expression): ((x: number) => number) => {
    const run = compile(e, ['z', ...names])
    const values = [0, ...given]
    return (x) => {
      values[0] = x
      return run(values)
    }
  }
  const value = ready(formula)
  const { kinks } = activationFrom(formula, 'z', new Map(Object.entries(parameters)))
  const jumps = kinks.filter((x) => {
    const width = 1e-9 * Math.max(1, Math.abs(x))
    return Math.abs(value(x + width) - value(x - width)) > 1e-4
  })
  return { value, derivative: ready(slope), kinks, jumps }
}
