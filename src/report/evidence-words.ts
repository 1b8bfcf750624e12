import type { CheckReport, StatementReport } from './report.js'

/** What a verdict rests on, in the few words that a table has room for. */
export interface EvidenceWords {
  /** `exact; 100 instances; 1400 networks`, or why nothing decided. */
  readonly basis: string
  /** Digits of agreement, z-score, order of the error: what was measured. Empty where nothing was. */
  readonly figures: readonly EvidenceFigure[]
}

export type EvidenceFigure =
  | { readonly kind: 'digits'; readonly digits: number }
  /** The largest deviation in standard errors. */
  | { readonly kind: 'z'; readonly z: number }
  /** The exponent with which the error falls. */
  | { readonly kind: 'order'; readonly order: number }

/** The evidence of a statement: of the checks that speak for its verdict. */
export function evidenceWords(statement: StatementReport): EvidenceWords {
  const { checks, verdict, severity, openReason, error } = statement
  if (verdict === 'open') return { basis: openReason ?? error ?? 'nothing decides it', figures: [] }
  if (verdict === 'definition') return { basis: '', figures: [] }
  const isWrong = verdict === 'erratum' || verdict === 'refuted'
  const speaking = checks.filter(
    ({ target, outcome }) => target === 'printed' && outcome === (isWrong ? 'refuted' : 'holds'),
  )
  const words = [...new Set(speaking.map(basisOf))]
  const figures = speaking.flatMap((check) => figuresOf(check, isWrong))
  return {
    basis: [
      ...(isWrong && severity !== null ? [`${severity}: ${words[0] ?? ''}`] : words.slice(0, 1)),
      ...words.slice(1),
    ].join('; '),
    figures: figures.filter(
      (figure, k) => figures.findIndex((other) => figureText(other) === figureText(figure)) === k,
    ),
  }
}

function basisOf({ method, numbers }: CheckReport): string {
  const { instances, networks } = numbers
  if (method === 'sampled' && typeof networks === 'number') return `${networks} networks`
  if (method === 'property' && typeof instances === 'number' && instances > 0)
    return `${instances} instance${instances === 1 ? '' : 's'}`
  return method
}

function figuresOf({ method, numbers }: CheckReport, isWrong: boolean): readonly EvidenceFigure[] {
  const { digits, z, order } = numbers
  if (method === 'sampled') return typeof z === 'number' ? [{ kind: 'z', z }] : []
  if (isWrong) return []
  if (method === 'property' && typeof digits === 'number' && digits > 0) return [{ kind: 'digits', digits }]
  return method === 'numeric' && typeof order === 'number' ? [{ kind: 'order', order }] : []
}

/** A figure in plain text: `15 digits`, `z = -2.1`, `order -1.00`. */
export function figureText(figure: EvidenceFigure): string {
  if (figure.kind === 'digits') return `${figure.digits} digits`
  return figure.kind === 'z' ? `z = ${zText(figure.z)}` : `order ${orderText(figure.order)}`
}

/** A z-score: one decimal below ten, none above; what is finer says nothing. */
export const zText = (z: number): string => z.toFixed(Math.abs(z) < 9.95 ? 1 : 0)

/** An exponent to two decimals, whole where it is. */
export const orderText = (order: number): string => (Number.isInteger(order) ? String(order) : order.toFixed(2))
