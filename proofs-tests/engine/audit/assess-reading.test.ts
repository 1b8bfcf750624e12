import { describe, expect, it } from 'vitest'
import { printedNumber } from '../../../src/audit/checks/printed-number.js'
import { confirm } from '../../../src/audit/derivation.js'
import { preparePaper } from '../../../src/audit/prepare.js'
import { auditPaper } from '../../../src/audit/runner.js'
import { toyPaper } from './fixtures.js'

const weakBias = '{ id: weak-bias, note: the bias is weak }'
const statements = `
- { id: sec-1.number, section: 1, kind: claim, about: a number, printed: '3', readings: [${weakBias}] }
- { id: sec-1.anyway, section: 1, kind: claim, about: a number, printed: '2', readings: [${weakBias}] }
- { id: sec-1.undeclared, section: 1, kind: claim, about: a number, printed: '3' }
`
/** Three where the bias is weak, two as the text stands. */
const counted = printedNumber({
  name: 'a count',
  readings: [
    { name: 'as it stands', value: () => 2 },
    { name: 'of a weak bias', value: () => 3, reading: 'weak-bias' },
  ],
})
const prepared = preparePaper(toyPaper(statements), {
  derivations: [],
  confirmations: ['sec-1.number', 'sec-1.anyway', 'sec-1.undeclared'].map((id) => confirm(id, counted)),
  figures: [],
})
const found = async () => {
  const { results } = await auditPaper(prepared, {
    seed: 1,
    depth: 'quick',
    simulate: () => Promise.reject(new Error('nothing is to be simulated')),
  })
  return new Map(results.map(({ statement, verdict, reading }) => [statement.id.slice(4), { verdict, reading }]))
}

describe('a statement whose numbers are computed under a declared reading', () => {
  it('holds under that reading where nothing else gives the number', async () => {
    expect((await found()).get('sec-1.number')).toEqual({ verdict: 'verified', reading: 'weak-bias' })
  })
  it('holds as it stands where the text as it stands gives the number', async () => {
    expect((await found()).get('sec-1.anyway')).toEqual({ verdict: 'verified', reading: null })
  })
  it('stays open where the reading is not declared', async () => {
    expect((await found()).get('sec-1.undeclared')).toEqual({ verdict: 'open', reading: null })
  })
})
