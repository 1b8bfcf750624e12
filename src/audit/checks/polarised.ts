import type { ComplexMatrix } from '../../theory/support/linear-algebra.js'

/**
 * A combination of Fourier amplitudes whose variance is a number of the covariance matrix: a field alone, the sum of two, or
 * the one plus i times the other.
 */
export interface Combination {
  readonly a: number
  /** Equal to `a` for a field alone. */
  readonly b: number
  readonly part: 'alone' | 'real' | 'imaginary'
}

/**
 * Combinations whose variances determine a Hermitian matrix, one for each of its independent real numbers (n^2 for n fields):
 * |x + y|^2 = |x|^2 + |y|^2 + 2 Re x y*, |x + iy|^2 = |x|^2 + |y|^2 + 2 Im x y*. Of complex Gaussian amplitudes each is exactly
 * gamma distributed, which entries off the diagonal are not.
 */
export function combinations(fields: number): readonly Combination[] {
  const all = Array.from({ length: fields }, (_, a) => a)
  return [
    ...all.map((a): Combination => ({ a, b: a, part: 'alone' })),
    ...all.flatMap((a) =>
      all
        .filter((b) => b > a)
        .flatMap((b): readonly Combination[] => [
          { a, b, part: 'real' },
          { a, b, part: 'imaginary' },
        ]),
    ),
  ]
}

/** The variance of a combination of amplitudes with a covariance matrix E X_a conj(X_b), each first divided by its scale. */
export function combinedVariance(
  matrix: ComplexMatrix,
  { a, b, part }: Combination,
  scales: readonly number[],
): number {
  const entry = (i: number, j: number): { readonly re: number; readonly im: number } => {
    const { re, im } = matrix[i]![j]!
    const scale = scales[i]! * scales[j]!
    return { re: re / scale, im: im / scale }
  }
  if (part === 'alone') return entry(a, a).re
  const cross = entry(a, b)
  return entry(a, a).re + entry(b, b).re + 2 * (part === 'real' ? cross.re : cross.im)
}
