/** The worked examples, audited; with their arithmetic checked by SymPy, which knows only the printed formulas' meaning. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rewrite, scalarValue } from '../src/audit/checks/index.js'
import { abbreviationsOf } from '../src/audit/formulas.js'
import { openSession } from '../src/node/index.js'
import { auditSuite } from '../src/vitest/index.js'

const here = dirname(fileURLToPath(import.meta.url))
const folder = join(here, '..', 'examples')
const names = readdirSync(folder, { withFileTypes: true })
  .filter((e) => e.isDirectory() && e.name !== 'node_modules')
  .map(({ name }) => name)
const { version } = JSON.parse(readFileSync(join(here, '..', 'package.json'), 'utf8'))

for (const name of names) await auditSuite(join(folder, name), { papers: [name] })
// The one with errors has a test of its own.
await import(join(folder, 'ising-chain', 'tests', 'ising-chain-wrong.test.js'))

describe.each(names)('%s', (name) => {
  const text = (path: string): string => readFileSync(join(folder, name, path), 'utf8')

  it('is a whole paper folder for this version', () => {
    expect(JSON.parse(text('package.json')).dependencies.corrigenda).toBe(`^${version}`)
    for (const path of ['README.md', '.gitignore', `data/${name}/paper.yaml`, `tests/${name}.test.js`])
      expect(text(path).length).toBeGreaterThan(0)
  })

  it('uses the public face alone', () => {
    for (const module of readdirSync(join(folder, name, 'derivations', name)))
      for (const [, from] of text(`derivations/${name}/${module}`).matchAll(/from '([^']+)'/g))
        expect(from).toMatch(/^(?:corrigenda(?:\/[a-z]+)?|\.\/.*)$/)
  })
})

interface Value {
  readonly statement: string
  readonly at: Readonly<Record<string, number>>
  readonly value: number
}
const fixture: readonly Value[] = JSON.parse(readFileSync(join(here, 'examples.fixture.json'), 'utf8'))

describe('SymPy', () => {
  it.each([...new Set(fixture.map(({ statement }) => statement))])('has the values of %s', async (id) => {
    const [name] = id.split('/')
    const { papers } = await openSession(join(folder, name!), [name!])
    const { printed, notation } = papers[0]!.material(id)
    const statement = papers[0]!.statement(id)
    const side = rewrite(printed!.sides.at(-1)!, abbreviationsOf(statement, notation))
    for (const { at, value } of fixture.filter((one) => one.statement === id))
      expect(Math.abs(scalarValue(side, at) - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)))
  })
})
