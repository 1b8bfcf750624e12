/**
 * Builds the random streams' and simulator's WebAssembly from `assembly/` into
 * `src/network/kernels/kernels.generated.ts`. Run `node scripts/build-kernels.mjs` after a change there and commit the
 * result; with `--check` nothing is written and the exit code says whether the committed bytes are those of the source.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { Decimal } from 'decimal.js'

const root = new URL('../', import.meta.url)
const pathOf = (name) => fileURLToPath(new URL(name, root))
const strips = 256

/**
 * The ziggurat for exp(-x^2/2): strip edges x_1 = R > x_2 > … > x_256 = 0 such that every strip and the base with its
 * tail have one area V. R is found at 40 digits, so that each table entry is the nearest double.
 */
function zigguratTables() {
  const D = Decimal.clone({ precision: 40 })
  const density = (x) => D.exp(x.times(x).div(-2))
  const tailArea = (x) => {
    // Continued fraction of Mills' ratio, from the far end.
    let fraction = x
    for (let k = 400; k >= 1; k--) fraction = x.plus(new D(k).div(fraction))
    return density(x).div(fraction)
  }
  const edgesFrom = (tail) => {
    const area = tail.times(density(tail)).plus(tailArea(tail))
    const edges = [tail]
    for (let j = 1; j < strips - 1; j++) {
      const next = density(edges[j - 1]).plus(area.div(edges[j - 1]))
      edges.push(D.ln(next).times(-2).sqrt())
    }
    const last = edges[edges.length - 1]
    return { area, edges, excess: density(last).plus(area.div(last)).minus(1) }
  }
  let [a, b] = [new D('3.65415288'), new D('3.65415289')]
  let [fa, fb] = [edgesFrom(a).excess, edgesFrom(b).excess]
  for (let step = 0; step < 12 && !fb.minus(fa).isZero() && fb.abs().greaterThan('1e-34'); step++) {
    const c = b.minus(fb.times(b.minus(a)).div(fb.minus(fa)))
    ;[a, fa, b, fb] = [b, fb, c, edgesFrom(c).excess]
  }
  const { area, edges } = edgesFrom(b)
  const widths = [area.div(density(b)), ...edges]
  const two52 = new D(2).pow(52)
  return {
    tail: b.toNumber(),
    scale: widths.map((x) => x.div(two52).toNumber()),
    edge: [...edges.map((x) => x.toNumber()), 0],
    density: [0, ...edges.map((x) => density(x).toNumber()), 1],
  }
}

const list = (name, values) =>
  `export const ${name}: StaticArray<f64> = [\n${values.map((v) => `  ${literal(v)},\n`).join('')}]\n`
const literal = (v) => (Number.isInteger(v) ? `${v}.0` : String(v))
const tables = zigguratTables()
const tableSource = `// Written by scripts/build-kernels.mjs; do not edit.
export const zigguratTail: f64 = ${tables.tail}
/** Width of each strip in units of 2^-52. */
${list('zigguratScale', tables.scale)}/** Inside this edge a strip lies wholly under the density. */
${list('zigguratEdge', tables.edge)}/** Density at the outer edge of each strip; entry j + 1 belongs to its inner edge. */
${list('zigguratDensity', tables.density)}`

async function compile() {
  const files = {
    'ziggurat.generated.ts': tableSource,
  }
  for (const name of ['index', 'elementary', 'random', 'network', 'pairs', 'rows']) {
    files[`${name}.ts`] = readFileSync(pathOf(`assembly/${name}.ts`), 'utf8')
  }
  let binary = null
  const { error, stderr } = await asc.main(
    ['index.ts', '--outFile', 'kernels.wasm', '--runtime', 'stub', '-O3', '--noAssert', '--converge'],
    {
      readFile: (name) => files[name.replace(/^\.\//, '')] ?? null,
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents
      },
      listFiles: () => [],
    },
  )
  if (error || binary === null) throw new Error(`asc: ${error?.message ?? 'no output'}\n${stderr.toString()}`)
  return binary
}

const binary = await compile()
const base64 = Buffer.from(binary).toString('base64')
const lines = base64.match(/.{1,116}/g).map((line) => `  '${line}',`)
const numbers = (values) => `[\n${values.map((v) => `  ${v},`).join('\n')}\n]`
const generated = `// Written by scripts/build-kernels.mjs from assembly/; do not edit.

/** The kernels' WebAssembly module, base64. */
export const kernelBytes: string = [
${lines.join('\n')}
].join('')

/** The ziggurat that the module holds, for the scalar reference. */
export const zigguratTail = ${tables.tail}
export const zigguratScale: readonly number[] = ${numbers(tables.scale)}
export const zigguratEdge: readonly number[] = ${numbers(tables.edge)}
export const zigguratDensity: readonly number[] = ${numbers(tables.density)}
`
const target = pathOf('src/network/kernels/kernels.generated.ts')
if (process.argv.includes('--check')) {
  const same = readFileSync(target, 'utf8') === generated
  console.log(
    same ? 'kernels: the committed bytes are those of the source' : 'kernels: run node scripts/build-kernels.mjs',
  )
  process.exitCode = same ? 0 : 1
} else {
  writeFileSync(target, generated)
  console.log(`kernels: ${binary.length} bytes of WebAssembly`)
}
