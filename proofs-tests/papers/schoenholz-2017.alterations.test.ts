import { alterationsAreRefuted } from './alterations.js'

await alterationsAreRefuted('schoenholz-2017')
