import { InputError } from '../../expression/errors.js'
import type { ReportFiles, ReportInput } from '../report-input.js'

/** A report as web pages that open from disk. Throws InputError: this version has none. */
export function htmlPages({ report }: ReportInput): Promise<ReportFiles> {
  return Promise.reject(
    new InputError(
      `corrigenda ${report.corrigenda} writes no web pages; leave --html out, or take --latex or --markdown`,
    ),
  )
}
