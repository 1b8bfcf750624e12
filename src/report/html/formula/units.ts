/**
 * LaTeX cut into the pieces that can be marked as a whole: an atom with its scripts, a command with its arguments, a group, a
 * pair of delimiters with what is between. The pieces' sources, put after each other, are the source.
 */
export interface Unit {
  /** What the unit is apart from its parts: equal heads with equally many parts are compared part by part. */
  readonly head: string
  /** Source pieces between and around the parts: one more than there are parts. */
  readonly frame: readonly string[]
  readonly parts: readonly (readonly Unit[])[]
  /** True for what must not be wrapped: column and row ends, spacing. */
  readonly separator: boolean
}

/** The source of units. */
export const sourceOf = (units: readonly Unit[]): string => units.map(unitSource).join('')
export const unitSource = ({ frame, parts }: Unit): string =>
  frame.map((piece, k) => piece + (k < parts.length ? sourceOf(parts[k]!) : '')).join('')

const tokenPattern = /\\[A-Za-z]+\*?|\\[\s\S]|\d+(?:\.\d+)?|\s+|[\s\S]/gu

/** LaTeX's tokens: commands, whole numbers, single characters, white space. */
export const tokensOf = (latex: string): readonly string[] => latex.match(tokenPattern) ?? []

/** How many arguments in braces a command takes whose arguments can be compared by themselves. */
const argumentsOf: ReadonlyMap<string, number> = new Map([
  ['\\frac', 2],
  ['\\dfrac', 2],
  ['\\tfrac', 2],
  ['\\binom', 2],
  ['\\sqrt', 1],
  ['\\overline', 1],
  ['\\underline', 1],
])

/** Commands whose argument is a name or a mark: taken as they are. */
const opaque = new Set(
  `text textrm mathrm mathbf mathbb mathcal mathsf mathit boldsymbol operatorname operatorname* hat bar tilde widehat widetilde
  vec dot ddot left right`
    .split(/\s+/)
    .map((name) => `\\${name}`),
)

const sized = /^\\[bB]igg?[lrm]?$/

/** Cuts LaTeX into units. Where braces or delimiters do not match the rest is one unit. */
export function unitsOf(latex: string): readonly Unit[] {
  const reader = new Reader(tokensOf(latex))
  const units = reader.list(null)
  const rest = reader.rest()
  return rest === '' ? units : [...units, leaf(rest)]
}

const leaf = (source: string, separator = false): Unit => ({ head: source, frame: [source], parts: [], separator })

class Reader {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  /** What is left unread. */
  rest(): string {
    return this.#tokens.slice(this.#at).join('')
  }

  /** Units up to a token, which is left. */
  list(end: string | null): readonly Unit[] {
    const units: Unit[] = []
    for (;;) {
      const token = this.#tokens[this.#at]
      if (token === undefined || token === end || token === '}') return units
      if (token === '\\right' || token === '\\end') return units
      units.push(this.#scripted())
    }
  }

  #take(): string {
    return this.#tokens[this.#at++] ?? ''
  }

  #space(): string {
    let space = ''
    while (/^\s+$/.test(this.#tokens[this.#at] ?? '')) space += this.#take()
    return space
  }

  /** An atom with whatever scripts follow. */
  #scripted(): Unit {
    const token = this.#tokens[this.#at]!
    if (
      /^\s+$/.test(token) ||
      token === '&' ||
      token === '\\\\' ||
      /^\\[,;:! ]$/.test(token) ||
      /^\\q?quad$/.test(token)
    )
      return leaf(this.#take(), true)
    let unit = this.#atom()
    for (;;) {
      const mark = this.#at
      const space = this.#space()
      const next = this.#tokens[this.#at]
      if (next === '\\limits' || next === '\\nolimits') unit = extended(unit, space + this.#take(), [])
      else if (next === "'") unit = extended(unit, space + this.#take(), [])
      else if (next === '_' || next === '^') {
        const opening = space + this.#take() + this.#space()
        unit = extended(unit, opening, [this.#argument()], next)
      } else {
        this.#at = mark
        return unit
      }
    }
  }

  /** One argument: a group's inside with its braces kept apart, or one atom. */
  #argument(): Unit {
    const token = this.#tokens[this.#at]
    if (token === undefined) return leaf('')
    return token === '{' ? this.#group() : this.#atom()
  }

  #group(): Unit {
    this.#take()
    const inside = this.list('}')
    return {
      head: '{}',
      frame: ['{', this.#tokens[this.#at] === '}' ? this.#take() : ''],
      parts: [inside],
      separator: false,
    }
  }

  #atom(): Unit {
    const token = this.#tokens[this.#at]!
    if (token === '{') return this.#group()
    this.#take()
    if (token === '\\left') return this.#delimited()
    if (token === '\\begin') return this.#environment()
    const count = argumentsOf.get(token)
    if (count !== undefined) return this.#command(token, count)
    if (opaque.has(token)) return leaf(token + this.#space() + sourceOf([this.#argument()]))
    if (sized.test(token)) return leaf(token + this.#space() + this.#take())
    return leaf(token)
  }

  #command(token: string, count: number): Unit {
    let opening = token + this.#space()
    if (token === '\\sqrt' && this.#tokens[this.#at] === '[')
      while (this.#at < this.#tokens.length) {
        const next = this.#take()
        opening += next
        if (next === ']') break
      }
    let unit: Unit = { head: opening, frame: [opening], parts: [], separator: false }
    for (let k = 0; k < count; k++) unit = extended(unit, this.#space(), [this.#argument()], '')
    return unit
  }

  #delimited(): Unit {
    const opening = `\\left${this.#space()}${this.#take()}`
    const inside = this.list('\\right')
    const closing = this.#tokens[this.#at] === '\\right' ? this.#take() + this.#space() + this.#take() : ''
    return { head: `${opening}${closing}`, frame: [opening, closing], parts: [inside], separator: false }
  }

  #environment(): Unit {
    const name = this.#space() + sourceOf([this.#argument()])
    const inside = this.list('\\end')
    const closing =
      this.#tokens[this.#at] === '\\end' ? this.#take() + this.#space() + sourceOf([this.#argument()]) : ''
    return { head: `\\begin${name}`, frame: [`\\begin${name}`, closing], parts: [inside], separator: false }
  }
}

/** A unit with more source, and perhaps a part, at its end. A part that is a group lends its braces to the frame. */
function extended(unit: Unit, opening: string, parts: readonly Unit[], head = opening): Unit {
  const [last, ...before] = [...unit.frame].reverse()
  const frame = [...before.reverse(), `${last ?? ''}${opening}`]
  const [part] = parts
  if (part === undefined) return { ...unit, head: unit.head + head, frame }
  const isGroup = part.head === '{}' && part.frame[1] === '}'
  if (isGroup) frame[frame.length - 1] += '{'
  return {
    head: `${unit.head}${head}{}`,
    frame: [...frame, isGroup ? '}' : ''],
    parts: [...unit.parts, isGroup ? part.parts[0]! : [part]],
    separator: unit.separator,
  }
}
