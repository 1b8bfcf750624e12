import erfOf from '@stdlib/math-base-special-erf'

/**
 * Complementary error function in double precision, relative error below 1e-14 also in the far tail, where `1 - erf`
 * has no digits left: Laplace's continued fraction from x = 1 on (Abramowitz & Stegun 7.1.14, evaluated backwards).
 */
export function erfcDouble(x: number): number {
  if (x < 1) return 1 - erfOf(x)
  const terms = Math.ceil(20 + 240 / (x * x))
  let tail = x
  for (let n = terms; n >= 1; n--) tail = x + n / 2 / tail
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail
}
