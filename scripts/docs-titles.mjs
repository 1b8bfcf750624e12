/**
 * A plugin for typedoc: a page of the documentation is listed by its heading and not by the name of its file, and the front
 * page does not say the project's name twice.
 */
import { Converter } from 'typedoc'

/** A first-level heading at the beginning of a text. */
const heading = /^# (.+)\n+/

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const page of project.documents ?? []) {
      const [, title] = heading.exec(page.content[0]?.text ?? '') ?? []
      if (title !== undefined) page.name = title
    }
    const [first] = project.readme ?? []
    if (first?.kind === 'text') first.text = first.text.replace(heading, '')
  })
}
