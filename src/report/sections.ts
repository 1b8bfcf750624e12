import type { PaperReport, StatementReport } from './report.js'

/** A section of a paper with its statements, in the paper's order. */
export interface SectionReport {
  readonly section: string
  readonly statements: readonly StatementReport[]
}

const isNumbered = (section: string): boolean => /^\d/.test(section)

/** A paper's sections: numbered ones in their order, then names and letters of appendices in that of the statements. */
export function sectionsOf(paper: Pick<PaperReport, 'statements'>): readonly SectionReport[] {
  const sections = new Map<string, StatementReport[]>()
  for (const statement of paper.statements) {
    const known = sections.get(statement.section)
    if (known === undefined) sections.set(statement.section, [statement])
    else known.push(statement)
  }
  return [...sections]
    .map(([section, statements]) => ({ section, statements }))
    .sort((a, b) =>
      isNumbered(a.section) && isNumbered(b.section)
        ? a.section.localeCompare(b.section, 'en', { numeric: true })
        : Number(isNumbered(b.section)) - Number(isNumbered(a.section)),
    )
}

/** What a section is called: `section 8.4`, `appendix B`, `part ‘sparse’` for one that the paper does not number. */
export function sectionName(section: string): string {
  if (isNumbered(section)) return `section ${section}`
  return /^[A-Z](?:[.\d]|$)/.test(section) ? `appendix ${section}` : `part ‘${section}’`
}

/** Where a statement stands: `section 5, equation (14)`; a label that names its section by itself is left alone. */
export function placeOf({ section, label, kind }: Pick<StatementReport, 'section' | 'label' | 'kind'>): string {
  if (/^(?:section|appendix|chapter)\b/i.test(label)) return label
  const what = kind === 'equation' && /^\(/.test(label) ? `equation ${label}` : label
  return `${sectionName(section)}, ${/^(?:Figure|Table)/.test(what) ? what[0]!.toLowerCase() + what.slice(1) : what}`
}

/** The first letter large, as at the beginning of a sentence. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
