/** The example of docs/your-own-paper.md, to the letter: its files are written out and its commands run on the built package. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const guide = readFileSync(join(root, 'docs', 'your-own-paper.md'), 'utf8')
const blocks = [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({ language, text: text! }))
const texts = (language: string): readonly string[] => blocks.filter((b) => b.language === language).map((b) => b.text)

// Inside the package, so that its own name resolves as it does where it is installed.
const folder = mkdtempSync(join(root, '.guide-'))
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'dist', 'src', 'cli', 'corrigenda.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  })

beforeAll(() => {
  const [paper, statements] = texts('yaml')
  const [derivation] = texts('js')
  for (const kind of ['data', 'derivations']) mkdirSync(join(folder, kind, 'draft'), { recursive: true })
  writeFileSync(join(folder, 'data', 'draft', 'paper.yaml'), paper!)
  writeFileSync(join(folder, 'data', 'draft', 'statements.yaml'), statements!)
  writeFileSync(join(folder, 'derivations', 'draft', 'chain.js'), derivation!)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the example of a paper of one’s own', () => {
  it('finds the error of the draft and accepts its correction', () => {
    const { status, stdout } = run('audit', '--json', 'report.json', '--out', 'out')
    expect(status, stdout).toBe(0)
    const { papers } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
    const [first, second] = papers[0].statements
    expect(first.verdict).toBe('definition')
    expect(second).toMatchObject({ id: 'draft/eq-2', verdict: 'erratum', origin: 'draft/eq-2' })
    const refuted = second.checks.filter((c: { outcome: string }) => c.outcome === 'refuted')
    expect(refuted.length).toBeGreaterThan(0)
    for (const check of refuted) expect(check).toMatchObject({ target: 'printed', witness: expect.anything() })
  })

  it('accepts an equivalent form and refutes what is printed', () => {
    const equivalent = /check eq-2 --printed '([^']+)'/.exec(guide)![1]!
    expect(run('check', 'eq-2', '--printed', equivalent).status).toBe(0)
    expect(run('check', 'eq-2', '--printed', equivalent.replace('+ 2 K', '- 2 K')).status).toBe(1)
  })
})
