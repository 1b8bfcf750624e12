import { describe, expect, it } from 'vitest'
import { matchers } from '../../../src/vitest/index.js'
import { refuted, statement } from '../report/sample-statements.js'

expect.extend(matchers)
const erratum = refuted('eq-2', { verdict: 'erratum', corrected: 'a = c' })

/** What a matcher says where it fails. */
function failureOf(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('the matcher passed')
}

describe('matchers', () => {
  it('tell what is accounted for', () => {
    expect(statement('eq-1')).toBeAccountedFor()
    expect(erratum).toBeAccountedFor()
    expect(refuted('eq-3')).not.toBeAccountedFor()
    expect(failureOf(() => expect(refuted('eq-3')).toBeAccountedFor())).toMatch(
      /^p\/eq-3: refuted \(algebra\): differs[\s\S]*printed {3}a = b[\s\S]*witness couplingStrength = 1\/2, sites = 3\n.*stated 1, derived 2/,
    )
  })

  it('tell verdict and severity', () => {
    expect(erratum).toHaveVerdict('erratum')
    expect(erratum).toHaveVerdict('erratum', 'algebra')
    expect(erratum).not.toHaveVerdict('erratum', 'observable')
    expect(failureOf(() => expect(erratum).toHaveVerdict('proved'))).toMatch(/^expected proved\np\/eq-2: erratum/)
  })

  it('tell a witness, and one with given values', () => {
    expect(erratum).toHaveWitness()
    expect(erratum).toHaveWitness({ sites: '3' })
    expect(statement('eq-1')).not.toHaveWitness()
    expect(failureOf(() => expect(erratum).toHaveWitness({ sites: '4' }))).toMatch(/printed at sites = 4\n/)
  })
})
