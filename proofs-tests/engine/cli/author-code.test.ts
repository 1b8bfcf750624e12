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

/** Another module beside it. */
const beside = (name: string, text: string): void => writeFileSync(join(folder, 'derivations', 'draft', name), text)

describe('a derivation that calls what would end the process, or reaches out of it', () => {
  it.each([
    ['process.exit', 'process.exit(0)'],
    ['process.getBuiltinModule', "process.getBuiltinModule('fs')"],
    ['process.kill', 'process.kill(process.pid)'],
    ['fetch', "fetch('https://example.org')"],
  ])(
    'is refused with its place, and the others are audited: %s',
    (name, body) => {
      author(body)
      const { status, stdout } = run('audit', '--no-cache')
      expect(stdout).toMatch(
        new RegExp(
          `error eq-2: draft/eq-2, derivations/draft/derivations\\.js:3:\\d+: it calls ${name.replace('.', '\\.')}, which`,
        ),
      )
      expect(stdout).toContain('3 statements: 1 definition, 2 open')
      expect(status).toBe(2)
    },
    30_000,
  )

  it('is refused while it loads too, by mutate as well', () => {
    author('', 'process.exit(0)')
    for (const command of ['audit', 'mutate']) {
      const { status, stderr } = run(command)
      expect(stderr).toContain('derivations/draft/derivations.js:2:9: the module did not load: it calls process.exit')
      expect(status).toBe(2)
    }
  }, 30_000)
})

describe('a module of derivations that does not load', () => {
  it('says so once, and what waits for it says what to mend', () => {
    author("throw new Error('not this one')")
    beside('broken.js', "derive('eq-3', {},\n  (")
    const { status, stdout, stderr } = run('audit', '--no-cache')
    rmSync(join(folder, 'derivations', 'draft', 'broken.js'))
    expect(stderr.split('\n').filter((line) => line.startsWith('corrigenda: '))).toEqual([
      'corrigenda: derivations/draft/broken.js:2: the module did not load: SyntaxError: Unexpected end of input; eq-3 waits for it',
    ])
    expect(stdout).toContain('open eq-3: mend derivations/draft/broken.js, which did not load')
    expect(stdout).not.toContain("write derive('eq-3'")
    expect(stdout).toContain('its derivation fails: Error: not this one')
    expect(status).toBe(2)
  }, 30_000)
})

describe('an error in a formula that a derivation reads', () => {
  it('has the derivation’s line and column, and the formula’s column with the formula', () => {
    beside('tools.js', "export const read = (context) =>\n  context.quantity('k + \\\\kapa')\n")
    writeFileSync(
      join(folder, 'derivations', 'draft', 'derivations.js'),
      "import { derive } from 'corrigenda'\nimport { read } from './tools.js'\nexport const a = derive('eq-2', {}, 'm', (_, context) => read(context))\nexport const b = derive('eq-3', {}, 'm', (_, context) =>\n  context.scalar('2 k'))\n",
    )
    const { stdout } = run('audit', '--no-cache')
    rmSync(join(folder, 'derivations', 'draft', 'tools.js'))
    expect(stdout).toContain(
      "error eq-2: draft/eq-2, derivations/draft/tools.js:2:11: in 'k + \\kapa', column 5: unknown symbol `\\kapa`",
    )
    expect(stdout).toContain("error eq-3: draft/eq-3, derivations/draft/derivations.js:5:11: '2 k' is not one scalar")
  }, 30_000)
})

describe('what a derivation prints', () => {
  it('goes to standard error with its name, so that the report on standard output stays whole', () => {
    author("console.log('seen', { k: 1 }); process.stdout.write('raw'); return 1", "console.log('top')")
    const { stdout, stderr } = run('audit', '--no-cache', '--json', '-')
    expect(JSON.parse(stdout)).toMatchObject({ papers: [{ id: 'draft' }] })
    expect(stderr.split('\n').slice(0, 3)).toEqual([
      'derivations/draft/derivations.js: top',
      'derivations/draft/derivations.js (eq-2): seen { k: 1 }',
      'derivations/draft/derivations.js (eq-2): raw',
    ])
  }, 30_000)
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

describe('a promise of a derivation’s that fails with nobody waiting for it', () => {
  it('is told of with its place, and the audit goes on', () => {
    author('return 1', "Promise.reject(new RangeError('lost'))")
    const { status, stdout, stderr } = run('audit', '--no-cache')
    expect(stderr).toContain(
      'corrigenda: derivations/draft/derivations.js:2:16: a promise fails that nothing waits for: RangeError: lost; await it',
    )
    expect(stderr).not.toContain('Node.js v')
    expect(stdout).toContain('3 statements: 1 definition')
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
