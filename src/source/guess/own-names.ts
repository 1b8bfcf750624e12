import { matchBraces, type Token } from '../../expression/tokens.js'

/** Letters that the reader takes for functions of its own where nobody declares them. */
const takenLetters: ReadonlySet<string> = new Set(['\\Gamma', '\\delta'])

/**
 * Letters that a paper uses as its own although the reader has a function for them: what a formula begins with and states
 * (`\Gamma(k) = …`, `\Gamma_k = …`), and `\Gamma` without an argument in brackets, which no gamma function is.
 */
export function ownNames(formulas: readonly (readonly Token[])[]): ReadonlySet<string> {
  const own = new Set<string>()
  for (const tokens of formulas) {
    const [first] = tokens
    if (first !== undefined && takenLetters.has(first.text) && tokens[behindName(tokens)]?.text === '=')
      own.add(first.text)
    if (tokens.some(({ text }, k) => text === '\\Gamma' && tokens[k + 1]?.text !== '(')) own.add('\\Gamma')
  }
  return own
}

/** The position behind the name that a formula begins with, its scripts and its argument. */
function behindName(tokens: readonly Token[]): number {
  const braces = matchBraces(tokens)
  let at = 1
  for (; tokens[at]?.text === '_' || tokens[at]?.text === '^' || tokens[at]?.text === "'"; )
    at = tokens[at]!.text === "'" ? at + 1 : (braces.get(at + 1) ?? at + 1) + 1
  if (tokens[at]?.text !== '(') return at
  let depth = 0
  for (let k = at; k < tokens.length; k++) {
    if (tokens[k]!.kind === 'open') depth++
    else if (tokens[k]!.kind === 'close' && --depth === 0) return k + 1
  }
  return tokens.length
}
