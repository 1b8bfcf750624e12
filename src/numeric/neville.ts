import { DomainError } from './../expression/errors.js'

/** A limit with an error estimate. */
export interface Limit {
  readonly value: number
  readonly error: number
}

/**
 * The limit x -> 0 of a function that is smooth in x, from its values at several x > 0, by Neville's interpolation. The
 * error estimate is the difference from the limit without the last point. Throws DomainError on fewer than three
 * points or on equal abscissae.
 */
export function limitAtZero(points: readonly { readonly x: number; readonly y: number }[]): Limit {
  if (points.length < 3) throw new DomainError('a limit needs values at three points or more')
  return { value: neville(points), error: Math.abs(neville(points) - neville(points.slice(0, -1))) }
}

function neville(points: readonly { readonly x: number; readonly y: number }[]): number {
  const table = points.map(({ y }) => y)
  for (let order = 1; order < points.length; order++)
    for (let k = points.length - 1; k >= order; k--) {
      const [near, far] = [points[k]!.x, points[k - order]!.x]
      if (near === far) throw new DomainError('two of the points are at the same place')
      table[k] = (far * table[k]! - near * table[k - 1]!) / (far - near)
    }
  return table.at(-1)!
}
