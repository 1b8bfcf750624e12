import { errataMarkdown } from './errata-markdown.js'
import type { Report } from './report.js'
import { verdictsMarkdown } from './verdicts-markdown.js'

/** A report as one Markdown file that GitHub renders: verdicts, then errata. */
export const reportMarkdown = (report: Report): string => `${verdictsMarkdown(report)}\n${errataMarkdown(report)}`
