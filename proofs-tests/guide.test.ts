/** docs/guide.md, followed to the letter. */
import { followPage } from './follow-page.js'

followPage('guide.md')
