import type { ActivationForm } from './activation.js'

/** Covariance of two centred normal variables u1, u2. */
export interface PairCovariance {
  /** E[u1^2] */
  readonly first: number
  /** E[u2^2] */
  readonly second: number
  /** E[u1 u2] */
  readonly cross: number
}

/** sqrt(q1 q2 - q12^2), exactly 0 for equal variables, where 1 - c^2 would have kept half the digits. */
const rootDeterminant = ({ first, second, cross }: PairCovariance): number =>
  Math.sqrt(Math.max(0, first * second - cross * cross))

/** arcsin of the correlation coefficient; 0 where a variable does not vary. */
const arcsineOf = (pair: PairCovariance): number => Math.atan2(pair.cross, rootDeterminant(pair))

/**
 * E[phi(u1) phi(u2)] in closed form: arc-cosine kernels of degree 0 and 1 for step and rectifiers (Cho & Saul 2009),
 * arc-sine kernels for sign and erf (Sheppard 1899; Williams 1997), sines and exponentials by the characteristic
 * function. Null where the activation is a formula.
 */
export function closedKernel(form: ActivationForm, pair: PairCovariance): number | null {
  const { first, second, cross } = pair
  switch (form.kind) {
    case 'rectifier': {
      // phi(z) = even |z| + odd z; mixed terms vanish by symmetry.
      const even = (form.positive - form.negative) / 2
      const odd = (form.positive + form.negative) / 2
      if (even === 0) return odd * odd * cross
      const magnitudes = (2 * (rootDeterminant(pair) + cross * arcsineOf(pair))) / Math.PI
      return odd * odd * cross + even * even * magnitudes
    }
    case 'sign':
      return first === 0 || second === 0 ? 0 : (2 / Math.PI) * arcsineOf(pair)
    case 'step':
      return first === 0 || second === 0 ? 0.25 : 0.25 + arcsineOf(pair) / (2 * Math.PI)
    case 'erf': {
      const s = 2 * form.scale * form.scale
      return (2 / Math.PI) * Math.asin((s * cross) / Math.sqrt((1 + s * first) * (1 + s * second)))
    }
    case 'sine': {
      const a = form.frequency * form.frequency
      const apart = Math.exp((-a * (first + second - 2 * cross)) / 2)
      const together = Math.exp((-a * (first + second + 2 * cross)) / 2)
      return (apart - Math.cos(2 * form.phase) * together) / 2
    }
    case 'exponential':
      return Math.exp((form.rate * form.rate * (first + second + 2 * cross)) / 2)
    case 'formula':
      return null
  }
}

/**
 * E[phi'(u1) phi'(u2)] in closed form, infinite where the activation jumps and the variables are the same. Null where
 * the activation is a formula.
 */
export function closedDerivativeKernel(form: ActivationForm, pair: PairCovariance): number | null {
  const { first, second, cross } = pair
  switch (form.kind) {
    case 'rectifier': {
      const even = (form.positive - form.negative) / 2
      const odd = (form.positive + form.negative) / 2
      return odd * odd + even * even * (2 / Math.PI) * arcsineOf(pair)
    }
    case 'sign':
    case 'step': {
      // Deltas of weight 2 (sign) or 1 (step): the joint density of (u1, u2) at the origin.
      const density = 1 / (2 * Math.PI * rootDeterminant(pair))
      return form.kind === 'sign' ? 4 * density : density
    }
    case 'erf': {
      const s = 2 * form.scale * form.scale
      const determinant = (1 + s * first) * (1 + s * second) - s * s * cross * cross
      return (2 * s) / (Math.PI * Math.sqrt(determinant))
    }
    case 'sine': {
      const a = form.frequency * form.frequency
      const apart = Math.exp((-a * (first + second - 2 * cross)) / 2)
      const together = Math.exp((-a * (first + second + 2 * cross)) / 2)
      return (a * (apart + Math.cos(2 * form.phase) * together)) / 2
    }
    case 'exponential':
      return form.rate * form.rate * Math.exp((form.rate * form.rate * (first + second + 2 * cross)) / 2)
    case 'formula':
      return null
  }
}

/** E[phi(u)] in closed form for u normal of this variance. Null where the activation is a formula. */
export function closedMean(form: ActivationForm, variance: number): number | null {
  switch (form.kind) {
    case 'rectifier':
      return ((form.positive - form.negative) / 2) * Math.sqrt((2 * variance) / Math.PI)
    case 'sign':
    case 'erf':
      return 0
    case 'step':
      return 0.5
    case 'sine':
      return Math.sin(form.phase) * Math.exp((-form.frequency * form.frequency * variance) / 2)
    case 'exponential':
      return Math.exp((form.rate * form.rate * variance) / 2)
    case 'formula':
      return null
  }
}

/** d/dq E[phi(sqrt(q) Z)^2] in closed form. Null where the activation is a formula. */
export function closedSecondMomentSlope(form: ActivationForm, variance: number): number | null {
  switch (form.kind) {
    case 'rectifier':
      return (form.positive ** 2 + form.negative ** 2) / 2
    case 'sign':
    case 'step':
      return 0
    case 'erf': {
      const s = 2 * form.scale * form.scale
      return (2 * s) / (Math.PI * (1 + s * variance) * Math.sqrt(1 + 2 * s * variance))
    }
    case 'sine': {
      const a = form.frequency * form.frequency
      return a * Math.cos(2 * form.phase) * Math.exp(-2 * a * variance)
    }
    case 'exponential':
      return 2 * form.rate ** 2 * Math.exp(2 * form.rate ** 2 * variance)
    case 'formula':
      return null
  }
}
