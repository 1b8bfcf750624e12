import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Paper } from '../../../src/audit/statement.js'
import { locatePapers, shippedNotice } from '../../../src/cli/papers-door.js'

const folder = mkdtempSync(join(tmpdir(), 'corrigenda-door-'))
const withPaper = (path: string, id: string): string => {
  mkdirSync(join(folder, path, 'data', id), { recursive: true })
  writeFileSync(join(folder, path, 'data', id, 'paper.yaml'), '')
  return join(folder, path)
}
const mine = withPaper('mine', 'draft')
const installed = withPaper('mine/node_modules/@group/their-paper', 'theirs')
const work = join(folder, 'work')
mkdirSync(join(work, 'empty'), { recursive: true })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('papers are found through one door', () => {
  it.each([
    ['the folder where one is', mine, [], mine, []],
    ['ids there', mine, ['draft/eq-1', 'draft'], mine, ['draft/eq-1', 'draft']],
    ['a folder by its path', work, ['../mine'], mine, []],
    ['a folder and ids in it', work, [mine, 'eq-1'], mine, ['eq-1']],
    ["a paper's own folder of data", work, ['../mine/data/draft'], mine, ['draft']],
    [
      "a paper's own folder of data and ids",
      work,
      ['../mine/data/draft', 'eq-1', 'draft/eq-2'],
      mine,
      ['draft/eq-1', 'draft/eq-2'],
    ],
    ['an installed package', mine, ['@group/their-paper', 'theirs/eq-3'], installed, ['theirs/eq-3']],
    ['an installed package from below', join(mine, 'data', 'draft'), ['@group/their-paper'], installed, []],
    ['a short id where papers are', mine, ['eq-1'], mine, ['eq-1']],
  ])('%s', (_, from, given, root, names) => {
    expect(locatePapers(from, given)).toMatchObject({ root, names })
  })

  it('finds the shipped papers where there are none', () => {
    const { root, named } = locatePapers(work, ['schoenholz-2017/eq-14'])
    expect(root).toBe(process.cwd())
    expect(named).toBe(false)
  })

  it.each([
    [['./nowhere'], 'there is no such folder'],
    [['empty'], 'no paper here'],
    [['/'], 'no paper here'],
  ])('says what is wrong with a path: %j', (given, message) => {
    expect(() => locatePapers(work, given)).toThrow(message)
  })
})

describe('a folder without papers', () => {
  const made = (name: string, files: Readonly<Record<string, string>>): string => {
    const place = join(folder, name)
    mkdirSync(place, { recursive: true })
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(place, file)), { recursive: true })
      writeFileSync(join(place, file), text)
    }
    return place
  }

  it('has the shipped ones audited, and says so first', () => {
    const located = locatePapers(join(work, 'empty'), [])
    expect(located).toMatchObject({ root: process.cwd(), shipped: true })
    const papers = [
      { id: 'a', statements: [1, 2] },
      { id: 'b', statements: [3] },
    ] as unknown as readonly Paper[]
    expect(shippedNotice(located, 'auditing', papers)).toMatch(
      /^no paper here; auditing the 2 that come with the package \(a, b\), 3 statements, .*'corrigenda init DIR' makes/,
    )
    expect(shippedNotice({ ...located, names: ['a'] }, 'auditing', papers)).toBeNull()
    expect(shippedNotice(locatePapers(mine, []), 'auditing', papers)).toBeNull()
  })

  it.each([
    ['a paper.yaml in no folder of its own', { 'paper.yaml': '' }, 'put it and its statements into data/ID'],
    ['a paper.yaml one folder too high', { 'data/paper.yaml': '' }, 'data/paper.yaml is one folder too high'],
    ['statements alone', { 'data/draft/statements.yaml': '' }, 'data/draft has no paper.yaml'],
    ['derivations alone', { 'derivations/draft/a.js': '' }, 'but no data/draft/paper.yaml'],
    ['a LaTeX source alone', { 'draft.tex': '' }, "'corrigenda init audit --tex draft.tex' makes"],
  ])('is told what is missing where it has %s', (name, files, message) => {
    const place = made(name.replaceAll(' ', '-'), files)
    expect(() => locatePapers(place, [])).toThrow(`no paper here: `)
    expect(() => locatePapers(place, [])).toThrow(message)
    expect(() => locatePapers(place, ['eq-1'])).toThrow(message)
    expect(locatePapers(place, ['schoenholz-2017'])).toMatchObject({ root: process.cwd(), shipped: true })
  })

  it('is told of the one above of which it is a part', () => {
    made('mine/derivations/draft', {})
    expect(() => locatePapers(join(mine, 'derivations', 'draft'), [])).toThrow(`its papers are above, in ${mine}`)
  })

  it('is not taken for a paper’s because it has some folder of data', () => {
    const place = made('unrelated', { 'data/measured/run.csv': '' })
    expect(locatePapers(place, [])).toMatchObject({ root: process.cwd(), shipped: true })
  })
})
