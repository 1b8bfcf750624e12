import { alterationsAreRefuted } from './alterations.js'

await alterationsAreRefuted('li-saad-2020')
