import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { auditFolder, paperRoot } from '../../../src/node/index.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

describe('the folder of papers', () => {
  it.each([
    root,
    join(root, 'data', 'li-saad-2018'),
    import.meta.url,
    new URL(import.meta.url),
    `${root}/`,
  ])('is found from %s', (from) => {
    expect(paperRoot(from)).toBe(root)
  })

  it('is asked for where there is none', () => {
    expect(() => paperRoot(tmpdir())).toThrow(/no paper in '.*' or above it; a paper is a folder data\/ID/)
  })
})

it('an audited folder gives the report of the statements named, in the paper’s order', async () => {
  const names = ['schoenholz-2017/eq-14', 'schoenholz-2017/eq-13']
  const { report, errors, interrupted } = await auditFolder(import.meta.url, { names, depth: 'quick', workers: 1 })
  expect(report.papers.map(({ statements }) => statements.map(({ id }) => id))).toEqual([
    ['schoenholz-2017/eq-13', 'schoenholz-2017/eq-14'],
  ])
  expect(report.papers[0]!.statements.map(({ verdict }) => verdict)).not.toContain('open')
  expect([errors, interrupted]).toEqual([[], false])
  await expect(auditFolder(import.meta.url, { names: ['schoenholz-2017/eq-999'] })).rejects.toThrow(/no statement/)
}, 60_000)
