import erfOf from '@stdlib/math-base-special-erf'
import gammaOf from '@stdlib/math-base-special-gamma'
import logGammaOf from '@stdlib/math-base-special-gammaln'
import type { KnownFunction } from '../expression/expression.js'
import { erfcDouble } from './erfc.js'

export type Unary = (a: number) => number
export type Binary = (a: number, b: number) => number

const sign: Unary = (a) => (a > 0 ? 1 : a < 0 ? -1 : a)

/** Known functions of one argument in double precision; NaN where they have no value. */
export const unary: Partial<Record<KnownFunction, Unary>> = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  abs: Math.abs,
  sign,
  step: (a) => (sign(a) + 1) / 2,
  erf: (a) => erfOf(a),
  erfc: erfcDouble,
  gamma: (a) => gammaOf(a),
  logGamma: (a) => logGammaOf(a),
  factorial: (a) => gammaOf(a + 1),
}

/** Known functions of two arguments in double precision. */
export const binary: Partial<Record<KnownFunction, Binary>> = {
  max: Math.max,
  min: Math.min,
  kroneckerDelta: (a, b) => (a === b ? 1 : 0),
  binomial: (n, k) =>
    Number.isInteger(n) && Number.isInteger(k) && n >= 0
      ? k < 0 || k > n
        ? 0
        : Math.round(Math.exp(logGammaOf(n + 1) - logGammaOf(k + 1) - logGammaOf(n - k + 1)))
      : gammaOf(n + 1) / gammaOf(k + 1) / gammaOf(n - k + 1),
}
