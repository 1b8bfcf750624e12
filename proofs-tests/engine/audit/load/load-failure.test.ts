/** Why modules of derivations do not load, as the built package tells of it: Node's loader is part of what is tried. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { statementsNamed } from '../../../../src/audit/load/load-failure.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..')
const parent = mkdtempSync(join(tmpdir(), 'corrigenda-load-'))
writeFileSync(join(parent, 'package.json'), '{ "type": "module" }')
mkdirSync(join(parent, 'node_modules'))
symlinkSync(root, join(parent, 'node_modules', 'corrigenda'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

interface Loaded {
  readonly said: readonly string[]
  readonly waiting: readonly (readonly string[])[]
  readonly derived: readonly string[]
}

/** Loads several folders of modules in one process of its own, as vitest has a loader of its own. */
function load(folders: readonly Readonly<Record<string, string>>[]): readonly Loaded[] {
  folders.forEach((modules, k) => {
    const folder = join(parent, 'derivations', `draft${k}`)
    mkdirSync(folder, { recursive: true })
    for (const [file, text] of Object.entries(modules)) writeFileSync(join(folder, file), text)
  })
  const script = `
    import { loadDerivations } from ${JSON.stringify(pathToFileURL(join(root, 'dist', 'src', 'node', 'index.js')).href)}
    const found = []
    for (let k = 0; k < ${folders.length}; k++) {
      const loaded = await loadDerivations('derivations/draft' + k, { limits: { derivation: 10, check: 10 } })
      found.push({
        said: loaded.errors.map(({ message }) => message.replaceAll('draft' + k + '/', 'draft/')),
        waiting: loaded.unloaded.map(({ statements }) => statements),
        derived: loaded.derivations.map(({ statement }) => statement),
      })
    }
    process.stdout.write(JSON.stringify(found))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: parent,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout) as readonly Loaded[]
}

const failing: readonly (readonly [string, string, string])[] = [
  ["derive('eq-3', {},\n  (", '2:', 'SyntaxError: Unexpected end of input'],
  ["const a =\n  = derive('eq-3')", '2:3:', "SyntaxError: Unexpected token '='"],
  [
    "import { derive } from './lost.js'\nderive('eq-3')",
    '1:25:',
    "it imports './lost.js', which is not there; mend the path",
  ],
  [
    "import { deriv } from 'corrigenda'\nderiv('eq-3')",
    '1:10:',
    "SyntaxError: The requested module 'corrigenda' does not provide an export named 'deriv'",
  ],
  [
    "import { derive } from 'corrigenda'\nderive('eq-3', {}, 'how', null)",
    '2:1:',
    "derive('eq-3', …): the fourth argument, the function that derives it, is null",
  ],
  [
    "export const a = 1\n  throw new Error('half written') // derive('eq-9')\nconst b = (x) => x('eq-3')",
    '2:9:',
    'Error: half written',
  ],
  [
    "const names = 'no' + 'de:fs'\nawait import(names) || derive('eq-3')",
    '2:7:',
    'it imports a module whose name is computed',
  ],
  [
    'const get = (0, eval)("(x) => imp" + "ort(x)")\nawait get(\'node:fs\')\nget(\'eq-3\')',
    '',
    "it imports 'node:fs': a derivation is computed",
  ],
  [
    "import { findPapers } from 'corrigenda/node'\nfindPapers('eq-3')",
    '1:29:',
    "it imports 'corrigenda/node': that reads papers",
  ],
]
const sound = "import { derive } from 'corrigenda'\nexport const a = derive('eq-2', {}, 'how', (_, c) => c.scalar('k'))"
// A package that npm links lies outside of every node_modules.
const linkedFrom = mkdtempSync(join(tmpdir(), 'corrigenda-linked-'))
writeFileSync(join(linkedFrom, 'index.js'), 'export const x = 1')
writeFileSync(join(linkedFrom, 'package.json'), '{ "name": "linked", "type": "module", "main": "index.js" }')
symlinkSync(linkedFrom, join(parent, 'node_modules', 'linked'))
afterAll(() => rmSync(linkedFrom, { recursive: true, force: true }))

const [amongOthers, imported, linked, ...failed] = load([
  { 'a.js': sound, 'b.js': 'const = 1', 'c.js': sound.replace('eq-2', 'eq-3') },
  { 'broken.js': "derive('eq-3', = )", 'chain.js': "import './broken.js'\nderive('eq-2')" },
  { 'a.js': `import { x } from 'linked'\n${sound}\nexport const made = eval('x')` },
  ...failing.map(([text]) => ({ 'broken.js': text })),
])

describe('a module that does not load', () => {
  it.each(
    failing.map((one, k) => [...one, failed[k]!] as const),
  )('says so with its place and the reason: %j', (_, place, reason, { said, waiting }) => {
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/; eq-3 waits for it$/)
    expect(said[0]).toContain(`derivations/draft/broken.js:${place} the module did not load: ${reason}`)
    expect(waiting).toEqual([['eq-3']])
  })

  it('leaves the others standing', () => {
    expect(amongOthers!.derived).toEqual(['eq-2', 'eq-3'])
    expect(amongOthers!.said).toEqual([
      "derivations/draft/b.js:1:7: the module did not load: SyntaxError: Unexpected token '='",
    ])
  })

  it('is none that imports a package that is linked, though its code makes code', () =>
    expect(linked).toMatchObject({ said: [], derived: ['eq-2'] }))

  it('is told of once where others import it', () => {
    expect(imported!.said).toEqual([
      "derivations/draft/broken.js:1:16: the module did not load: SyntaxError: Unexpected token '='; eq-3, eq-2 wait for it",
    ])
    expect(imported!.waiting).toEqual([['eq-3'], ['eq-2']])
  })
})

describe('the statements that a text names', () => {
  it('are those that a call begins with, comments left out', () => {
    const text =
      "derive('eq-2', { a: 'eq-1' })\n// derive('eq-9')\nuses(\n  \"sec-2.claim\", {})\nconfirm(`fig-1`)\nderive('eq-2')\nf('x')"
    expect(statementsNamed(text)).toEqual(['eq-2', 'sec-2.claim', 'fig-1'])
  })
})
