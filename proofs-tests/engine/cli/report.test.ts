/** `corrigenda report`: what an audit wrote is made again from its files, the same bytes; what cannot be is said in one line. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const program = join(root, 'dist', 'src', 'cli', 'corrigenda.js')
const folder = mkdtempSync(join(tmpdir(), 'corrigenda-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: root, encoding: 'utf8' })

const audited = join(folder, 'audit')
const file = join(audited, 'report.json')
beforeAll(() => {
  const statements = ['li-saad-2018/fig-2c', 'li-saad-2018/eq-1', 'schoenholz-2017/eq-102']
  const { stderr } = run('audit', ...statements, '--depth', 'quick', '--out', audited, '--no-cache')
  expect(existsSync(file), stderr).toBe(true)
}, 60_000)

/** Every file below a folder with its content. */
const contents = (place: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(place.length), readFileSync(path, 'utf8')]),
  )

describe('a report made again', () => {
  it('is what the audit wrote, byte for byte, and again the second time', () => {
    const [first, second] = ['first', 'second'].map((name) => {
      const { status, stderr } = run('report', file, '--latex', join(folder, name))
      expect(status, stderr).toBe(0)
      return contents(join(folder, name))
    })
    expect(first).toEqual(contents(join(audited, 'latex')))
    expect(second).toEqual(first)
    expect(first!.size).toBeGreaterThanOrEqual(8)
  })

  it('as Markdown holds the tables and the errata that the audit wrote', () => {
    const { status, stdout } = run('report', file, '--markdown', '-')
    expect(status).toBe(0)
    for (const name of ['verdicts.md', 'errata.md']) expect(stdout).toContain(readFileSync(join(audited, name), 'utf8'))
  })

  it('names no day, no time and no machine', () => {
    const { elapsedSeconds } = JSON.parse(readFileSync(file, 'utf8'))
    const year = new Date().getFullYear()
    for (const [name, text] of contents(join(audited, 'latex'))) {
      expect(text, name).not.toContain(`${elapsedSeconds} s`)
      expect(text, name).not.toContain(`${year}-`)
      expect(text, name).not.toContain(root)
    }
  })
})

describe('bad input is said in one line, and nothing good is replaced', () => {
  const kept = join(folder, 'kept')
  beforeAll(() => {
    mkdirSync(kept)
    writeFileSync(join(kept, 'report.tex'), 'good')
  })

  const altered = (name: string, change: (report: Record<string, unknown>) => unknown): string => {
    const place = join(folder, name)
    cpSync(audited, place, { recursive: true })
    const path = join(place, 'report.json')
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))))
    return path
  }

  it.each([
    ['another schema', () => altered('schema', (report) => ({ ...report, schema: 9 })), /report\.json: a report of schema 9, and this version reads schema 1/],
    ['another seed than the figures have', () => altered('seed', (report) => ({ ...report, seed: 2 })), /fig-2c\.json: a figure of another audit: seed 1, the report has seed 2/],
    ['a missing figure', () => { const path = altered('missing', (report) => report); rmSync(join(dirname(path), 'li-saad-2018-fig-2c.json')); return path }, /li-saad-2018-fig-2c\.json: cannot be read \(ENOENT\); the report draws li-saad-2018\/fig-2c/],
    ['a file that ends in the middle', () => { const path = altered('cut', (report) => report); writeFileSync(path, readFileSync(path, 'utf8').slice(0, 500)); return path }, /report\.json: ?.*no report: the text is no JSON/],
    ['no file', () => join(folder, 'nothing.json'), /nothing\.json: cannot be read \(ENOENT\)/],
  ])('%s', (_, make, message) => {
    const { status, stderr } = run('report', make(), '--latex', kept)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(contents(kept)).toEqual(new Map([['/report.tex', 'good']]))
  }) // biome-ignore format: one case a line

  it('a folder that cannot be written, or is a file', () => {
    writeFileSync(join(folder, 'file'), '')
    for (const place of [join(folder, 'file', 'latex'), '/proc/corrigenda']) {
      const { status, stderr } = run('report', file, '--latex', place)
      expect(status).toBe(2)
      expect(stderr).toMatch(/^corrigenda: '.*' cannot be written \(\w+\); choose another place\n$/)
    }
  })

  it('no report, or nothing to write', () => {
    expect(run('report', '--latex', kept).stderr).toContain('name one report')
    expect(run('report', file).stderr).toContain('nothing to write')
    const { status, stderr } = run('report', folder, '--latex', kept)
    expect(stderr).toContain(`${folder}: no report.json in it or in its out/`)
    expect(status).toBe(2)
  })
})
