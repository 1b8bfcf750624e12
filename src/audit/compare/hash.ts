/** 32-bit FNV-1a of a text, mixed: names of things to reproducible numbers. */
export function hash32(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A number in (0, 1) that depends on the text alone. */
export const unitHash = (text: string): number => (hash32(text) + 0.5) / 2 ** 32
