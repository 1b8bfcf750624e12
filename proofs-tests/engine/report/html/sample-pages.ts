import type { CheckReport, PaperReport, Report, StatementReport } from '../../../../src/report/report.js'
import type { ReportInput } from '../../../../src/report/report-input.js'
import { samplePaper, sampleReport, sampleStatement } from '../sample-report.js'

const check = (more: Partial<CheckReport>): CheckReport => ({
  method: 'exact',
  target: 'printed',
  outcome: 'holds',
  summary: 'equal to what was derived: the difference has the normal form 0',
  witness: null,
  numbers: {},
  name: 'exact',
  ...more,
})

const refuted = check({
  outcome: 'refuted',
  summary: 'differs from what was derived: the values at 50 digits are different',
  witness: { at: { width: '3', 'norm[0]': '-1/2' }, left: '1', right: '2' },
})

/** One statement of every kind, with everything that a page can say of it. */
export const sampleStatements: readonly StatementReport[] = [
  sampleStatement('eq-1', { label: '(1)', verdict: 'definition', printed: 'r^2 = \\sum_{i=1}^N z_i^2' }),
  sampleStatement('eq-2', {
    label: '(2)',
    from: ['p/eq-1'],
    checks: [check({ numbers: { secondEngine: 'agrees' } })],
    method: 'the mean of (1)',
    derived: 'N \\sigma_w^2',
  }),
  sampleStatement('eq-3', {
    label: '(3)',
    section: '2',
    verdict: 'erratum',
    severity: 'observable',
    origin: 'p/eq-3',
    printed: 'a = \\frac{x + 1}{2}',
    corrected: 'a = \\frac{x - 1}{2}',
    from: ['p/eq-2'],
    note: 'The sign in the numerator, as (2) has it with sigma_w^2 -> 1.',
    tried: [{ id: 'other-sign', note: 'x counts backwards', outcome: 'refuted' }],
    recovers: [{ at: 'p/eq-2', how: 'the sign is right there' }],
    checks: [
      refuted,
      check({
        method: 'sampled',
        outcome: 'refuted',
        name: 'norms of networks',
        summary: 'norms of networks: the mean is 3.08 ± 0.01, predicted 3.83',
        witness: { at: { '\\sigma_w^2': '0.5' }, left: '3.83', right: '3.08 ± 0.01', note: 'the mean norm' },
        numbers: { pValue: 0, power: 0.999, significance: 2e-7, z: -75.5 },
      }),
      check({ target: 'corrected' }),
    ],
  }),
  sampleStatement('eq-4', {
    label: '(4)',
    section: '2',
    verdict: 'erratum',
    severity: 'algebra',
    origin: 'p/eq-3',
    printed: 'b = 2a',
    corrected: 'b = 4a',
    from: ['p/eq-3'],
    transcription: 'doubtful',
    transcriptionNote: 'a digit is easily misread',
    checks: [refuted],
  }),
  sampleStatement('eq-5', { label: '(5)', section: 'A', verdict: 'refuted', severity: 'notation', checks: [refuted] }),
  sampleStatement('eq-6', { label: '(6)', section: 'A', verdict: 'open', openReason: 'no law is known' }),
  sampleStatement('eq-7', { label: '(7)', section: 'A', verdict: 'asymptotic', from: ['p/eq-3'], printed: '\\frac{1' }),
  sampleStatement('eq-8', { label: '(8)', section: 'A', verdict: 'sampled', encoding: 'hand', encodingReason: 'a path integral' }),
  sampleStatement('sec-1.claim', {
    label: '<b>bold</b> & "quoted"',
    about: '<script>alert(1)</script>',
    verdict: 'verified',
    kind: 'claim',
    printed: '\\text{<img src=x onerror=alert(1)> and k_l}',
    note: '<img src=x onerror=alert(1)>',
  }),
] // biome-ignore format: one statement after the other

export const sampleReportOfAll: Report = {
  ...sampleReport([]),
  papers: [
    {
      ...samplePaper(sampleStatements, 'Norms & <layers>'),
      symbols: [
        {
          name: 'width',
          latex: ['N'],
          meaning: 'neurons of a layer',
          domain: null,
          unit: null,
          definition: null,
          guess: false,
          slots: [],
        },
        {
          name: 'norm',
          latex: ['r'],
          meaning: 'norm of a layer',
          domain: null,
          unit: null,
          definition: null,
          guess: false,
          slots: [],
        },
      ],
    } satisfies PaperReport,
  ],
}

export const sampleInput: ReportInput = { report: sampleReportOfAll, figures: new Map() }
