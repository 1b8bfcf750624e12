import { verdictsAreAccountedFor } from './verdicts.js'

await verdictsAreAccountedFor('singh-2021')
