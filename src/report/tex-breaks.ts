/**
 * Long formulas over several lines. TeX breaks a formula in running text at the penalties that stand in it, and chooses
 * the best; what this file does is to put them there. A pair of \left and \right is one box, which no line break enters,
 * so that such pairs become brackets of a fixed size.
 */

import { matrixEnvironment } from './tex-text.js'

interface Token {
  readonly text: string
  /** How a neighbour sees it: something that ends an operand, something that opens one, or a script's sign. */
  readonly kind:
    | 'operand'
    | 'operator'
    | 'open'
    | 'close'
    | 'script'
    | 'prefix'
    | 'large'
    | 'left'
    | 'right'
    | 'newline'
    | 'matrix'
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).map((word) => `\\${word}`))
const relations: ReadonlySet<string> = new Set([
  '=', '<', '>', ...words('approx sim equiv propto le leq ge geq ll gg ne neq to rightarrow Rightarrow mapsto'),
]) // biome-ignore format: a list reads best as a list
const operators: ReadonlySet<string> = new Set(['+', '-', '\\pm', '\\mp', '\\times'])
const largeOnes = words('sum prod int oint exp log ln det')
/** Commands whose next token is their argument, and spacing: neither ends an operand. */
const prefixes = words(
  `frac dfrac tfrac sqrt binom mathcal mathbf mathbb mathrm mathsf boldsymbol tilde hat bar vec dot ddot overline underline
  widetilde widehat operatorname not in notin mid cdot ast star circ cup cap setminus limits nolimits displaystyle big Big
  bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr quad qquad , ; : ! sum prod int oint`,
)
const newline = /^\\\\(?:\[-?[\d.]+(?:pt|em|ex|mm)\])?/

function tokensOf(latex: string): readonly Token[] {
  const tokens: Token[] = []
  let rest = latex
  while (rest !== '') {
    const token = nextToken(rest)
    tokens.push(token)
    rest = rest.slice(token.text.length).replace(/^\s+/, '')
  }
  return tokens
}

