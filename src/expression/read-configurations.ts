/** Sums over the values of whole quantities. */
import type { Expression } from './expression.js'
import { fail, isNext, loosely, peek, type ReadState, takeGroup, within } from './read-state.js'
import { readSymbol, takeName } from './read-symbols.js'

/** Quantities below one sum. */
const most = 16

/** `\sum_{\{s_j, \hat{s}_j\}}`: over all values of every component of what is named, a trace. Null where something else stands below. */
export function readConfigurationsBelow(s: ReadState): readonly Expression[] | null {
  if (!isNext(s, '_') || !isNext(s, '{', 1) || !isNext(s, '\\{', 2)) return null
  const start = s.position
  s.position++
  const [from, to] = takeGroup(s, '_')
  if (s.tokens[to - 1]?.text !== '\\}') {
    s.position = start
    return null
  }
  if (isNext(s, '^')) fail(s, 'a sum over configurations has no upper bound', peek(s))
  return within(s, from + 1, to - 1, () =>
    loosely(s, () => {
      const list = [readSymbol(s, takeName(s))]
      while (isNext(s, ',')) {
        s.position++
        list.push(readSymbol(s, takeName(s)))
        if (list.length > most) fail(s, `more than ${most} quantities below one sum`)
      }
      return list
    }),
  )
}
