/** docs/ten-equations.md, followed to the letter. */
import { followPage } from './follow-page.js'

followPage('ten-equations.md')
