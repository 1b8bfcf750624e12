import type { Verdict } from '../audit/evidence.js'
import { standing } from './failure-text.js'
import { escaped, fontFamily, fontSize, textWidth } from './figure-text.js'
import type { Report, StatementReport } from './report.js'

const height = 20
const padding = 7
const colors = { label: '#444444', accounted: '#2f7d32', errata: '#8a6d00', failing: '#b3261e', text: '#ffffff' }

/**
 * A badge for a paper's page: how many statements were audited, how many of them are errata, and how many are refuted or
 * open, if any. An SVG image that refers to nothing outside itself.
 */
export function badgeSvg(report: Report): string {
  const statements = report.papers.flatMap((paper) => paper.statements)
  const label = 'corrigenda'
  const message = badgeText(statements)
  const labelWidth = boxWidth(label)
  const width = labelWidth + boxWidth(message)
  const text = (content: string, centre: number): string =>
    `<text x="${round(centre)}" y="14" text-anchor="middle" fill="${colors.text}">${escaped(content)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${height}" role="img" aria-label="${escaped(`${label}: ${message}`)}">`,
    `<title>${escaped(`${label}: ${message}`)}</title>`,
    `<clipPath id="round"><rect width="${round(width)}" height="${height}" rx="3"/></clipPath>`,
    '<g clip-path="url(#round)">',
    `<rect width="${round(labelWidth)}" height="${height}" fill="${colors.label}"/>`,
    `<rect x="${round(labelWidth)}" width="${round(width - labelWidth)}" height="${height}" fill="${colorOf(statements)}"/>`,
    '</g>',
    `<g font-family="${escaped(fontFamily)}" font-size="${fontSize}">`,
    text(label, labelWidth / 2),
    text(message, (labelWidth + width) / 2),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** What the badge says: `12 statements, 2 errata, 1 open`. */
export function badgeText(statements: readonly Pick<StatementReport, 'verdict'>[]): string {
  const count = (wanted: Verdict): number => statements.filter(({ verdict }) => verdict === wanted).length
  const part = (wanted: Verdict, one: string, many: string): readonly string[] => {
    const found = count(wanted)
    return found === 0 ? [] : [`${found} ${found === 1 ? one : many}`]
  }
  return [
    `${statements.length} ${statements.length === 1 ? 'statement' : 'statements'}`,
    ...part('erratum', 'erratum', 'errata'),
    ...part('refuted', 'refuted', 'refuted'),
    ...part('open', 'open', 'open'),
  ].join(', ')
}

function colorOf(statements: readonly StatementReport[]): string {
  if (statements.some((statement) => ['fails', 'error'].includes(standing(statement)))) return colors.failing
  return statements.some(({ verdict }) => verdict === 'erratum') ? colors.errata : colors.accounted
}

const boxWidth = (text: string): number => textWidth(text) + 2 * padding

const round = (value: number): number => Math.round(value * 10) / 10
