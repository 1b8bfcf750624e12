import type { Erratum } from './errata.js'
import { distinctLabel } from './labels.js'
import type { CheckReport, PaperReport, StatementReport } from './report.js'
import { placeOf } from './sections.js'
import { correctFirst, followWords } from './uncorrected.js'
import { parametersText, shortSides, withSimplestWitness } from './witness-text.js'

/** An erratum in the words of an errata sheet. Texts are prose; `at` and `stated` are as witnesses have them. */
export interface ErratumWords {
  /** `section 5, equation (14)`. */
  readonly place: string
  /** Why it is wrong: the data's note, or what the statement says. */
  readonly reason: string
  /** What comes of it: sentences. */
  readonly effect: readonly string[]
  /** Where both forms differ, and by how much. */
  readonly witnesses: readonly WitnessWords[]
  /** What may excuse the author, or the scan. */
  readonly caveats: readonly string[]
}

export interface WitnessWords {
  readonly found: 'derived' | 'measured'
  /** Parameters by name; null where there are too many for a line. */
  readonly at: Readonly<Record<string, string>> | null
  readonly parameters: number
  readonly stated: string
  readonly other: string
  readonly note: string | null
}

/** How many parameters a printed witness has room for. */
const mostParameters = 8
/** Longest side of a printed witness, in characters. */
const longestSide = 60

/** Everything that an errata sheet says of an erratum besides its formulas. */
export function erratumWords(paper: PaperReport, erratum: Erratum): ErratumWords {
  const { statement } = erratum
  return {
    place: placeOf(statement),
    reason: oneLine(statement.note ?? statement.about),
    effect: effectOf(paper, erratum),
    witnesses: witnessesOf(statement),
    caveats: caveatsOf(statement),
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

function effectOf(
  paper: PaperReport,
  { statement, inheritedFrom, heirs, unharmed, following, recovers }: Erratum,
): readonly string[] {
  const labels = (ids: readonly string[]): string => ids.map((id) => distinctLabel(paper, id)).join('; ')
  const first = correctFirst(paper.statements, statement, (id) => distinctLabel(paper, id))
  return [
    severitySentence(statement),
    ...(first === null ? [] : [`It ${first}.`]),
    ...(inheritedFrom === null ? [] : [`Inherited from ${distinctLabel(paper, inheritedFrom)}.`]),
    ...(heirs.length === 0 ? [] : [`Carried on to ${labels(heirs)}.`]),
    ...recovers.map(({ at, how, wrongOtherwise }) =>
      sentence(
        `Right again at ${distinctLabel(paper, at)}${wrongOtherwise ? ' (itself an erratum for another reason)' : ''}: ${oneLine(how)}`,
      ),
    ),
    ...(unharmed.length === 0 ? [] : [`Right as printed though resting on it: ${labels(unharmed)}.`]),
    ...(following.length === 0 ? [] : [`${followWords(statement)}: ${labels(following)}.`]),
  ]
}

function severitySentence({ severity, verdict, checks }: StatementReport): string {
  const uncorrected = verdict === 'refuted' ? ' No correction that holds is known.' : ''
  if (severity === 'notation') return `A slip that nobody would compute with.${uncorrected}`
  const sampled = refuting(checks).find(({ method }) => method === 'sampled')
  if (sampled === undefined) return `Wrong as printed.${uncorrected}`
  const support = checks.find(
    ({ method, target, outcome }) => method === 'sampled' && target === 'corrected' && outcome === 'holds',
  )
  const supported =
    support === undefined ? '' : ` ${sentence(`They support the correction: ${clauses(withoutName(support))[0]}`)}`
  return `${sentence(`Sampled networks refute it: ${withoutName(sampled)}`)}${supported}${uncorrected}`
}

/** The parts of a line between its semicolons, those within brackets left alone. */
export const clauses = (text: string): readonly string[] => text.split(/;\s+(?![^()]*\))/)

/** What a check says, without its own name and in one line. */
export const withoutName = ({ name, summary }: CheckReport): string => {
  const text = oneLine(summary)
  return text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text
}

const refuting = (checks: readonly CheckReport[]): readonly CheckReport[] =>
  checks.filter(({ target, outcome }) => target === 'printed' && outcome === 'refuted')

/** One witness found by algebra or numbers, and one from sampled networks, where there are such: the simplest. */
function witnessesOf({ checks }: StatementReport): readonly WitnessWords[] {
  return ([false, true] as const).flatMap((sampled) => {
    const found = withSimplestWitness(
      refuting(checks).filter(({ method }) => (method === 'sampled') === sampled),
    )?.witness
    if (!found) return []
    const { left, right } = shortSides(found)
    const parameters = Object.keys(found.at).length
    const fits = parameters <= mostParameters && parametersText(found).length <= 40 * mostParameters
    return [
      {
        found: sampled ? 'measured' : 'derived',
        at: fits ? found.at : null,
        parameters,
        stated: clipped(left),
        other: clipped(right),
        note: found.note ? oneLine(found.note) : null,
      } as const,
    ]
  })
}

/** Long decimals are cut where `shortSides` left them; words are not. */
const clipped = (side: string): string =>
  side.length <= longestSide || /[A-Za-z]{3}/.test(side) ? side : `${side.slice(0, longestSide - 1)}…`

function caveatsOf({
  reading,
  readingNote,
  tried,
  transcription,
  transcriptionNote,
  warnings,
}: StatementReport): readonly string[] {
  const kept = (outcome: 'holds' | 'refuted'): string =>
    tried
      .filter((one) => one.outcome === outcome && one.id !== reading)
      .map(({ note }) => oneLine(note).replace(/\.$/, ''))
      .join('; ')
  return [
    ...(transcription === 'doubtful' ? [sentence(`It may be the scan's: ${oneLine(transcriptionNote ?? '')}`)] : []),
    ...(reading === null ? [] : [sentence(`Read with this convention: ${oneLine(readingNote ?? reading)}`)]),
    ...(kept('holds') === '' ? [] : [sentence(`It would be right under another convention: ${kept('holds')}`)]),
    // What a derivation leaves unread concerns whoever wrote it, not whoever reads the errata.
    ...warnings.filter(({ kind }) => kind !== 'unread' && kind !== 'hint').map(({ text }) => sentence(oneLine(text))),
    ...(kept('refuted') === '' ? [] : [sentence(`Wrong under these conventions as well: ${kept('refuted')}`)]),
  ]
}
