import type { Arithmetic } from './arithmetic.js'

/** A value at two precisions, of which the second is the finer. */
export interface TwoPrecisions<T, U> {
  readonly coarse: T
  readonly fine: U
  readonly arithmetic: Arithmetic<T>
  readonly finer: Arithmetic<U>
}

/**
 * A value as text, without a real or imaginary part that is nothing but rounding: a part with any correct digit is the
 * same number at both precisions, what rounding leaves shrinks with the precision. No size is called small by decree.
 */
export function settledText<T, U>({ coarse, fine, arithmetic, finer }: TwoPrecisions<T, U>): string {
  const isNoise = (a: number, b: number): boolean => a !== 0 && Math.abs(a - b) > Math.abs(a) / 2
  const noReal = isNoise(arithmetic.real(coarse), finer.real(fine))
  const noImaginary = isNoise(arithmetic.imaginary(coarse), finer.imaginary(fine))
  if (noReal && noImaginary) return '0'
  if (!noReal && !noImaginary) return arithmetic.toText(coarse)
  const conjugate = arithmetic.conjugate(coarse)
  const doubled = arithmetic.add(coarse, noImaginary ? conjugate : arithmetic.negate(conjugate))
  return arithmetic.toText(arithmetic.divide(doubled, arithmetic.fromNumber(2)))
}
