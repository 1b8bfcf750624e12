import type { TransferOperator } from './transfer-operator.js'

export interface WindowMoments {
  readonly mean: number
  readonly varianceOfMean: number
  readonly spectrum: readonly number[]
}

/**
 * Expectations over layers skip … skip + layers - 1 of a chain whose layer 0 has the law `first`:
 * E|epsilon_q|^2 = (1/n^2) [S_0 + 2 sum_{k>0} S_k cos(q k)], S_k = sum_j E[e_j e_{j+k}], e = r - reference, with
 * E[e_j e_{j+k}] = sum_u law_j(u) e(u) (T^k e)(u).
 */
export function windowMoments(
  operator: TransferOperator,
  values: Float64Array,
  first: Float64Array,
  skip: number,
  layers: number,
  reference: number,
): WindowMoments {
  const n = layers
  const size = values.length
  let law: Float64Array = first.slice()
  let spare: Float64Array = new Float64Array(size)
  const step = (): void => {
    operator.forward(law, spare)
    ;[law, spare] = [spare, law]
  }
  for (let l = 0; l < skip; l++) step()
  // Laws summed over the first n - k layers of the window, kept for every k.
  const summed: Float64Array[] = []
  const running = new Float64Array(size)
  for (let j = 0; j < n; j++) {
    for (let u = 0; u < size; u++) running[u] = running[u]! + law[u]!
    summed.push(running.slice())
    step()
  }
  let mean = 0
  for (let u = 0; u < size; u++) mean += running[u]! * values[u]!
  mean /= n
  return {
    mean,
    varianceOfMean:
      lagSums(operator, values, summed, mean).reduce((sum, s, k) => sum + (k === 0 ? s : 2 * s), 0) / n ** 2,
    spectrum: cosineSums(lagSums(operator, values, summed, reference)),
  }
}

/** S_k for k = 0 … n - 1. */
function lagSums(
  operator: TransferOperator,
  values: Float64Array,
  summed: readonly Float64Array[],
  reference: number,
): readonly number[] {
  const n = summed.length
  const deviation = values.map((x) => x - reference)
  let current: Float64Array = deviation.slice()
  let spare: Float64Array = new Float64Array(deviation.length)
  return Array.from({ length: n }, (_, k) => {
    const laws = summed[n - 1 - k]!
    let sum = 0
    for (let u = 0; u < deviation.length; u++) sum += laws[u]! * deviation[u]! * current[u]!
    operator.backward(current, spare)
    ;[current, spare] = [spare, current]
    return sum
  })
}

function cosineSums(sums: readonly number[]): readonly number[] {
  const n = sums.length
  const cosines = Array.from({ length: n }, (_, k) => Math.cos((2 * Math.PI * k) / n))
  return Array.from({ length: Math.floor(n / 2) + 1 }, (_, m) => {
    let total = sums[0]!
    for (let k = 1; k < n; k++) total += 2 * sums[k]! * cosines[(m * k) % n]!
    return total / n ** 2
  })
}
