import { alterationsAreRefuted } from './alterations.js'

await alterationsAreRefuted('singh-2021')
