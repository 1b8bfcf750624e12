import FFT from 'fft.js'

/** Fourier modes of the last n numbers of a column: `re[m]`, `im[m]` for m = 0 … n/2, overwritten by the next call. */
export interface WindowModes {
  readonly re: Float64Array
  readonly im: Float64Array
}

/**
 * epsilon_q = (1/n) sum_j (x_{last n, j} - reference) e^{+i q j}. The library's transform has the other sign, so
 * imaginary parts are turned.
 */
export function windowTransform(n: number): (column: Float64Array, reference: number) => WindowModes {
  const fft = new FFT(n)
  const out: number[] = fft.createComplexArray()
  const data: number[] = new Array(n).fill(0)
  const re = new Float64Array(n / 2 + 1)
  const im = new Float64Array(n / 2 + 1)
  return (column, reference) => {
    const from = column.length - n
    for (let j = 0; j < n; j++) data[j] = column[from + j]! - reference
    fft.realTransform(out, data)
    for (let m = 0; m <= n / 2; m++) {
      re[m] = out[2 * m]! / n
      // 0 - x, so that the real modes m = 0 and n/2 get +0 and not -0.
      im[m] = 0 - out[2 * m + 1]! / n
    }
    return { re, im }
  }
}
