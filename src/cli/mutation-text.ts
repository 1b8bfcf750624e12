import type { AttackResult } from '../audit/mutation/attack.js'
import { mutationOperators } from '../audit/mutation/operators.js'
import { equivalentByReason, requiredShare, type Tally, tally, tallyByOperator } from '../audit/mutation/tally.js'
import { colors } from './terminal.js'

/** The mutation run as a person reads it: shares by statement and operator, then every survivor. */
export function mutationText(attacks: readonly AttackResult[]): string {
  const attacked = attacks.filter(
    ({ skipped, error, refuted }) => skipped === null && error === undefined && refuted === undefined,
  )
  const wrong = attacks.flatMap(({ statement, refuted }) =>
    refuted === undefined
      ? []
      : [
          `${colors.red('refuted as it is')}: ${statement}, by ${refuted}; correct it first: its alterations would say nothing`,
        ],
  )
  const errors = attacks.flatMap(({ statement, error }) =>
    error === undefined ? [] : [`${colors.red('error')} ${statement}: ${error}`],
  )
  const width = Math.max(9, ...attacked.map(({ statement }) => statement.length))
  const byOperator = tallyByOperator(attacks)
  const all = tally(attacks.flatMap(({ mutants }) => mutants))
  const reasons = Object.entries(equivalentByReason(attacks)).map(([reason, count]) => `${reason} ${count}`)
  const skipped = attacks.length - attacked.length - errors.length - wrong.length
  return [
    heading('statement', width),
    ...attacked.map(({ statement, mutants }) => row(statement, width, tally(mutants))),
    '',
    heading('operator', width),
    ...mutationOperators.map(({ name, about }) => `${row(name, width, byOperator.get(name)!)}  ${colors.dim(about)}`),
    row('all', width, all),
    '',
    ...survivorLines(attacks),
    ...(errors.length === 0 ? [] : [...errors, '']),
    ...(wrong.length === 0 ? [] : [...wrong, '']),
    `${(100 * all.share).toFixed(2)} % of ${all.refuted + all.survived + all.explained} mutants refuted (at least ${100 * requiredShare} % are needed)`,
    `thrown out because they say the same: ${reasons.join(', ') || 'none'}`,
    `${attacked.length} statements altered, ${skipped} not: they have no formula, or nothing derives or checks them${wrong.length === 0 ? '' : `; ${wrong.length} refuted as ${wrong.length === 1 ? 'it is' : 'they are'}`}`,
  ].join('\n')
}

const heading = (first: string, width: number): string =>
  colors.bold(`${first.padEnd(width)}  refuted    share  survived  explained  equivalent`)

function row(name: string, width: number, { refuted, survived, explained, equivalent, share }: Tally): string {
  const percent = refuted + survived + explained === 0 ? '-' : `${(100 * share).toFixed(1)} %`
  const cells = [String(refuted).padStart(7), percent.padStart(7), String(survived).padStart(8)]
  const text = `${name.padEnd(width)}  ${cells.join('  ')}  ${String(explained).padStart(9)}  ${String(equivalent).padStart(10)}`
  return survived > 0 ? colors.red(text) : text
}

function survivorLines(attacks: readonly AttackResult[]): readonly string[] {
  return attacks.flatMap(({ statement, mutants }) =>
    mutants
      .filter(({ fate }) => fate === 'survived' || fate === 'explained')
      .flatMap(({ operator, place, latex, fate, reason }) => [
        `${fate === 'survived' ? colors.red('survives') : 'explained'}: ${statement}, ${operator} at ${place}`,
        `  ${latex}`,
        `  ${reason}`,
        '',
      ]),
  )
}

/** The same as data. */
export function mutationJson(
  head: { readonly version: string; readonly seed: number; readonly each: number },
  attacks: readonly AttackResult[],
): string {
  const all = tally(attacks.flatMap(({ mutants }) => mutants))
  const report = {
    ...head,
    all,
    equivalent: equivalentByReason(attacks),
    operators: Object.fromEntries(tallyByOperator(attacks)),
    statements: attacks.map((attack) => ({ ...attack, tally: tally(attack.mutants) })),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}
