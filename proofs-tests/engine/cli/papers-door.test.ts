import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { locatePapers } from '../../../src/cli/papers-door.js'

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
