/** docs/a-ring-worked.md, followed to the letter. */
import { followPage } from './follow-page.js'

followPage('a-ring-worked.md')
