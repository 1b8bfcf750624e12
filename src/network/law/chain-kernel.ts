import gammaln from '@stdlib/math-base-special-gammaln'

/**
 * One step of a collective chain in logarithmic coordinates: with u = log(r / r*) and r* the mean-field fixed point,
 * u' = mu(u) + s, mu(u) = log(1 + contraction (e^{2u} - 1)) / 2, where s = log(chi^2 / E chi^2) / 2 is independent.
 */
export interface ChainKernel {
  /** sigma_w^2 for linear, sigma_w^2 / 2 for rectified linear networks: below 1. */
  readonly contraction: number
  /** E chi^2 of a step: N for linear, N/2 for rectified linear networks. */
  readonly meanChiSquare: number
  /** r* */
  readonly scale: number
  /** Logarithm of the density of s, up to one constant. */
  logDensity(s: number): number
  /** Outside (left, right) the density of s is below e^-44 of its peak. */
  readonly left: number
  readonly right: number
  /** Spacing at which the trapezoid rule on the density of s is exact to rounding. */
  readonly spacing: number
  /** Standard deviation of s, roughly. */
  readonly spread: number
  /** log E e^{2 p s}: the growth of r^{2p} by one step at large r is contraction^p times its exponential. */
  logMoment(p: number): number
}

const cutoff = 44

/** Where a function that rises through a level does so, by bisection between a point below it and one above. */
export function crossing(f: (x: number) => number, below: number, above: number): number {
  let [a, b] = [below, above]
  for (let k = 0; k < 200 && a !== b; k++) {
    const middle = (a + b) / 2
    if (middle === a || middle === b) break
    if (f(middle) < 0) a = middle
    else b = middle
  }
  return (a + b) / 2
}

/**
 * Spacing for the density of log(chi^2_N) / 2: its characteristic function at frequency 2y is
 * |Gamma(N/2 + i y)| / Gamma(N/2) to leading exponential order, and the trapezoid rule's error is its value at
 * 2 pi / h.
 */
export function chiSquareSpacing(degrees: number): number {
  const z = degrees / 2
  const decay = (y: number): number => y * Math.atan(y / z) - ((z - 0.5) / 2) * Math.log1p((y / z) ** 2)
  const y = crossing((x) => decay(x) - cutoff, 0, 60 + 20 * Math.sqrt(z))
  return Math.PI / y
}

/** The kernel of |z^{l+1}| given |z^l| in a linear network. */
export function linearKernel(width: number, weightVariance: number, biasVariance: number): ChainKernel {
  // s - (e^{2s} - 1)/2 = -s^2 - …: written so that nothing cancels at large widths.
  const logDensity = (s: number): number => width * (s - Math.expm1(2 * s) / 2)
  return {
    contraction: weightVariance,
    meanChiSquare: width,
    scale: Math.sqrt((width * biasVariance) / (1 - weightVariance)),
    logDensity,
    left: crossing((s) => logDensity(s) + cutoff, -cutoff / width - 8, 0),
    right: crossing((s) => -logDensity(s) - cutoff, 0, 8),
    spacing: chiSquareSpacing(width),
    spread: Math.sqrt(1 / (2 * width)) * (1 + 1 / width),
    logMoment: (p) => p * Math.log(2 / width) + gammaln(width / 2 + p) - gammaln(width / 2),
  }
}
