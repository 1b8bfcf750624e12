/**
 * Imports modules and prints, as JSON, what happened besides: files read that are no modules, processes and threads started,
 * listeners, handles, globals, output. Run by faces.test.ts in a process of its own.
 */
import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import workerThreads from 'node:worker_threads'

const seen = []
const isModule = (path) => /\.(?:[cm]?js|json|node|wasm)$/.test(path) || /node_modules|dist$/.test(path)
const spy = (object, name, tell) => {
  const original = object[name]
  if (typeof original !== 'function') return
  object[name] = new Proxy(original, {
    apply: (target, self, values) => {
      const told = tell(values)
      if (told !== null) seen.push(`${name} ${told}`)
      return Reflect.apply(target, self, values)
    },
    construct: (target, values, newTarget) => {
      seen.push(`new ${name}`)
      return Reflect.construct(target, values, newTarget)
    },
  })
}
const path = ([first]) => (typeof first === 'number' || isModule(String(first)) ? null : String(first))
for (const object of [fs, fs.promises])
  for (const name of ['open', 'openSync', 'readFile', 'readFileSync', 'readdir', 'readdirSync', 'writeFile', 'writeFileSync', 'mkdir', 'mkdirSync'])
    spy(object, name, path) // biome-ignore format: one list
for (const name of ['spawn', 'spawnSync', 'exec', 'execFile', 'fork']) spy(childProcess, name, () => '')
for (const name of ['Worker', 'MessageChannel', 'BroadcastChannel']) spy(workerThreads, name, () => '')
for (const stream of ['stdout', 'stderr']) spy(process[stream], 'write', () => `to ${stream}`)
for (const name of ['on', 'once', 'addListener', 'chdir', 'exit', 'emitWarning', 'setMaxListeners', 'kill'])
  spy(process, name, ([first]) => String(first))
syncBuiltinESMExports()

const state = () => ({
  globals: Object.getOwnPropertyNames(globalThis).sort(),
  listeners: process.eventNames().map((event) => [String(event), process.listenerCount(event)]),
  handles: process.getActiveResourcesInfo().sort(),
  environment: { ...process.env },
  prototypes: [Object, Array, String, Number, Function, Promise].map(
    ({ prototype }) => Object.getOwnPropertyNames(prototype).length,
  ),
})
const before = JSON.stringify(state())
for (const module of process.argv.slice(2)) await import(module)
const after = JSON.stringify(state())
fs.writeSync(1, `${JSON.stringify({ seen, before, after })}\n`)
