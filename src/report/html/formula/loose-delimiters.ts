import { tokensOf } from './units.js'

/**
 * LaTeX in which a `\left` or `\right` that has no partner in its group is taken away, its delimiter left as it is: what a paper
 * prints may open what it does not close, and should be shown so. Anything else is unchanged.
 */
export function withoutLooseDelimiters(latex: string): string {
  const tokens = [...tokensOf(latex)]
  const loose = new Set<number>()
  // Places of open `\left`s, group by group.
  const groups: number[][] = [[]]
  tokens.forEach((token, k) => {
    const open = groups.at(-1)!
    if (token === '{' || token === '\\begin') groups.push([])
    else if ((token === '}' || token === '\\end') && groups.length > 1) for (const at of groups.pop()!) loose.add(at)
    else if (token === '\\left') open.push(k)
    else if (token === '\\right' && open.pop() === undefined) loose.add(k)
  })
  for (const at of groups.flat()) loose.add(at)
  if (loose.size === 0) return latex
  return tokens
    .map((token, k) => {
      if (loose.has(k)) return ''
      // A delimiter that is not seen.
      return token === '.' && loose.has(k - 1) ? '' : token
    })
    .join('')
}
