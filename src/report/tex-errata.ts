import type { Witness } from '../audit/evidence.js'
import { type Erratum, errataOf } from './errata.js'
import type { CheckReport, PaperReport } from './report.js'
import { breakable, withoutNewlines, withSymbolsOutsideText } from './tex-breaks.js'
import { isPlainMathematics, texText } from './tex-text.js'
import { shortSides } from './witness-text.js'

/** What the errata need of a document that they are put into, with `amsmath` and `amssymb`. */
export const errataCommands = `% A formula in running text, broken over lines at the penalties that stand in it and nowhere else.
\\providecommand{\\corrigendaformula}[1]{{\\binoppenalty=10000 \\relpenalty=10000 $\\displaystyle #1$\\par}}
% A part of an erratum: its name, and beside it what it says.
\\providecommand{\\corrigendapart}[2]{{\\raggedright\\footnotesize\\lineskip=3pt \\lineskiplimit=2pt \\emergencystretch=2em
  \\hangindent=7em \\hangafter=1 \\noindent\\makebox[7em][l]{\\itshape #1}#2\\par}\\smallskip}`

/** The errata of a paper, gravest first, one block each: what is printed, what should stand there, why, and where the two differ. */
export function texErrata(paper: PaperReport): string {
  const wrong = errataOf(paper)
  const blocks = wrong.length === 0 ? ['\\noindent None.'] : wrong.map(block)
  return ['\\subsection*{Errata}', ...blocks].join('\n\n')
}

const shortId = (id: string): string => id.slice(id.indexOf('/') + 1)

function block({ statement, inheritedFrom, heirs, unharmed, recovers, conventions }: Erratum): string {
  const origin = inheritedFrom === null ? 'origin here' : `inherited from ${shortId(inheritedFrom)}`
  const ids = (names: readonly string[]): string => names.map((id) => texText(shortId(id))).join(', ')
  const words = [statement.severity ?? 'refuted', origin].map(texText).join(', ')
  return [
    `\\bigskip\\pagebreak[2]\\noindent\\textbf{${texText(statement.label)}} \\texttt{${texText(shortId(statement.id))}}: ${words}\\par\\nopagebreak\\smallskip`,
    part('says:', texText(statement.about)),
    part('printed:', formula(statement.printed)),
    statement.corrected === null
      ? part('corrected:', 'no correction that holds')
      : part('corrected:', formula(statement.corrected)),
    ...(statement.note === null ? [] : [part('reason:', texText(statement.note))]),
    ...witnessParts(statement.checks),
    ...(heirs.length === 0 ? [] : [part('inherited by:', ids(heirs))]),
    ...recovers.map(({ at, how, wrongOtherwise }) =>
      part(
        'recovers at:',
        texText(`${shortId(at)}${wrongOtherwise ? ' (itself an erratum for another reason)' : ''}: ${how}`),
      ),
    ),
    ...(unharmed.length === 0 ? [] : [part('unharmed:', ids(unharmed))]),
    part('convention:', texText(conventions.join('; '))),
  ].join('\n')
}

const part = (name: string, text: string): string => `\\corrigendapart{${name}}{${text}}`

/** Mathematics broken over lines; what cannot be set safely is shown as its source. */
function formula(latex: string): string {
  const source = withSymbolsOutsideText(withoutNewlines(latex))
  return isPlainMathematics(source)
    ? `\\corrigendaformula{${breakable(source)}}`
    : `{\\ttfamily ${texText(latex.replace(/\s+/g, ' ').trim())}}`
}

/** One witness found by algebra or numbers, and one from sampled networks, where there are such. */
function witnessParts(checks: readonly CheckReport[]): readonly string[] {
  const refuting = checks.filter(({ target, outcome }) => target === 'printed' && outcome === 'refuted')
  const witnessOf = (sampled: boolean): Witness | null =>
    refuting.find(({ method, witness }) => (method === 'sampled') === sampled && witness !== null)?.witness ?? null
  return [
    ...witnessPart('witness:', witnessOf(false), 'derived'),
    ...witnessPart('networks:', witnessOf(true), 'measured'),
  ]
}

function witnessPart(name: string, witness: Witness | null, other: string): readonly string[] {
  if (witness === null) return []
  const at = Object.entries(witness.at).map(([symbol, value]) => `${parameter(symbol)}~=~${texText(value)}`)
  const { left, right } = shortSides(witness)
  const note = witness.note ? ` (${texText(witness.note)})` : ''
  return [part(name, `at ${at.join(', ') || 'any values'}: stated ${texText(left)}, ${other} ${texText(right)}${note}`)]
}

/** A parameter's name, which may be LaTeX. */
const parameter = (name: string): string =>
  name.includes('\\') && isPlainMathematics(name) ? `$${name}$` : texText(name)
