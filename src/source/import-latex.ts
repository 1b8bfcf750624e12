/** A paper's LaTeX source as statements and a guessed notation. */
import { InputError } from '../expression/errors.js'
import type { Notation } from '../expression/notation.js'
import { readFormula } from '../expression/read-latex.js'
import { gatherDisplays, type SourceDisplay } from './displays.js'
import { guessNotation } from './guess/guess-notation.js'
import { loadProject, type ReadSource } from './project.js'

/** A display as an entry of `statements.yaml`. */
export interface ImportedStatement {
  readonly id: string
  readonly label: string
  readonly section: string
  /** Where it comes from: file, line and \label. */
  readonly about: string
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
  const notation = guessNotation(
    displays
      .map((display, k) => ({ label: labelOf(display, ids[k]!), latex: display.latex, sound: display.defect === null }))
      .filter(({ sound }) => sound),
  )
  const statements = displays.map((display, k): ImportedStatement => {
    const { latex, label, section, file, line, defect } = display
    return {
      id: ids[k]!,
      label: labelOf(display, ids[k]!),
      section: section ?? 'main',
      about: `${file}, line ${line}${label === null ? '' : `, ${label}`}`,
      printed: latex,
      encodingReason: defect ?? reasonUnreadable(latex, notation),
    }
  })
  return { title, authors, notation, statements, problems }
}

const labelOf = (display: SourceDisplay, id: string): string =>
  display.number !== null ? `(${display.number})` : display.label !== null ? display.label : id

/** What the reader of formulas says where it does not understand one. */
function reasonUnreadable(latex: string, notation: Notation): string | null {
  try {
    readFormula(latex, notation)
    return null
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return error.message
  }
}

/** `eq-3` for what has a number, `sec-2.name` for what has none; distinct. */
function idsOf(displays: readonly SourceDisplay[]): readonly string[] {
  const taken = new Set<string>()
  const unnumbered = new Map<string, number>()
  return displays.map(({ number, label, section }) => {
    const wanted = number !== null ? `eq-${idWord(number) || 'unnamed'}` : nameIn(section, label, unnumbered)
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
