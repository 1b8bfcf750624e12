import { dirname, join, resolve } from 'node:path'
import { InputError } from '../../expression/errors.js'
import { makeReport, type Report, reportedPaper, reportJson } from '../../report/report.js'
import type { Command } from '../corrigenda.js'
import { type ExitCode, exitCode } from '../exit.js'
import { requireWritable, writeAtomic } from '../files.js'
import { type Options, readOptions } from '../options.js'
import { locatePapers, shippedNotice } from '../papers-door.js'
import { requireReplaceable } from '../replace-folder.js'
import { exitCodeFor, runAudit } from '../run.js'
import { openSession, packageVersion, select } from '../session.js'
import { print } from '../terminal.js'
import { adviceText, countsText, errataText, verdictTable } from '../verdict-table.js'

export const audit: Command = async (rawArguments, signal): Promise<ExitCode> => {
  const started = performance.now()
  const options = readOptions('audit', rawArguments, [
    'watch',
    'depth',
    'seed',
    'workers',
    'json',
    'out',
    'junit',
    'badge',
    'cache',
    'no-cache',
  ])
  const located = locatePapers(process.cwd(), options.positionals)
  const { root, names } = located
  if (options.watch) {
    if ([options.json, options.out, options.junit, options.badge].some((file) => file !== undefined))
      throw new InputError('--watch writes no files: leave --json, --out, --junit and --badge to an audit of its own')
    const { watchAudit } = await import('../watch/watch-audit.js')
    return watchAudit({ root, names, run: options }, signal)
  }
  const session = await openSession(root, names)
  const selected = select(session, names)
  const notice = shippedNotice(
    located,
    'auditing',
    session.papers.map(({ paper }) => paper),
  )
  if (notice !== null) process.stderr.write(`corrigenda: ${notice}\n`)
  // A part of a paper must not overwrite the report of the whole.
  const out = options.out ?? (options.positionals.length === 0 ? 'out' : undefined)
  if (out !== undefined) {
    await requireWritable(resolve(out))
    await requireReplaceable(join(resolve(out), 'html'))
  }
  for (const file of [options.json, options.junit, options.badge])
    if (file !== undefined && file !== '-') await requireWritable(dirname(resolve(file)))
  for (const error of session.errors) process.stderr.write(`corrigenda: ${error.message}\n`)
  const version = await packageVersion()
  return runAudit(selected, { ...options, root }, signal, async ({ papers, interrupted }, pool) => {
    const head = {
      version,
      seed: options.seed,
      depth: options.depth,
      elapsedSeconds: (performance.now() - started) / 1000,
    }
    const report = makeReport(
      head,
      papers.map(({ prepared, results }) => reportedPaper(prepared, results)),
    )
    if (options.json === '-') print(reportJson(report))
    else printReport(report)
    if (interrupted) {
      process.stderr.write('corrigenda: interrupted; nothing was written, earlier results stand\n')
      return exitCode.interrupted
    }
    if (options.json !== undefined && options.json !== '-') await writeAtomic(resolve(options.json), reportJson(report))
    await writePipelineFiles(report, options)
    if (out !== undefined) {
      const { writeReports } = await import('../write-reports.js')
      const written = await writeReports(resolve(out), report, papers, pool.simulate)
      if (options.json !== '-') print(`written to ${out}: ${written.join(', ')}`)
    }
    return exitCodeFor(
      papers.flatMap(({ results }) => results),
      session.errors,
    )
  })
}

/** What CI servers and a paper's page are given. */
async function writePipelineFiles(report: Report, { junit, badge }: Pick<Options, 'junit' | 'badge'>): Promise<void> {
  if (junit !== undefined) {
    const { junitXml } = await import('../../report/junit.js')
    await writeAtomic(resolve(junit), await junitXml(report))
  }
  if (badge !== undefined) {
    const { badgeSvg } = await import('../../report/badge.js')
    await writeAtomic(resolve(badge), badgeSvg(report))
  }
}

function printReport(report: Report): void {
  for (const paper of report.papers) {
    print(`${verdictTable(paper)}\n`)
    const errata = errataText(paper)
    if (errata !== '') print(`${errata}\n`)
    const advice = adviceText(paper)
    if (advice !== '') print(`${advice}\n`)
  }
  print(`${countsText(report.papers)}, ${report.elapsedSeconds} s`)
}
