import { errataMarkdown } from './errata-markdown.js'
import type { Report } from './report.js'

/** A report as one Markdown file. */
export const reportMarkdown = (report: Report): string => errataMarkdown(report)
