/** What `check` and `explain` say on the command line, with the built package. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { help } from '../../../src/cli/help.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const run = (folder: string, args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'dist', 'src', 'cli', 'corrigenda.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })

describe('check', () => {
  it('refuses two formulas for one premise, however it is named', () => {
    const given = (name: string): readonly string[] => ['--given', `${name}=\\mathcal{L}(\\{r^l\\}) = 0`]
    const { status, stderr } = run(root, [
      'check',
      'schoenholz-2017/eq-13',
      ...given('eq-12'),
      ...given('schoenholz-2017/eq-12'),
    ])
    expect(stderr).toMatch(/names schoenholz-2017\/eq-12 twice/)
    expect(status).toBe(2)
  })

  it('refuses another formula for a definition, which nothing is compared with', () => {
    const { status, stderr } = run(root, ['check', 'schoenholz-2017/eq-1', '--printed', 'a = b'])
    expect(stderr).toMatch(/schoenholz-2017\/eq-1: --printed: this is a definition: .* nothing to compare/)
    expect(status).toBe(2)
  })

  it('has an example with --given that moves the saddle, as its help says', () => {
    const [, example] = /corrigenda check (schoenholz-2017\/eq-13 --given '.*')\n/.exec(help.check)!
    const [, id, given] = /^(\S+) --given '(.*)'$/.exec(example!)!
    const { status, stdout } = run(root, ['check', id!, '--given', given!, '--depth', 'quick'])
    expect(stdout).toMatch(/exact on printed: refuted/)
    expect(status).toBe(1)
  })

  it('writes --json into folders that it makes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'corrigenda-json-'))
    const file = join(folder, 'not', 'there', 'report.json')
    const { status } = run(root, ['check', 'schoenholz-2017/eq-1', '--json', file])
    const { papers } = JSON.parse(readFileSync(file, 'utf8'))
    rmSync(folder, { recursive: true, force: true })
    expect(papers[0].statements[0]).toMatchObject({ id: 'schoenholz-2017/eq-1', verdict: 'definition' })
    expect(status).toBe(0)
    expect(help.check).toContain('in a folder made for it where there is none')
  })

  it('and the other commands document every exit code', () => {
    for (const code of ['0', '1', '2', '3', '130']) expect(help.corrigenda).toMatch(new RegExp(`[ \\n]${code} `))
    expect(help.check).toContain('130')
  })
})

describe('a derivation module that cannot be loaded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'corrigenda-module-'))
  beforeAll(() => {
    cpSync(join(root, 'data', 'schoenholz-2017'), join(folder, 'data', 'schoenholz-2017'), { recursive: true })
    mkdirSync(join(folder, 'derivations', 'schoenholz-2017'), { recursive: true })
    writeFileSync(join(folder, 'derivations', 'schoenholz-2017', 'broken.js'), "throw new Error('half written')\n")
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(['check', 'explain'])('is named by %s of a statement of its paper, which then does not pass', (command) => {
    const { status, stdout, stderr } = run(folder, [command, 'eq-14', '--depth', 'quick'])
    expect(stderr).toMatch(
      /derivations\/schoenholz-2017\/broken\.js:1:7: the module did not load: Error: half written; .* missing below/,
    )
    expect(stdout).toContain('schoenholz-2017/eq-14')
    expect(status).toBe(2)
  })
})
