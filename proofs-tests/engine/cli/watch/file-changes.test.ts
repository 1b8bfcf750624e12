import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FileChanges } from '../../../../src/cli/watch/file-changes.js'

const parent = mkdtempSync(join(tmpdir(), 'corrigenda-changes-'))
const folder = join(parent, 'derivations')
const below = join(folder, 'draft')
mkdirSync(below, { recursive: true })
writeFileSync(join(below, 'a.js'), '1')
const stop = new AbortController()
const changes = new FileChanges([folder, join(parent, 'not-there')], stop.signal)
afterAll(() => {
  changes.close()
  rmSync(parent, { recursive: true, force: true })
})

/** Whether a save is noticed within two seconds. Those that come late belong to it. */
const notices = async (save: () => void): Promise<boolean> => {
  const next = changes.next()
  save()
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 2000))
  const noticed = (await Promise.race([next, late])) !== null
  await new Promise((resolve) => setTimeout(resolve, 100))
  return noticed
}
/** As most editors save. */
const replace = (path: string, text: string): void => {
  writeFileSync(`${path}~`, text)
  renameSync(`${path}~`, path)
}

describe('saves', () => {
  it.each([
    ['into a file', () => appendFileSync(join(below, 'a.js'), '2')],
    ['in the place of a file', () => replace(join(below, 'a.js'), '3')],
    ['into a file that took another’s place', () => appendFileSync(join(below, 'a.js'), '4')],
    ['in its place once more', () => replace(join(below, 'a.js'), '5')],
    ['into it once more', () => writeFileSync(join(below, 'a.js'), '6')],
    ['of a new file', () => writeFileSync(join(below, 'b.js'), '1')],
    ['of a new folder', () => mkdirSync(join(folder, 'common'))],
    ['into a new folder', () => writeFileSync(join(folder, 'common', 'c.js'), '1')],
    ['that take a folder away', () => rmSync(join(folder, 'common'), { recursive: true })],
    ['of a folder of the same name', () => mkdirSync(join(folder, 'common'))],
    ['into that one', () => writeFileSync(join(folder, 'common', 'c.js'), '2')],
  ])('%s are noticed', async (_, save) => expect(await notices(save)).toBe(true))

  it('are waited for until somebody ends the waiting', async () => {
    const next = changes.next()
    stop.abort()
    expect(await next).toBeNull()
  })
})
