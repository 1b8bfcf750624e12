import type { Severity, Verdict } from '../../../audit/evidence.js'
import type { StatementReport } from '../../report.js'

/** Verdicts from what is sure to what is wrong, in the order in which they are listed. */
export const verdicts: readonly Verdict[] = [
  'proved',
  'verified',
  'asymptotic',
  'sampled',
  'definition',
  'erratum',
  'refuted',
  'open',
]

export const severities: readonly Severity[] = ['observable', 'algebra', 'notation']

/** A sign beside each verdict's colour, for who does not see colours, and for paper. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  proved: '∎',
  verified: '✓',
  asymptotic: '∼',
  sampled: '⁘',
  definition: '≔',
  erratum: '✗',
  refuted: '✘',
  open: '?',
}

/** What a verdict means, for the legend. */
export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  proved: 'equal to what follows from its premises, exactly',
  verified: 'numbers and random instances agree; there is no exact proof, or the claim is not one of equality',
  asymptotic: 'holds to leading order; the measured order of the error is given',
  sampled: 'only simulated networks support it; the smallest deviation that they would show is given',
  definition: 'there is nothing to derive',
  erratum: 'wrong as printed; the corrected form passes the same checks',
  refuted: 'wrong as printed, and no correction that holds is known',
  open: 'nothing decided it, for the reason given',
}

export const severityMeanings: Readonly<Record<Severity, string>> = {
  observable: 'sampled networks refute what is printed as well: a measurement would show it',
  algebra: 'wrong as printed: who computes with it obtains something else',
  notation: 'a slip that nobody would compute with',
}

/** What became of a statement, in a sentence or two. */
export function verdictSentence(statement: StatementReport): string {
  const { verdict, severity, checks } = statement
  const doubtful =
    statement.transcription === 'doubtful' && (verdict === 'erratum' || verdict === 'refuted')
      ? ' The slip may be that of the text that was read, not the author’s.'
      : ''
  const grave = severity === null ? '' : ` ${capital(severityMeanings[severity])}.`
  switch (verdict) {
    case 'proved':
      return 'What is printed follows exactly from what it rests on.'
    case 'verified':
      return checks.some(({ method, outcome }) => method === 'exact' && outcome === 'holds')
        ? 'What is printed agrees with what follows from its premises on every instance that was tried, exactly; that is no proof of the general case.'
        : 'What is printed agrees with what follows from its premises in every numerical test; there is no exact proof.'
    case 'asymptotic':
      return 'What is printed holds to leading order.'
    case 'sampled':
      return 'Simulated networks agree with what is printed; nothing else decides it.'
    case 'definition':
      return 'A definition: there is nothing to derive.'
    case 'erratum':
      return `What is printed is wrong; the corrected form passes the same checks.${grave}${doubtful}`
    case 'refuted':
      return `What is printed is wrong, and no correction that holds is known.${grave}${doubtful}`
    case 'open':
      return statement.corrected === null
        ? 'Nothing decided whether what is printed is right.'
        : 'A correction is proposed, but nothing refutes what is printed.'
  }
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A section's name: `Section 5`, `Appendix B`, or the word that stands for it. */
export function sectionName(section: string): string {
  if (/^\d/.test(section)) return `Section ${section}`
  if (/^[A-Z](\.|$)/.test(section)) return `Appendix ${section}`
  return capital(section)
}

/** Sections in the paper's order: numbers, then appendices; words as they come. */
export function sectionsOf(statements: readonly StatementReport[]): readonly string[] {
  const sections = [...new Set(statements.map(({ section }) => section))]
  const rank = (section: string): number => (/^\d/.test(section) ? 0 : /^[A-Z](\.|$)/.test(section) ? 1 : 2)
  const position = new Map(sections.map((section, k) => [section, k]))
  return sections.toSorted((a, b) => {
    const byRank = rank(a) - rank(b)
    if (byRank !== 0) return byRank
    return rank(a) === 2 ? position.get(a)! - position.get(b)! : naturally(a, b)
  })
}

/** Parts between the dots, numbers by their value. No locale: the order is the same everywhere. */
function naturally(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')]
  for (let k = 0; k < Math.max(left.length, right.length); k++) {
    const [x, y] = [left[k] ?? '', right[k] ?? '']
    if (x === y) continue
    const byNumber = Number(x) - Number(y)
    if (byNumber !== 0 && !Number.isNaN(byNumber)) return byNumber
    return x < y ? -1 : 1
  }
  return 0
}
