import { escaped } from '../figure-text.js'

/** Text that is HTML already. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What a template takes: text is escaped, markup stands as it is, lists are joined, null and false leave nothing. */
export type Part = Markup | string | number | null | false | readonly Part[]

/** HTML from a template. Whatever is put in is escaped unless it is markup itself; attributes must be in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? ''
  parts.forEach((part, k) => {
    text += textOf(part) + strings[k + 1]
  })
  return new Markup(text)
}

function textOf(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(textOf).join('')
  return escaped(String(part))
}

/** Parts with something between them. */
export const joined = (parts: readonly Part[], between: Part): readonly Part[] =>
  parts.flatMap((part, k) => (k === 0 ? [part] : [between, part]))