function nextToken(rest: string): Token {
  const line = newline.exec(rest)
  if (line) return { text: line[0], kind: 'newline' }
  const pair = /^\\(left|right)\s*(\\[A-Za-z]+|\\.|.)/.exec(rest)
  if (pair) return { text: pair[0], kind: pair[1] as 'left' | 'right' }
  const matrix = rest.startsWith('\\begin{') ? rest.match(matrixEnvironment)?.[0] : undefined
  if (matrix !== undefined && rest.startsWith(matrix)) return { text: matrix, kind: 'matrix' }
  const text = /^\\text(?:rm)?\{/.test(rest) ? wholeGroup(rest, rest.indexOf('{')) : null
  if (text !== null) return { text, kind: 'operand' }
  const command = /^\\(?:[A-Za-z]+|.)/.exec(rest)?.[0]
  if (command !== undefined) return { text: command, kind: commandKind(command) }
  // Primes that stand apart would each be a superscript of its own.
  const primes = /^'+/.exec(rest)?.[0]
  if (primes !== undefined) return { text: primes, kind: 'operand' }
  const character = rest[0]!
  if (character === '{') return { text: wholeGroup(rest, 0), kind: 'operand' }
  if (character === '^' || character === '_') return { text: character, kind: 'script' }
  if (character === '(' || character === '[') return { text: character, kind: 'open' }
  if (character === ')' || character === ']') return { text: character, kind: 'close' }
  return {
    text: character,
    kind: operators.has(character) || relations.has(character) ? 'operator' : character === ',' ? 'prefix' : 'operand',
  }
}

function commandKind(command: string): Token['kind'] {
  if (command === '\\{' || command === '\\langle') return 'open'
  if (command === '\\}' || command === '\\rangle') return 'close'
  if (operators.has(command) || relations.has(command)) return 'operator'
  if (largeOnes.has(command)) return 'large'
  return prefixes.has(command) ? 'prefix' : 'operand'
}

/** From the start to the brace that closes the one at `open`; everything where none does. */
function wholeGroup(text: string, open: number): string {
  let depth = 0
  for (let k = open; k < text.length; k++) {
    if (text[k] === '\\') k += 1
    else if (text[k] === '{') depth += 1
    else if (text[k] === '}' && --depth === 0) return text.slice(0, k + 1)
  }
  return text
}

/**
 * A formula without the line breaks that it was printed with, and without the invisible brackets that stood beside them; rows
 * of matrices stay.
 */
export function withoutNewlines(latex: string): string {
  const matrices = latex.match(matrixEnvironment) ?? []
  const between = latex.split(new RegExp(matrixEnvironment.source)).filter((_, k) => k % 3 === 0)
  return between
    .map((part, k) => `${onOneLine(part)} ${(matrices[k] ?? '').replace(/\s+/g, ' ')}`)
    .join(' ')
    .replace(/ +/g, ' ')
    .trim()
}

const onOneLine = (latex: string): string =>
  latex
    .replace(/\s+/g, ' ')
    .replace(/\\right\s*\.\s*\\\\(?:\[-?[\d.]+(?:pt|em|ex|mm)\])?\s*&?\s*\\left\s*\./g, ' ')
    .replace(/(?<!\\)((?:\\\\)*?)\\\\(?:\[-?[\d.]+(?:pt|em|ex|mm)\])?(?![A-Za-z])\s*/g, '$1 ')
    .replace(/ +/g, ' ')

/** Words of a \text that are symbols (`\text{k_l components}`) taken out of it: TeX has no scripts in text. */
export const withSymbolsOutsideText = (latex: string): string =>
  latex.replace(/(\\text(?:rm)?)\{([^{}]*)\}/g, (whole, command: string, content: string) =>
    /[_^]/.test(content) && !content.includes('\\')
      ? content
          .split(/(?<= )/)
          .map((word) =>
            /[_^]/.test(word) ? word.trimEnd() + (word.endsWith(' ') ? '\\ ' : '') : `${command}{${word}}`,
          )
          .join('')
      : whole,
  )

/**
 * Mathematics (as `isPlainMathematics` knows it) with a penalty wherever a line may be broken: before a relation, before a
 * plus or minus between operands, at higher cost the deeper in brackets, and at the highest before a sum, an integral or
 * a bracket that multiplies. Nothing inside braces (fractions, roots, scripts) is broken.
 */
export function breakable(latex: string): string {
  const tokens = tokensOf(withoutNewlines(latex))
  const sizes = bracketSizes(tokens)
  let depth = 0
  let hasRelation = false
  let previous: Token['kind'] | null = null
  let written = ''
  tokens.forEach((token, k) => {
    const isScript = previous === 'script'
    const endsOperand = previous === 'operand' || previous === 'close' || previous === 'right' || previous === 'matrix'
    const isFirstRelation = depth === 0 && !hasRelation && relations.has(token.text)
    hasRelation ||= isFirstRelation
    const least = isFirstRelation && k <= shortSide ? aloneCost : 0
    const cost = endsOperand && !isScript ? breakCost(token, depth) : null
    if (cost !== null) written += `\\penalty${Math.max(cost, least)} `
    written += `${tokenText(token, sizes.get(k) ?? '', previous)} `
    if (token.kind === 'open' || token.kind === 'left') depth += 1
    if (token.kind === 'close' || token.kind === 'right') depth = Math.max(0, depth - 1)
    previous = isScript ? 'operand' : token.kind
  })
  return written.trim()
}

/** Up to so many tokens a left side would look lost on a line of its own; what it costs to leave it there. */
const shortSide = 16
const aloneCost = 450

/** What it costs to break a line before a token that follows an operand; null where it must not be broken. */
function breakCost({ kind, text }: Token, depth: number): number | null {
  if (kind === 'operator') return (relations.has(text) ? 0 : 20) + 150 * Math.min(depth, 4)
  if (kind === 'large' || kind === 'left' || kind === 'matrix') return 700 + 50 * Math.min(depth, 4)
  return null
}

function tokenText({ kind, text }: Token, size: string, previous: Token['kind'] | null): string {
  if (kind === 'left' || kind === 'right') {
    const bracket = text.replace(/^\\(?:left|right)\s*/, '')
    if (bracket === '.') return '{}'
    return size === '' ? bracket : `\\${size}${kind === 'left' ? 'l' : 'r'}${bracket}`
  }
  if (/^\\text(?:rm)?\{/.test(text) && previous !== 'script') return brokenText(text)
  return text
}

/** Words that a line can end between. */
function brokenText(text: string): string {
  const open = text.indexOf('{')
  const content = text.slice(open + 1, -1)
  if (/[\\{}]/.test(content)) return text
  return content
    .split(/(?<= )/)
    .map((word) => `${text.slice(0, open)}{${word}}`)
    .join('\\penalty50 ')
}

/** The size of each \left and \right bracket, by what stands between them: \bigg around fractions, sums and brackets. */
function bracketSizes(tokens: readonly Token[]): ReadonlyMap<number, string> {
  const sizes = new Map<number, string>()
  const open: number[] = []
  tokens.forEach(({ kind }, k) => {
    if (kind === 'left') open.push(k)
    if (kind !== 'right') return
    const start = open.pop()
    if (start === undefined) return
    const inside = tokens.slice(start + 1, k).map(({ text }) => text)
    const tall = inside.some((text) => /^\\(?:d?frac|sum|prod|int|oint|binom)$/.test(text))
    const raised = inside.some((text) => text === '^' || text === '_' || text.startsWith('\\left'))
    const matrix = inside.some((text) => text.startsWith('\\begin'))
    const size = matrix ? 'Bigg' : tall ? 'bigg' : raised ? 'big' : ''
    sizes.set(start, size).set(k, size)
  })
  return sizes
}
