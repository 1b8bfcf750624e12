import { InputError } from '../../expression/errors.js'
import type { PaperReport, Report } from '../report.js'

/** The part of a statement's id after the paper. */
export const shortId = (id: string): string => id.slice(id.indexOf('/') + 1)

/** The paper's part of a statement's id. */
export const paperOf = (id: string): string => id.slice(0, id.indexOf('/'))

/** Where pages are, below the folder of the whole; these addresses stay. */
export const indexPage = 'index.html'
export const paperPage = (paper: string): string => `${paper}/index.html`
export const errataPage = (paper: string): string => `${paper}/errata.html`
export const statementPage = (id: string): string => `${id}.html`

/** Pages of a paper's folder that a statement's page must not take the place of. */
const taken = new Set(['index', 'errata'])
/** Folders that a paper's must not. */
export const assetFolder = 'assets'

/** Makes sure that every page has an address of its own. Throws InputError. */
export function requireOwnAddresses({ papers }: Report): void {
  for (const { id, statements } of papers) {
    if (id.toLowerCase() === assetFolder)
      throw new InputError(`a paper cannot be called '${id}': its pages would stand among the style sheets; rename it`)
    for (const statement of statements)
      if (taken.has(shortId(statement.id).toLowerCase()))
        throw new InputError("its page would take the place of the paper's own; rename it", { statement: statement.id })
  }
}

/** Which statements have a page, so that nothing links to a part that was not audited. */
export type Known = ReadonlySet<string>
export const knownOf = (paper: PaperReport): Known => new Set(paper.statements.map(({ id }) => id))
