import { describe, expect, it } from 'vitest'
import { importsOf, mayLoop, refuseNeedlessImports } from '../../../../src/audit/load/imports.js'

const folder = '/paper/derivations'
const refusal = (source: string): string => {
  try {
    refuseNeedlessImports(source, `${folder}/draft/chain.js`, folder, 'draft/chain.js')
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('what a module imports', () => {
  it('is read from its text, comments and texts left out', () => {
    const source = [
      "import { derive } from 'corrigenda'",
      "/* import a from 'commented' */ // import b from 'commented'",
      'import {',
      '  one,',
      "} from './one.js'; import './side-effect.js'",
      "export * from './more.js'",
      "const late = await import('./late.js')",
      'const url = "https://example.org" // import c from "no"',
    ].join('\n')
    expect(
      importsOf(source)
        .map(({ specifier, line }) => `${line} ${specifier}`)
        .sort(),
    ).toEqual(['1 corrigenda', '5 ./one.js', '5 ./side-effect.js', '6 ./more.js', '7 ./late.js'])
  })

  it.each([
    "import { readFileSync } from 'node:fs'",
    "import fs from 'fs'",
    "const { exec } = await import('node:child_process')",
  ])('is refused where it is a module of Node’s: %s', (source) =>
    expect(refusal(`\n${source}`)).toMatch(
      /^draft\/chain\.js:2:\d+: it imports '.*needs no files, processes or network/,
    ))

  it.each([
    "import data from '../../data/draft/statements.js'",
    "import x from '/etc/passwd'",
    "import y from 'data:text/javascript,1'",
    "import z from 'file:///paper/data/x.js'",
  ])('is refused where it lies outside the derivations: %s', (source) =>
    expect(refusal(source)).toContain('from outside the derivations'))

  it.each([
    "import { derive } from 'corrigenda'",
    "import { x } from './helper.js'",
    "import { y } from './lib/helper.js'",
    "export * from '../earlier-draft/chain.js'",
    "import { theory } from 'corrigenda/theory'",
  ])('is allowed otherwise: %s', (source) => expect(refusal(source)).toBe(''))

  it('may run for ever only where it holds a loop', () => {
    expect(mayLoop('while (true) {}')).toBe(true)
    expect(mayLoop('// for a while\nexport const format = 1')).toBe(false)
  })
})
