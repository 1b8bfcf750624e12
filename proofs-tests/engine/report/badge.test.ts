import { DOMParser } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { badgeSvg, badgeText } from '../../../src/report/badge.js'
import { refuted, reportOf, statement } from './sample-statements.js'

const erratum = refuted('eq-2', { verdict: 'erratum', corrected: 'a = c' })

describe('the badge', () => {
  it.each([
    [[statement('eq-1')], '1 statement'],
    [[statement('eq-1'), erratum], '2 statements, 1 erratum'],
    [
      [erratum, erratum, refuted('eq-3'), statement('eq-4', { verdict: 'open' })],
      '4 statements, 2 errata, 1 refuted, 1 open',
    ],
  ])('counts statements and errata (%#)', (statements, text) => {
    expect(badgeText(statements)).toBe(text)
    const svg = badgeSvg(reportOf(statements))
    const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
    expect(document.querySelector('title')?.textContent).toBe(`corrigenda: ${text}`)
    expect([...document.querySelectorAll('text')].map((element) => element.textContent)).toEqual(['corrigenda', text])
  })

  it('refers to nothing outside itself', () => {
    const svg = badgeSvg(reportOf([statement('eq-1')]))
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|href|<image|<style/)
  })

  it('has a colour of its own for what holds, for errata and for what fails', () => {
    const colorOf = (svg: string): string => [...svg.matchAll(/<rect[^>]*fill="(#\w+)"/g)][1]![1]!
    const colors = [[statement('eq-1')], [erratum], [erratum, refuted('eq-3')]].map((s) =>
      colorOf(badgeSvg(reportOf(s))),
    )
    expect(new Set(colors).size).toBe(3)
  })
})
