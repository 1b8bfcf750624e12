import { verdictsAreAccountedFor } from './verdicts.js'

await verdictsAreAccountedFor('schoenholz-2017')
