import { DomainError } from '../expression/errors.js'
import { divide, type Expression, exp, multiply, negate, pi, power, rational } from '../expression/expression.js'
import { integrate } from '../numeric/quadrature.js'
import { determinant } from './gaussian/integrate.js'

/** An integral `\int dx e^{-A f(x)}` with a large A, and what is known of f at its minimum. */
export interface LaplaceProblem {
  readonly large: Expression
  /** f at the minimum. */
  readonly minimum: Expression
  /** Matrix of second derivatives of f there. */
  readonly hessian: readonly (readonly Expression[])[]
}

/** Laplace's approximation `e^{-A f(x*)} (2 pi / A)^{d/2} det(f''(x*))^{-1/2}`, whose relative error vanishes as 1/A. */
export function laplaceApproximation(problem: LaplaceProblem): Expression {
  const dimension = problem.hessian.length
  if (dimension === 0) throw new DomainError('an integral over no variables has no Laplace approximation')
  return multiply(
    exp(negate(multiply(problem.large, problem.minimum))),
    power(divide(multiply(rational(2), pi), problem.large), rational(dimension, 2)),
    power(determinant(problem.hessian), rational(-1, 2)),
  )
}

/** How a ratio approaches one: its deviation at each A and the fitted power of 1/A. */
export interface LaplaceConvergence {
  readonly ratios: readonly { readonly large: number; readonly ratio: number }[]
  /** Slope of log|ratio - 1| against log A, with the sign turned: 1 for a correct approximation. */
  readonly order: number
}

/**
 * Measures integral / approximation for a function of one variable at rising A, by adaptive quadrature split at the minimum. Throws DomainError where the integrand does not
 * decay inside [from, to].
 */
export function laplaceConvergence(problem: {
  readonly f: (x: number) => number
  readonly minimiser: number
  /** The approximation under test, as a function of A, divided by e^{-A f(x*)}. */
  readonly approximation: (large: number) => number
  readonly from: number
  readonly to: number
  readonly large?: readonly number[]
}): LaplaceConvergence {
  const base = problem.f(problem.minimiser)
  const ratios = (problem.large ?? [50, 100, 200, 400, 800]).map((large) => {
    const integrand = (x: number): number => Math.exp(-large * (problem.f(x) - base))
    if (!(integrand(problem.from) < 1e-16 && integrand(problem.to) < 1e-16))
      throw new DomainError('the integrand does not decay within the bounds given')
    const width = (problem.to - problem.from) / Math.sqrt(large)
    const kinks = [problem.minimiser, problem.minimiser - width, problem.minimiser + width]
    const { value } = integrate(integrand, problem.from, problem.to, { tolerance: 1e-12, kinks })
    return { large, ratio: value / problem.approximation(large) }
  })
  const points = ratios.map((r) => [Math.log(r.large), Math.log(Math.abs(r.ratio - 1))] as const)
  const mean = (k: 0 | 1): number => points.reduce((s, p) => s + p[k], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const slope =
    points.reduce((s, p) => s + (p[0] - x) * (p[1] - y), 0) / points.reduce((s, p) => s + (p[0] - x) ** 2, 0)
  return { ratios, order: -slope }
}
