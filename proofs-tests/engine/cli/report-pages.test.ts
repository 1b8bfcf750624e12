import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { report } from '../../../src/cli/commands/report.js'
import { reportJson } from '../../../src/report/report.js'
import { sampleReportOfAll } from '../report/html/sample-pages.js'
import { sampleReport, sampleStatement } from '../report/sample-report.js'

const folder = mkdtempSync(join(tmpdir(), 'corrigenda-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = join(folder, 'report.json')
const pages = join(folder, 'html')
const write = (): Promise<number> => report([file, '--html', pages], new AbortController().signal)

/** Every file of the pages with its bytes. */
const bytes = (): readonly (readonly [string, string])[] =>
  (readdirSync(pages, { recursive: true }) as string[])
    .filter((name) => name.includes('.'))
    .sort()
    .map((name) => [name, readFileSync(join(pages, name), 'base64')] as const)

describe('the pages of a report file', () => {
  beforeEach(() => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    writeFileSync(file, reportJson(sampleReportOfAll))
  })
  afterEach(() => vi.restoreAllMocks())

  it('are written with all that they need, the same bytes each time', async () => {
    expect(await write()).toBe(0)
    const first = bytes()
    expect(first.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'index.html',
        'p/index.html',
        'p/errata.html',
        'p/eq-3.html',
        'assets/katex.css',
        'files.txt',
      ]),
    )
    expect(await write()).toBe(0)
    expect(bytes()).toEqual(first)
  })

  it('ask for nothing outside their folder', () => {
    const css = readFileSync(join(pages, 'assets/katex.css'), 'utf8')
    expect(css.match(/url\((?!data:font\/woff2)/g)).toBeNull()
    expect(css.match(/@font-face/g)!.length).toBe(css.match(/url\(data:/g)!.length)
    expect(readFileSync(join(pages, 'assets/style.css'), 'utf8')).not.toMatch(/url\((?!#)|@import/)
    expect(readFileSync(join(pages, 'assets/page.js'), 'utf8')).not.toMatch(/fetch|import|https?:/)
  })

  it('stay where the report is of another schema, is cut short, or lacks a figure’s numbers', async () => {
    const good = bytes()
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"schema": 1', '"schema": 2'))
    await expect(write()).rejects.toThrow(/^\S*report\.json: a report of schema 2, and this version reads schema 1/)
    writeFileSync(file, text.slice(0, 500))
    await expect(write()).rejects.toThrow(/^\S*report\.json/)
    writeFileSync(file, reportJson(sampleReport([sampleStatement('fig-1', { kind: 'figure', figure: 'p-fig-1' })])))
    await expect(write()).rejects.toThrow(/^\S*p-fig-1\.json: cannot be read \(ENOENT\); the report draws p\/fig-1/)
    expect(bytes()).toEqual(good)
  })

  it('are not put into a folder that holds anything else', async () => {
    const other = join(folder, 'mine')
    mkdirSync(other)
    writeFileSync(join(other, 'notes.txt'), 'mine')
    await expect(report([file, '--html', other], new AbortController().signal)).rejects.toThrow(
      `'${other}' holds notes.txt, which corrigenda did not write there`,
    )
    expect(readdirSync(other)).toEqual(['notes.txt'])
  })
})
