/** Points on the page, in points of TeX. */
export type PagePoint = readonly [number, number]

/** How far a drawn line may be from the data: a twentieth of a point is thinner than any line. */
const tolerance = 0.05

/** A line with the points left out that nobody could see, by Ramer, Douglas and Peucker. */
export function simplified(points: readonly PagePoint[]): readonly PagePoint[] {
  if (points.length < 3) return points
  const kept = new Set([0, points.length - 1])
  const open: (readonly [number, number])[] = [[0, points.length - 1]]
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span
    let farthest = from
    let distance = tolerance
    for (let k = from + 1; k < to; k++) {
      const d = distanceFrom(points[k]!, points[from]!, points[to]!)
      if (d > distance) [farthest, distance] = [k, d]
    }
    if (farthest === from) continue
    kept.add(farthest)
    open.push([from, farthest], [farthest, to])
  }
  return points.filter((_, k) => kept.has(k))
}

/** Distance of a point from a segment. */
function distanceFrom([x, y]: PagePoint, [x0, y0]: PagePoint, [x1, y1]: PagePoint): number {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const squared = dx * dx + dy * dy
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / squared))
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy)
}

/** Points of which no two would be drawn over each other. */
export function distinct(points: readonly PagePoint[]): readonly PagePoint[] {
  const seen = new Set<string>()
  return points.filter(([x, y]) => {
    const key = `${x.toFixed(1)},${y.toFixed(1)}`
    return !seen.has(key) && Boolean(seen.add(key))
  })
}

/** A coordinate: to a hundredth of a point, and never `-0`. */
export const coordinate = (value: number): string => {
  const text = value.toFixed(2).replace(/\.?0+$/, '')
  return text === '-0' || text === '' ? '0' : text
}

const pair = ([x, y]: PagePoint): string => `(${coordinate(x)},${coordinate(y)})`

/** Moves and lines through points, in the two macros that a picture defines. */
export const pathThrough = (points: readonly PagePoint[]): string =>
  points.map((point, k) => `${k === 0 ? '\\cgM' : '\\cgL'}${pair(point)}`).join('')

/** A separate stroke for each pair of ends. */
export const strokes = (ends: readonly (readonly [PagePoint, PagePoint])[]): string =>
  ends.map(([from, to]) => `\\cgM${pair(from)}\\cgL${pair(to)}`).join('')

/** Lines of a file, none so long that an editor minds. */
export const wrapped = (text: string): string => text.replace(/(.{90,}?\))(?=\\)/g, '$1%\n')
