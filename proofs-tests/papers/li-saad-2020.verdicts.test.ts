import { verdictsAreAccountedFor } from './verdicts.js'

await verdictsAreAccountedFor('li-saad-2020')
