/** Writes the JSON schemas of a paper's files to schema/, from the built package: editors complete and check YAML by them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { jsonSchemas } from '../dist/src/audit/load/json-schema.js'

mkdirSync('schema', { recursive: true })
for (const [name, schema] of Object.entries(jsonSchemas()))
  writeFileSync(`schema/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
