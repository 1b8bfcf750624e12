import { describe, expect, it } from 'vitest'
import { katexStyle } from '../../../../src/report/html/katex-style.js'
import { html, joined } from '../../../../src/report/html/markup.js'
import { sectionName, sectionsOf } from '../../../../src/report/html/words/verdicts.js'
import { sampleStatement } from '../sample-report.js'

describe('markup', () => {
  it('escapes text, keeps markup, leaves out nothing’s place', () => {
    expect(html`<p title="${'"<&>'}">${html`<b>${1}</b>`}${null}${false}${['x', html`<i></i>`]}</p>`.text).toBe(
      '<p title="&quot;&lt;&amp;&gt;"><b>1</b>x<i></i></p>',
    )
    expect(html`${joined(['a', 'b', 'c'], ', ')}`.text).toBe('a, b, c')
  })
})

describe('the style of formulas', () => {
  it('has its fonts inside, each in one form', () => {
    const css = '@font-face{src:url(fonts/A.woff2) format("woff2"),url(fonts/A.woff) format("woff")}.a{color:red}'
    expect(katexStyle(css, () => new Uint8Array([1, 2, 255]))).toBe(
      '@font-face{src:url(data:font/woff2;base64,AQL/) format("woff2")}.a{color:red}',
    )
  })
})

describe('sections', () => {
  it('are numbers by their value, then appendices; words as they come', () => {
    const sections = (names: readonly string[]): readonly string[] =>
      sectionsOf(names.map((section, k) => sampleStatement(`eq-${k}`, { section })))
    expect(sections(['B', '4.10', 'A', '4.2', '10', '4', '9'])).toEqual(['4', '4.2', '4.10', '9', '10', 'A', 'B'])
    expect(sections(['dense', 'binary', 'dense'])).toEqual(['dense', 'binary'])
    expect(['5', 'B.1', 'dense'].map(sectionName)).toEqual(['Section 5', 'Appendix B.1', 'Dense'])
  })
})
