/**
 * KaTeX's style sheet with its fonts inside, so that formulas have their final size at once and pages need no other file: fonts
 * that come later would move the text, and some browsers refuse them to pages opened from disk. `fontOf` gives a font file's
 * bytes by the name that the style sheet has for it.
 */
export function katexStyle(css: string, fontOf: (file: string) => Uint8Array): string {
  return css.replace(/src:([^;}]*)/g, (all, sources: string) => {
    const file = /url\(([^)]*\.woff2)\)/.exec(sources)?.[1]
    if (file === undefined) return all
    return `src:url(data:font/woff2;base64,${base64(fontOf(file))}) format("woff2")`
  })
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
