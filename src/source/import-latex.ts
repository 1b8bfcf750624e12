/** A paper's LaTeX source as statements and a guessed notation. */
import { InputError } from '../expression/errors.js'
import type { Notation } from '../expression/notation.js'
import { readFormula } from '../expression/read-latex.js'
import { gatherDisplays, type SourceDisplay } from './displays.js'
import { guessNotation } from './guess/guess-notation.js'
import { unknownMacros } from './known-macros.js'
import { loadProject, type ReadSource } from './project.js'

/** A display as an entry of `statements.yaml`. */
export interface ImportedStatement {
  readonly id: string
  readonly label: string
  readonly section: string
  /** What the text around it says of it, or the section's title; where neither does, its place. A beginning. */
  readonly about: string
  /** Where it comes from: file, line and \label. */
  readonly place: string
  /** Under which condition it holds, where the display says so. */
  readonly note: string | null
  readonly printed: string
  /** Why it is encoded by hand; null where the reader understands it under the guessed notation. */
  readonly encodingReason: string | null
}

export interface ImportedPaper {
  readonly title: string | null
  readonly authors: readonly string[]
  readonly notation: Notation
  readonly statements: readonly ImportedStatement[]
  /** What could not be understood, with file and line; everything else is here. */
  readonly problems: readonly InputError[]
}

/**
 * Imports a source: every display with its number, label and section, and a notation guessed from their symbols. Pure but
 * for `read`. Throws InputError where the main file cannot be read at all.
 *
 * @param main path of the main file, from the folder that `read` reads
 */
export function importLatex(main: string, read: ReadSource): ImportedPaper {
  const { displays, problems, title, authors } = gatherDisplays(loadProject(main, read))
  const ids = idsOf(displays)
  const unknown = displays.map(({ latex }) => unknownMacros(latex))
  const notation = guessNotation(
    displays
      .map((display, k) => ({ label: labelOf(display, ids[k]!), latex: display.latex, sound: display.defect === null }))
      .filter(({ sound }, k) => sound && unknown[k] === null),
  )
  const statements = displays.map((display, k): ImportedStatement => {
    const { latex, label, section, file, line, defect, said, title: heading, condition } = display
    const place = `${file}, line ${line}${label === null ? '' : `, ${label}`}`
    return {
      id: ids[k]!,
      label: labelOf(display, ids[k]!),
      section: section ?? 'main',
      about: said ?? heading ?? place,
      place,
      note: condition === null ? null : `its display says when it holds: ${condition}; put that into the domains`,
      printed: latex,
      encodingReason: defect ?? unknown[k] ?? reasonUnreadable(latex, notation),
    }
  })
  return { title, authors, notation, statements, problems }
}

function labelOf({ number, label, part }: SourceDisplay, id: string): string {
  const whole = number !== null ? `(${number})` : label
  return whole === null ? id : part === null ? whole : `${whole}, part ${part}`
}

/** What the reader of formulas says where it does not understand one. */
function reasonUnreadable(latex: string, notation: Notation): string | null {
  try {
    readFormula(latex, notation)
    return null
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const advice = ways.find(([pattern]) => pattern.test(latex))?.[1]
    return advice === undefined ? error.message : `${error.message}; ${advice}`
  }
}

/** Ways out of what the reader of formulas does not know, by what stands in the formula. */
const ways: readonly (readonly [RegExp, string])[] = [
  [
    /\\sum\s*_\s*\{\s*\\langle/,
    'a sum over pairs of neighbours: in `encoded`, write it over sites, `\\sum_l u^l u^{l+1}`',
  ],
  [/\\begin\s*\{d?cases\}/, 'make each case a statement of its own, with its condition in the domains'],
  [/\|\s*_/, 'a value at a point: in `encoded`, put the point in, or give the derivative there a symbol'],
  [
    /(?:\\mathrm|\\text|\\operatorname)\{Tr\}/,
    'a trace of matrices: in `encoded`, write it as a sum over their elements',
  ],
  [/\\rangle\s*\\langle|\|\s*[a-zA-Z\\]+\s*\\rangle/, 'states are not read: in `encoded`, write their components'],
]

/** `eq-3` for what has a number, `sec-2.name` for what has none; distinct. */
function idsOf(displays: readonly SourceDisplay[]): readonly string[] {
  const taken = new Set<string>()
  const unnumbered = new Map<string, number>()
  let whole = ''
  return displays.map(({ number, label, section, part }) => {
    // The parts of one display have one name.
    if (part === null || part === 'a')
      whole = number !== null ? `eq-${idWord(number) || 'unnamed'}` : nameIn(section, label, unnumbered)
    const wanted = part === null ? whole : `${whole}-${part}`
    let id = wanted
    for (let k = 2; taken.has(id); k++) id = `${wanted}-${k}`
    taken.add(id)
    return id
  })
}

function nameIn(section: string | null, label: string | null, unnumbered: Map<string, number>): string {
  const of = `sec-${(section && idWord(section)) || 'main'}`
  const named = label === null ? '' : idWord(label.replace(/^[a-z]+:/i, ''))
  if (named !== '') return `${of}.${named}`
  const count = (unnumbered.get(of) ?? 0) + 1
  unnumbered.set(of, count)
  return `${of}.display-${count}`
}

/** Letters and digits joined by dots and hyphens, as ids want them; at most 40 characters. */
const idWord = (text: string): string =>
  text
    .replace(/'/g, '-prime')
    .replace(/\*/g, '-star')
    .replace(/\\[a-zA-Z]+/g, '')
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/([.-])[.-]+/g, '$1')
    .slice(0, 40)
    .replace(/^[.-]+|[.-]+$/g, '')
