/** Laws of the built command: what it reports depends on the seed alone, not on workers, company, interruption or cache. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const program = join(root, 'dist', 'src', 'cli', 'corrigenda.js')
const folder = mkdtempSync(join(tmpdir(), 'corrigenda-runs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const statements = ['eq-14', 'fig-6']
const argumentsFor = (name: string, of: readonly string[], more: readonly string[]): readonly string[] => [
  ...[program, 'audit', ...of.map((id) => `schoenholz-2017/${id}`), '--depth', 'quick'],
  ...['--json', join(folder, `${name}.json`), ...more],
]

/** The report without its timing, as text; and what was said on standard error. */
function run(name: string, of: readonly string[], ...more: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, argumentsFor(name, of, more), { cwd: root, encoding: 'utf8' })
  expect([0, 1], stderr).toContain(status)
  const text = readFileSync(join(folder, `${name}.json`), 'utf8')
  const report = text.replace(/^ *"elapsedSeconds": .*$/m, '')
  expect(report.length).toBeLessThan(text.length)
  return { report, stderr }
}

/** Starts a run with a cache and kills it as soon as the cache holds a number of results, or never if it is done before. */
async function kill(cache: string, results: number): Promise<void> {
  const child = spawn(process.execPath, argumentsFor('killed', statements, ['--workers', '2', '--cache', cache]), {
    cwd: root,
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const timer = setInterval(() => {
    if (existsSync(cache) && readdirSync(cache).filter((file) => file.endsWith('.json')).length >= results)
      child.kill('SIGKILL')
  }, 2)
  await ended
  clearInterval(timer)
}

let whole = ''
beforeAll(() => {
  whole = run('whole', statements, '--workers', '1', '--no-cache').report
})

describe('the report’s bytes', () => {
  it.each([2, 4])('are the same for %i workers as for one', (workers) => {
    expect(run(`workers-${workers}`, statements, '--workers', String(workers), '--no-cache').report).toBe(whole)
  })

  it('are the same for statements named in another order', () => {
    expect(run('order', [...statements].reverse(), '--no-cache').report).toBe(whole)
  })

  it.each(statements)('of %s are the same where it is audited alone', (id) => {
    const entryOf = (report: string): string => {
      const { papers } = JSON.parse(report)
      return JSON.stringify(papers[0].statements.find((entry: { id: string }) => entry.id === `schoenholz-2017/${id}`))
    }
    expect(entryOf(run(`alone-${id}`, [id], '--no-cache').report)).toBe(entryOf(whole))
  })

  it('are the same after runs killed early and late, which lose no more than the batches at work', async () => {
    const cache = join(folder, 'cache')
    const counts: number[] = []
    for (const results of [0, 3, 15]) {
      await kill(cache, results)
      counts.push(existsSync(cache) ? readdirSync(cache).filter((file) => file.endsWith('.json')).length : 0)
    }
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
    expect(counts[2]).toBeGreaterThanOrEqual(15)
    const finished = run('resumed', statements, '--cache', cache)
    expect(finished.report).toBe(whole)
    expect(finished.stderr).not.toContain('damaged')
    const files = readdirSync(cache).filter((file) => file.endsWith('.json'))
    expect(files.length).toBeGreaterThanOrEqual(counts[2]!)

    for (const [k, file] of files.slice(0, 3).entries()) {
      const text = readFileSync(join(cache, file), 'utf8')
      writeFileSync(join(cache, file), text.slice(0, [0, 50, text.length - 2][k]))
    }
    const mended = run('mended', statements, '--cache', cache)
    expect(mended.report).toBe(whole)
    expect(mended.stderr.match(/is damaged: .*; its result was computed again/g)).toHaveLength(3)
    expect(run('again', statements, '--cache', cache).stderr).not.toContain('damaged')
  })

  it('are the same where no cache can be kept, which is said once', () => {
    writeFileSync(join(folder, 'file'), '')
    const { report, stderr } = run('unwritable', statements, '--cache', join(folder, 'file', 'cache'))
    expect(report).toBe(whole)
    expect(stderr.match(/the run goes on without/g)).toHaveLength(1)
  })
})
