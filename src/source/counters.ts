/** LaTeX's counters as far as they number sections and equations: stepped, reset within others, printed as \the… says. */

export type CounterName = 'chapter' | 'section' | 'subsection' | 'subsubsection' | 'equation' | 'parentequation'

const names: ReadonlySet<string> = new Set<CounterName>([
  'chapter', 'section', 'subsection', 'subsubsection', 'equation', 'parentequation',
]) // biome-ignore format: a list reads best as a list

const isCounter = (name: string): name is CounterName => names.has(name)

/** The least that one must know of a document class: whether it has chapters, and how it numbers equations in appendices. */
interface ClassNumbering {
  readonly chapters: boolean
  /** \theequation behind \appendix, where the class changes it. */
  readonly appendixEquation: string | null
}

function numberingOf(documentClass: string): ClassNumbering {
  const chapters = /book|report|thesis|memoir|scrreprt/i.test(documentClass)
  const appendixEquation = /^revtex/.test(documentClass)
    ? '\\thesection\\arabic{equation}'
    : /^(?:elsarticle|iopart|jpsj|svjour)/.test(documentClass)
      ? '\\thesection.\\arabic{equation}'
      : null
  return { chapters, appendixEquation }
}

export class Counters {
  readonly #values = new Map<CounterName, number>()
  readonly #printed = new Map<CounterName, string>()
  /** Which counters a counter sets back to zero. */
  readonly #resets = new Map<CounterName, Set<CounterName>>()
  readonly #class: ClassNumbering

  constructor(documentClass = 'article') {
    this.#class = numberingOf(documentClass)
    this.#printed.set('chapter', '\\arabic{chapter}')
    this.#printed.set('section', this.#class.chapters ? '\\thechapter.\\arabic{section}' : '\\arabic{section}')
    this.#printed.set('subsection', '\\thesection.\\arabic{subsection}')
    this.#printed.set('subsubsection', '\\thesubsection.\\arabic{subsubsection}')
    this.#printed.set('equation', this.#class.chapters ? '\\thechapter.\\arabic{equation}' : '\\arabic{equation}')
    this.#printed.set('parentequation', '')
    this.#reset('chapter', 'section')
    this.#reset('section', 'subsection')
    this.#reset('subsection', 'subsubsection')
    if (this.#class.chapters) this.#reset('chapter', 'equation')
  }

  value(name: CounterName): number {
    return this.#values.get(name) ?? 0
  }

  step(name: CounterName): void {
    this.set(name, this.value(name) + 1)
    for (const other of this.#resets.get(name) ?? []) {
      this.set(other, 0)
      for (const further of this.#resets.get(other) ?? []) this.set(further, 0)
    }
  }

  set(name: string, value: number): void {
    if (isCounter(name) && Number.isSafeInteger(value)) this.#values.set(name, value)
  }

  add(name: string, value: number): void {
    if (isCounter(name)) this.set(name, this.value(name) + value)
  }

  /** \numberwithin and \counterwithin: equations of a section, say. */
  within(name: string, outer: string, keepFormat = false): void {
    if (!isCounter(name) || !isCounter(outer)) return
    this.#reset(outer, name)
    if (!keepFormat) this.#printed.set(name, `\\the${outer}.\\arabic{${name}}`)
  }

  /** \renewcommand{\theequation}{…}. */
  format(name: string, latex: string): void {
    if (isCounter(name)) this.#printed.set(name, latex)
  }

  /** \appendix: sections (chapters, where there are some) are lettered from A. */
  appendix(): void {
    const outer: CounterName = this.#class.chapters ? 'chapter' : 'section'
    this.set(outer, 0)
    this.format(outer, `\\Alph{${outer}}`)
    if (this.#class.appendixEquation === null) return
    this.set('equation', 0)
    this.within('equation', 'section', true)
    this.format('equation', this.#class.appendixEquation)
  }

  /** \begin{subequations}: equations are 3a, 3b, … until it ends; the result ends it. */
  subequations(): () => void {
    this.step('equation')
    const parent = this.value('equation')
    const whole = this.print('equation')
    const format = this.#printed.get('equation')!
    this.set('equation', 0)
    this.format('equation', `${whole}\\alph{equation}`)
    return () => {
      this.set('equation', parent)
      this.format('equation', format)
    }
  }

  /** What a counter looks like on the page. */
  print(name: CounterName, depth = 0): string {
    if (depth > 8) return ''
    return this.#printed
      .get(name)!
      .replace(/\\the([a-zA-Z]+)/g, (_, other: string) => (isCounter(other) ? this.print(other, depth + 1) : ''))
      .replace(/\\(arabic|alph|Alph|roman|Roman)\s*\{([a-zA-Z]+)\}/g, (_, style: string, other: string) =>
        isCounter(other) ? inStyle(style, this.value(other)) : '',
      )
      .replace(/\\[a-zA-Z]+|[{}$]/g, '')
      .trim()
  }

  #reset(outer: CounterName, inner: CounterName): void {
    this.#resets.set(outer, new Set([...(this.#resets.get(outer) ?? []), inner]))
  }
}

function inStyle(style: string, value: number): string {
  switch (style) {
    case 'alph':
      return letter(value)
    case 'Alph':
      return letter(value).toUpperCase()
    case 'roman':
      return roman(value)
    case 'Roman':
      return roman(value).toUpperCase()
    default:
      return String(value)
  }
}

const letter = (value: number): string => (value >= 1 && value <= 26 ? String.fromCharCode(96 + value) : String(value))

const romans: readonly (readonly [number, string])[] = [
  [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i'],
] // biome-ignore format: a table reads best as a table

function roman(value: number): string {
  let rest = value
  let text = ''
  for (const [worth, sign] of romans)
    while (rest >= worth) {
      text += sign
      rest -= worth
    }
  return text
}
