import type { PaperReport } from './report.js'

/**
 * How a statement of a paper is called where others are named beside it: its label, and what it says where another one has
 * the same label ("section 2.1, below (2.1)" may be the place of several).
 */
export function distinctLabel({ statements }: PaperReport, id: string): string {
  const statement = statements.find((one) => one.id === id)
  if (statement === undefined) return id
  const shared = statements.some((one) => one.id !== id && one.label === statement.label)
  return shared ? `${statement.label} (${statement.about})` : statement.label
}
