/** Text in drawings: how wide it is without a browser to ask, and its indices lowered and raised. */

/** Size of a figure's text in pixels. */
export const fontSize = 11
/** Set in this order where installed; widths are Helvetica's, which Arial and Liberation Sans share. */
export const fontFamily = "Helvetica, Arial, 'Liberation Sans', sans-serif"

/** Advance widths in thousandths of the size, by character. */
const advances = new Map<string, number>(
  (
    [
      [222, "ijl'"],
      [260, '|'],
      [278, ' .,:;!/\\ftI[]'],
      [333, 'r()-`²³¹⁰⁴⁵⁶⁷⁸⁹⁻*"'],
      [469, '^'],
      [500, 'ckszvxyJ'],
      [556, 'abdeghnopquL0123456789$?_'],
      [611, 'FTZ'],
      [667, 'ABEKPSVXY&'],
      [722, 'CDHNRUw∞'],
      [778, 'GOQ'],
      [833, 'mM%'],
      [944, 'W'],
      [1000, '→—…@'],
    ] as const
  ).flatMap(([width, characters]) => [...characters].map((character) => [character, width] as const)),
)
const usualAdvance = 584
/** Fonts that stand in for a missing one are wider: DejaVu Sans, which many systems have instead, by about a sixth. */
const allowance = 1.18

/** A piece of a text: on the line, lowered or raised. */
export interface TextPiece {
  readonly text: string
  readonly place: 'line' | 'below' | 'above'
}

/** A text's pieces: `_x` and `_{…}` are lowered, `^x` and `^{…}` raised. */
export function textPieces(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let rest = 0
  for (const match of text.matchAll(/([_^])(?:\{([^}]*)\}|(\S))/gu)) {
    if (match.index > rest) pieces.push({ text: text.slice(rest, match.index), place: 'line' })
    pieces.push({ text: match[2] ?? match[3] ?? '', place: match[1] === '_' ? 'below' : 'above' })
    rest = match.index + match[0].length
  }
  if (rest < text.length) pieces.push({ text: text.slice(rest), place: 'line' })
  return pieces
}

const smaller = 0.75

/** Width of a text in pixels: about a sixth too large in the fonts that are meant, enough for those that stand in. */
export function textWidth(text: string): number {
  let width = 0
  for (const { text: piece, place } of textPieces(text)) {
    const scale = place === 'line' ? 1 : smaller
    for (const character of piece) width += scale * (advances.get(character) ?? usualAdvance)
  }
  return (allowance * fontSize * width) / 1000
}

/** A text as the inside of an SVG text element. */
export function textMarkup(text: string): string {
  let height = 0
  return textPieces(text)
    .map(({ text: piece, place }) => {
      const wanted = place === 'line' ? 0 : place === 'below' ? 3 : -4
      const shift = wanted - height
      height = wanted
      if (shift === 0 && place === 'line') return escaped(piece)
      const size = place === 'line' ? '' : ` font-size="${smaller * fontSize}"`
      return `<tspan dy="${shift}"${size}>${escaped(piece)}</tspan>`
    })
    .join('')
}

/** Text made safe for the inside of an XML element or attribute; characters that XML does not have are left out. */
export const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those that XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
