import type { Report } from '../../report.js'
import { html, type Part } from '../markup.js'

/** What every page has around its own content. */
export interface Frame {
  readonly title: string
  /** Way up to the folder of the whole: '' or '../'. */
  readonly up: '' | '../'
  /** The pages above this one, from the top: name, and address from here. */
  readonly path: readonly (readonly [name: string, address: string])[]
  /** The name of this page in that path. */
  readonly here: string
  readonly report: Pick<Report, 'corrigenda' | 'seed' | 'depth'>
  readonly content: Part
}

/** A whole page's text. */
export const framed = ({ title, up, path, here, report, content }: Frame): string =>
  `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${up}assets/icon.svg">
<link rel="stylesheet" href="${up}assets/katex.css">
<link rel="stylesheet" href="${up}assets/style.css">
<script src="${up}assets/page.js"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<nav aria-label="Where this page is"><ol>${path.map(([name, address]) => html`<li><a href="${address}">${name}</a></li>`)}<li aria-current="page">${here}</li></ol></nav>
</header>
<main id="content">
${content}
</main>
<footer>
<p>Made by corrigenda ${report.corrigenda}, seed ${report.seed}, depth ${report.depth}. The same version, seed and depth give the same pages.</p>
</footer>
</body>
</html>
`.text
  }`
