import type { Builder, TestCase } from 'junit-report-builder'
import { failureLine, failureText, standing } from './failure-text.js'
import type { PaperReport, Report, StatementReport } from './report.js'
import { correctFirst } from './uncorrected.js'

/**
 * A report as JUnit XML, which CI servers read: a test suite a paper, a test case a statement, its class name the paper and
 * the section. What is refuted or open fails, with its witnesses; what could not be understood is an error,
 * what is open for a declared reason is skipped. Durations are
 * not part of it, so that equal seeds give equal bytes.
 */
export async function junitXml(report: Report): Promise<string> {
  // Its types say that it exports a default; what it exports is the builder itself.
  const { default: junit } = (await import('junit-report-builder')) as unknown as { readonly default: Builder }
  const root = junit.newBuilder().name('corrigenda')
  for (const paper of report.papers) {
    const suite = root.testSuite().name(paper.id)
    suite.property('title', withoutControls(paper.title))
    suite.property('corrigenda', report.corrigenda)
    suite.property('seed', String(report.seed))
    suite.property('depth', report.depth)
    for (const statement of paper.statements) describeCase(suite.testCase(), paper, statement)
  }
  return root.build()
}

function describeCase(test: TestCase, paper: PaperReport, statement: StatementReport): void {
  test.className(withoutControls(`${paper.id}.section-${statement.section}`)).name(statement.id)
  const line = withoutControls(failureLine(statement))
  const text = withoutControls(failureText(statement, paper.statements))
  switch (standing(statement)) {
    case 'error':
      test.error(line, 'input', text)
      break
    case 'fails':
      test.failure(line, statement.verdict).stacktrace(text)
      break
    case 'declared':
      test.skipped().standardOutput(line)
      break
    case 'passes': {
      const first = correctFirst(paper.statements, statement)
      test.standardOutput(withoutControls(`${line}\n${statement.about}${first === null ? '' : `\n${first}`}`))
    }
  }
}

/** Text without the characters that XML 1.0 has no way to write; the builder escapes the rest. */
const withoutControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those that XML 1.0 forbids
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
