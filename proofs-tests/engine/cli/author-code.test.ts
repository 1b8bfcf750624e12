/** What an author's derivation can do to the process that runs it, with the built package. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const program = join(root, 'dist', 'src', 'cli', 'corrigenda.js')
const parent = mkdtempSync(join(tmpdir(), 'corrigenda-author-'))
const folder = join(parent, 'draft')
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })

/** The example that `init` writes, with another derivation. */
const author = (body: string, before = ''): void =>
  writeFileSync(
    join(folder, 'derivations', 'draft', 'derivations.js'),
    `import { derive } from 'corrigenda'\n${before}\nexport const force = derive('eq-2', { potential: 'eq-1' }, 'odd', () => { ${body} })\n`,
  )

beforeAll(() => {
  spawnSync(process.execPath, [program, 'init', folder], { cwd: parent })
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules', 'corrigenda'))
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

describe('a derivation that ends the process', () => {
  it.each([
    ['where it is imported', '', 'process.exit(0)', [['audit', '--no-cache'], ['check', 'eq-2'], ['mutate']]],
    [
      'where it is called',
      'process.exit(0)',
      '',
      [
        ['audit', '--no-cache'],
        ['explain', 'eq-2'],
      ],
    ],
  ])(
    'is told of, never silence with code 0: %s',
    (_, body, before, commands) => {
      author(body, before)
      for (const command of commands) {
        const { status, stderr } = run(...command)
        expect(stderr).toContain('a derivation module ended the process: ')
        expect(status).toBe(2)
      }
    },
    30_000,
  )
})

describe('a derivation that throws', () => {
  it('is named by mutate, as by audit, and the others go on', () => {
    author("throw new RangeError('no luck')")
    const { status, stdout, stderr } = run('mutate')
    expect(stdout).toMatch(/error draft\/eq-2: .*its derivation fails: RangeError: no luck/)
    expect(stdout).toContain('0 statements altered, 2 not')
    expect(stderr).not.toContain('internal failure')
    expect(status).toBe(2)
  }, 30_000)
})

describe('Ctrl-C while a derivation never returns', () => {
  it.each([
    [['audit', '--no-cache']],
    [['audit', '--watch', '--no-cache']],
    [['explain', 'eq-2']],
  ])('ends %j', async (command) => {
    author("process.stderr.write('looping\\n'); for (;;);")
    const child = spawn(process.execPath, [program, ...command], { cwd: folder })
    let said = ''
    const code = await new Promise((resolve) => {
      child.stderr.on('data', (text) => {
        said += text
        if (String(text).includes('looping')) child.kill('SIGINT')
      })
      child.on('close', resolve)
    })
    expect(said).not.toContain('internal failure')
    expect(code).toBe(command.includes('--watch') ? 0 : 130)
  }, 30_000)
})
