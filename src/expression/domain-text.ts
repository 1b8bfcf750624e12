import type { Domain } from './notation.js'

const number = (value: number): string => (Number.isFinite(value) ? String(value) : value < 0 ? '-inf' : 'inf')

/** A domain as it is written in a paper's data: `(0, inf)`, `integers [1, 100]`. */
export const domainText = ({ minimum, maximum, includeMinimum, includeMaximum, integer }: Domain): string =>
  `${integer ? 'integers ' : ''}${includeMinimum ? '[' : '('}${number(minimum)}, ${number(maximum)}${includeMaximum ? ']' : ')'}`
