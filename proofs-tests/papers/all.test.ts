/** Every paper shipped has the two suites that its statements and formulas must pass, each in a file that runs beside the others. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const papers = readdirSync(new URL('data/', root)).filter((id) => existsSync(new URL(`data/${id}/paper.yaml`, root)))

it('there are papers', () => {
  expect(papers).toContain('schoenholz-2017')
})

it.each(papers)('%s has its suites', (id) => {
  for (const [suite, law] of [
    ['verdicts', 'verdictsAreAccountedFor'],
    ['alterations', 'alterationsAreRefuted'],
  ]) {
    const file = new URL(`proofs-tests/papers/${id}.${suite}.test.ts`, root)
    expect(existsSync(file), `write ${file.pathname}`).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain(`await ${law}('${id}')`)
  }
})
