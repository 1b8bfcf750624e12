import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseYaml } from '../../../src/audit/load/document.js'
import { findPapers } from '../../../src/audit/load/files.js'
import { init } from '../../../src/cli/commands/init.js'
import { exampleDerivations, exampleNotation, exampleStatements } from '../../../src/cli/init/example-paper.js'
import { folderFiles } from '../../../src/cli/init/folder-files.js'
import { fixtures } from '../source/read-fixture.js'

const folder = mkdtempSync(join(tmpdir(), 'corrigenda-init-'))
const signal = new AbortController().signal
let output = ''

beforeAll(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    output += String(text)
    return true
  })
})
afterAll(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

describe('corrigenda init', () => {
  it('makes a folder of the form of the shipped papers, which the loader accepts', async () => {
    const target = join(folder, 'My Draft (2)')
    expect(await init([target], signal)).toBe(0)
    for (const path of [
      'data/my-draft-2/paper.yaml',
      'data/my-draft-2/statements.yaml',
      'derivations/my-draft-2/derivations.js',
      'tests/my-draft-2.test.js',
      'package.json',
      '.gitignore',
      'README.md',
    ])
      expect(existsSync(join(target, path)), path).toBe(true)
    const [paper] = await findPapers(target)
    expect(paper?.statements.map(({ role }) => role)).toEqual(['definition', 'result', 'result'])
    const manifest = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({ type: 'module', scripts: { audit: 'corrigenda audit', test: 'vitest run' } })
  })

  it('imports a source: every display is a statement, every symbol a guess, and the loader accepts it', async () => {
    const target = join(folder, 'imported')
    output = ''
    expect(await init([target, '--tex', join(fixtures, 'numbering.tex'), '--id', 'chain'], signal)).toBe(0)
    expect(output).toContain('19 statements: 19 read, 0 to be encoded by hand')
    const [paper] = await findPapers(target)
    expect(paper?.statements).toHaveLength(19)
    expect(paper?.bibliography).toMatchObject({ title: 'A chain of fields', authors: ['A. Author', 'B. C. Author'] })
    expect(paper?.notation.symbols.length).toBeGreaterThan(20)
    expect(paper?.notation.symbols.every(({ guess }) => guess)).toBe(true)
  })

  it('tells of what it could not import, with the place, and imports the rest', async () => {
    const target = join(folder, 'broken')
    output = ''
    expect(await init([target, '--tex', join(fixtures, 'broken.tex')], signal)).toBe(0)
    expect(output).toContain('broken.tex:9: the display \\begin{equation} does not parse')
    expect(output).toContain("broken.tex:12: '../secret.tex' lies outside the folder")
    const [paper] = await findPapers(target)
    expect(paper?.statements.filter(({ encoding }) => encoding === 'hand').map(({ id }) => id)).toEqual([
      'broken/eq-2',
      'broken/eq-4',
      'broken/eq-5',
    ])
  })

  it('overwrites nothing, and then writes nothing', async () => {
    const target = join(folder, 'taken')
    mkdirSync(target)
    writeFileSync(join(target, 'README.md'), 'mine')
    await expect(init([target], signal)).rejects.toThrow(/README\.md is there already, and nothing is overwritten/)
    expect(readFileSync(join(target, 'README.md'), 'utf8')).toBe('mine')
    expect(existsSync(join(target, 'data'))).toBe(false)
  })

  it('follows no link out of the folder of the source', async () => {
    const source = join(folder, 'linked')
    cpSync(fixtures, source, { recursive: true })
    writeFileSync(join(folder, 'secret.tex'), '\\begin{equation} s = 1 \\end{equation}')
    symlinkSync(join(folder, 'secret.tex'), join(source, 'missing.tex'))
    output = ''
    await init([join(folder, 'of-linked'), '--tex', join(source, 'broken.tex')], signal)
    expect(output).toContain("'missing.tex' lies outside the folder of the main file")
  })

  it.each([
    [['--tex', join(fixtures, 'nowhere.tex')], /nowhere\.tex: there is no such file/],
    [['--tex', fixtures], /a folder, not a file; name the main \.tex file in it/],
    [['--tex', join(fixtures, 'macros.tex')], /displays no formula/],
    [['--id', 'Not An Id'], /is no id for a paper/],
    [['another'], /name one folder/],
  ])('says what is wrong with %j and writes nothing', async (more, message) => {
    const target = join(folder, 'refused')
    await expect(init([target, ...more], signal)).rejects.toThrow(message)
    expect(existsSync(target)).toBe(false)
  })

  it('writes YAML that says the same whatever stands in a title or a formula', () => {
    const title = `Quotes ' and " and # and : and \\emph{x}`
    const files = folderFiles({
      id: 'p',
      version: '0.1.0',
      head: { title, authors: ["O'Neil"], year: 2026, identifier: 'p' },
      notation: exampleNotation,
      statements: [{ ...exampleStatements[0]!, printed: "f'(x) = 'a' # {b: c}" }],
      derivations: exampleDerivations,
    })
    const paper = parseYaml({ path: 'p', text: files.get('data/p/paper.yaml')! }).value
    expect(paper).toMatchObject({ bibliography: { title, authors: ["O'Neil"] } })
    const statements = parseYaml({ path: 's', text: files.get('data/p/statements.yaml')! }).value
    expect(statements).toMatchObject([{ printed: "f'(x) = 'a' # {b: c}" }])
  })
})
