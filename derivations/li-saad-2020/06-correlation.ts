/** Section 6.3, (51): the correlation coefficient. */
import {
  add,
  derive,
  differentiate,
  divide,
  type Expression,
  log,
  multiply,
  power,
  rational,
  squareRoot,
  substitute,
  symbol,
  zero,
} from 'corrigenda'

export const correlation = derive(
  'eq-51',
  {},
  'second cumulants of both activations from their first and second moments, the covariance over the roots of the variances',
  (_, { read }) => {
    const [a, b] = [symbol('source a'), symbol('source b')]
    const half = rational(1, 2)
    // The generating function of the moments up to the second order, and of the cumulants its logarithm.
    const generating = add(
      rational(1),
      multiply(a, read('\\hat{m}^l')),
      multiply(b, read('m^l')),
      multiply(half, power(a, 2), read('\\hat{v}^l')),
      multiply(a, b, read('q^l')),
      multiply(half, power(b, 2), read('v^l')),
    )
    const cumulants = log(generating)
    const atOrigin = (e: Expression): Expression =>
      substitute(e, (node) => (node.kind === 'symbol' && node.name.startsWith('source') ? zero : undefined))
    const second = (x: typeof a, y: typeof a): Expression => atOrigin(differentiate(differentiate(cumulants, x), y))
    return divide(second(a, b), multiply(squareRoot(second(a, a)), squareRoot(second(b, b))))
  },
)
