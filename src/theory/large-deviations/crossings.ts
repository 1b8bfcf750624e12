/** What a scan follows: where a shot lands, and the numbers that must not jump from one node to the next. */
interface Landing {
  readonly miss: number
  readonly logits: readonly number[]
  /** Equal for shots that pass through the same branches; where it changes the landing may jump. */
  readonly branch: string
}

/** Nodes that a scan may add between those it is given. */
const mostNodes = 20_000

/**
 * Pairs of shots to either side of every sign change of `miss`, and of every jump from one branch to another, over the
 * given parameters (rising), the parameters of each pair being neighbouring numbers. Between nodes across which a logit jumps the scan is refined first, so that
 * what rises and falls again in between is not passed over. Bounded: it adds at most 20,000 nodes.
 */
export function crossings<S extends Landing>(
  shoot: (x: number) => S,
  parameters: readonly number[],
): readonly (readonly [S, S])[] {
  const nodes = parameters.map((x) => ({ x, shot: shoot(x) }))
  const found: (readonly [S, S])[] = []
  let added = 0
  // From the left; what is still to be looked at, the nearest last.
  const ahead = nodes.reverse()
  let here = ahead.pop()
  while (here && ahead.length > 0) {
    const next = ahead.at(-1)!
    const middle = between(here.x, next.x)
    if (added < mostNodes && jumps(here.shot, next.shot) && Math.abs(next.x - here.x) > 1e-4 * Math.abs(middle)) {
      ahead.push({ x: middle, shot: shoot(middle) })
      added += 1
      continue
    }
    if (here.shot.branch !== next.shot.branch && added < mostNodes) {
      const [low, high] = closest(shoot, here, next, (shot) => shot.branch === here!.shot.branch)
      if (low.x !== here.x || high.x !== next.x) {
        // What lies before the jump and after it comes next.
        if (high.x !== next.x) ahead.push(high)
        if (low.x !== here.x) ahead.push(low)
        added += 1
        continue
      }
      found.push([here.shot, next.shot])
      here = ahead.pop()
      continue
    }
    if (here.shot.miss === 0) found.push([here.shot, here.shot])
    else if (next.shot.miss !== 0 && here.shot.miss < 0 !== next.shot.miss < 0) found.push(narrowed(shoot, here, next))
    here = ahead.pop()
  }
  if (here?.shot.miss === 0) found.push([here.shot, here.shot])
  return found
}

/** Geometric between numbers of one sign, whose size is what varies. */
const between = (a: number, b: number): number => (a * b > 0 ? Math.sign(a) * Math.sqrt(a * b) : (a + b) / 2)

const bent = (logit: number): number => Math.asinh(logit)
const jumps = (a: Landing, b: Landing): boolean => a.logits.some((w, k) => Math.abs(bent(w) - bent(b.logits[k]!)) > 0.5)

interface Node<S> {
  readonly x: number
  readonly shot: S
}

const narrowed = <S extends Landing>(shoot: (x: number) => S, below: Node<S>, above: Node<S>): readonly [S, S] => {
  const [low, high] = closest(shoot, below, above, ({ miss }) => miss < 0 === below.shot.miss < 0)
  return [low.shot, high.shot]
}

/** The neighbouring numbers between which a shot ceases to be like the one below. */
function closest<S>(
  shoot: (x: number) => S,
  below: Node<S>,
  above: Node<S>,
  isBelow: (shot: S) => boolean,
): readonly [Node<S>, Node<S>] {
  let [low, high] = [below, above]
  for (let step = 0; step < 200; step++) {
    const x = step < 12 ? between(low.x, high.x) : (low.x + high.x) / 2
    if (x === low.x || x === high.x) break
    const shot = shoot(x)
    if (isBelow(shot)) low = { x, shot }
    else high = { x, shot }
  }
  return [low, high]
}
