import { kernelBytes } from './kernels.generated.js'

/** The functions of `assembly/`, by the names they have there. Addresses are byte offsets into `memory`. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  readonly state0: { readonly value: bigint }
  readonly state1: { readonly value: bigint }
  readonly state2: { readonly value: bigint }
  readonly state3: { readonly value: bigint }
  setState(a: bigint, b: bigint, c: bigint, d: bigint): void
  nextWord(): bigint
  nextUniform(): number
  nextNormal(): number
  nextGamma(shape: number): number
  nextChiSquare(degrees: number): number
  nextBinomial(trials: number, probability: number): number
  fillNormals(out: number, count: number, scale: number): void
  weightsLayer(phi: number, fanIn: number, z: number, fanOut: number, weightScale: number, biasScale: number): void
  weightsLayerSeveral(
    phi: number,
    fanIn: number,
    z: number,
    fanOut: number,
    inputs: number,
    weightScale: number,
    biasScale: number,
    row: number,
  ): void
  correlatedLayer(z: number, fanOut: number, inputs: number, factor: number, scratch: number): void
  dot(a: number, b: number, count: number): number
  applyTanh(z: number, phi: number, count: number): void
  applyRelu(z: number, phi: number, count: number): void
  applySign(z: number, phi: number, count: number): void
  linearTrajectory(
    widths: number,
    gains: number,
    depth: number,
    firstVariance: number,
    biasVariance: number,
    norms: number,
  ): void
  reluTrajectory(
    widths: number,
    gains: number,
    depth: number,
    firstVariance: number,
    biasVariance: number,
    positiveNorms: number,
    negativeNorms: number,
    counts: number,
  ): void
  fillSigns(out: number, count: number): void
  fillBiasedSigns(out: number, count: number, plus: number): void
  flipRow(row: number, out: number, count: number, probability: number): void
  diluteRow(row: number, out: number, count: number, probability: number, scale: number): void
  combineRows(row: number, fresh: number, out: number, count: number, keep: number, change: number): void
  shiftRow(row: number, count: number, share: number): void
  thresholdSigns(z: number, s: number, count: number, tie: number): void
  thermalSigns(z: number, s: number, count: number, beta: number): void
  addNormals(s: number, count: number, scale: number): void
  reluPairSums(scratch: number, count: number, l11: number, l21: number, l22: number, out: number): void
  sparsePairLayer(
    states: number,
    fanIn: number,
    z: number,
    fanOut: number,
    patterns: number,
    inputs: number,
    fair: number,
    flip: number,
    gain: number,
    chosen: number,
    weights: number,
  ): void
  sum(a: number, count: number): number
  nextBeta(alpha: number, beta: number): number
  fillBetas(out: number, count: number, alpha: number, beta: number): void
  fillUniforms(out: number, count: number): void
  fillPlaces(out: number, count: number, places: number): void
  rowsLayer(
    phi: number,
    fanIn: number,
    z: number,
    fanOut: number,
    inputs: number,
    weightScale: number,
    biasScale: number,
    keep: number,
    push: number,
    biasAmong: number,
    places: number,
    values: number,
    row: number,
  ): void
  specialLayer(
    phi: number,
    fanIn: number,
    z: number,
    fanOut: number,
    inputs: number,
    gram: number,
    sums: number,
    identity: number,
    ones: number,
    weightScale: number,
    biasAmong: number,
    independentVariance: number,
    places: number,
    values: number,
    scratch: number,
  ): void
  heapBase(): number
  logarithm(x: number): number
  exponential(x: number): number
  hyperbolicTangent(x: number): number
}

/** What is used here of the host's WebAssembly, which Node and browsers share. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

let compiled: object | undefined

/** A fresh instance of the kernels: its own stream, its own memory. The module is compiled once. */
export function instantiateKernels(): KernelExports {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(kernelBytes), (c) => c.charCodeAt(0)))
  return new WebAssembly.Instance(compiled, {}).exports as KernelExports
}

/** Lays out buffers of doubles in an instance's linear memory, which grows as needed. */
export class KernelMemory {
  #next: number

  constructor(private readonly kernels: KernelExports) {
    this.#next = Math.ceil(kernels.heapBase() / 16) * 16
  }

  /** Address of room for `count` doubles. Earlier views of the memory may be detached: take views after the last call. */
  allocate(count: number): number {
    const address = this.#next
    this.#next += Math.max(count, 2) * 8
    const missing = this.#next - this.kernels.memory.buffer.byteLength
    if (missing > 0) this.kernels.memory.grow(Math.ceil(missing / 65536))
    return address
  }

  /** A view of `count` doubles at `address`. */
  view(address: number, count: number): Float64Array {
    return new Float64Array(this.kernels.memory.buffer, address, count)
  }
}
