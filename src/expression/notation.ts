/**
 * What a paper's symbols mean: the declarations under which its LaTeX is read. Data (it comes from `paper.yaml`),
 * validated where files are loaded; the reader takes it as given.
 */

/** Where a real quantity lives. An open interval by default; `integer` restricts it to whole numbers. */
export interface Domain {
  readonly minimum: number
  readonly maximum: number
  readonly includeMinimum: boolean
  readonly includeMaximum: boolean
  readonly integer: boolean
}

/** What a declared symbol is. `scalar` is a number; `quantity` has indices; `function` takes arguments in round brackets;
 * `field` is a function of a continuous variable (`\epsilon(x)`); `functional` is a name for an energy, probability or
 * partition function whose arguments name a configuration (`\mathcal{L}(\{r^l\})`, `Q`); `vector` and `matrix` are taken
 * over the index family `over`; `set` is a set that an index can run over. */
export type SymbolKind = 'scalar' | 'quantity' | 'function' | 'field' | 'functional' | 'vector' | 'matrix' | 'set'

/** An index slot of a quantity: which family, where it is written, whether it may be left out. */
export interface SlotDeclaration {
  readonly slot: string
  readonly position: 'subscript' | 'superscript'
  readonly optional: boolean
}

export interface SymbolDeclaration {
  /** Canonical name, spelled out in the field's terms: `weightStandardDeviation`. */
  readonly name: string
  readonly kind: SymbolKind
  /** Base forms in LaTeX, without index slots but with whatever belongs to the name: `\sigma_w`, `r^*`, `\tilde{\epsilon}_+`. */
  readonly latex: readonly string[]
  readonly meaning: string
  readonly unit: string | null
  /** For scalars (and entries of quantities): where values live. Null: the whole real line. */
  readonly domain: Domain | null
  readonly complex: boolean
  /** For quantities, functions, matrices, vectors: index slots in canonical order. */
  readonly slots: readonly SlotDeclaration[]
  /** For vectors and matrices: the index family whose members are their components. */
  readonly over: string | null
  /** LaTeX of what the symbol stands for, where it is an abbreviation (`\Delta_w` for `1 - \sigma_w^2`). */
  readonly definition: string | null
  /** Whether it was guessed and nobody has confirmed it: what rests on it is only as good as the guess. @defaultValue false */
  readonly guess?: boolean
}

/** A family of indices: layers (`site`), neurons, inputs, Fourier modes, … */
export interface IndexFamily {
  readonly name: string
  /** Letters that denote a member, as LaTeX: `l`, `\alpha`, `q'`. */
  readonly letters: readonly string[]
  /** Whether a letter that occurs twice in a product is summed over (Einstein's convention). */
  readonly summedWhenRepeated: boolean
  /** `periodic`: a ring of sites; `open`: a chain; `modes`: wave vectors of the ring, closed under q -> -q; `plain`: no geometry. */
  readonly geometry: 'periodic' | 'open' | 'modes' | 'plain'
  readonly meaning: string
  /** Whether it was guessed and nobody has confirmed it. @defaultValue false */
  readonly guess?: boolean
}

/**
 * The law of a variable that formulas average over: `f(u)` below `\\int du` is its density. `normal` is the standard normal law,
 * `beta` that of a Beta variable, on [0, 1].
 */
export interface LawDeclaration {
  /** The LaTeX of the density's name: `f`. */
  readonly density: string
  /** The LaTeX of the variable: `u`. */
  readonly of: string
  readonly law: { readonly kind: 'normal' } | { readonly kind: 'beta'; readonly alpha: number; readonly beta: number }
}

export interface Notation {
  readonly symbols: readonly SymbolDeclaration[]
  readonly families: readonly IndexFamily[]
  /** Letters of integration variables and other bound scalars that need no declaration: `x`. */
  readonly variables: readonly string[]
  /** Laws of variables by the names of their densities. @defaultValue none */
  readonly laws?: readonly LawDeclaration[]
}

/** The notation with a statement's own declarations laid over the paper's: a local symbol hides one of the same LaTeX form or name. */
export function withLocal(notation: Notation, local: readonly SymbolDeclaration[]): Notation {
  if (local.length === 0) return notation
  const forms = new Set(local.flatMap((s) => s.latex))
  const names = new Set(local.map((s) => s.name))
  const kept = notation.symbols
    .filter((s) => !names.has(s.name))
    .map((s) => ({ ...s, latex: s.latex.filter((form) => !forms.has(form)) }))
  return { ...notation, symbols: [...kept, ...local] }
}
