/** Writes expressions as LaTeX under a notation. What is written is read back with the same value. */
import {
  type Expression,
  type Formula,
  type IndexSlot,
  multiply,
  type NumberNode,
  negate,
  power,
  rational,
  sameTree,
} from './expression.js'
import {
  atLeast,
  functionLatex,
  isNegative,
  type Piece,
  piece,
  relationLatex,
  spaced,
  writeIndex,
} from './latex-pieces.js'
import type { Notation, SymbolDeclaration } from './notation.js'
import { splitForm, vocabularyOf } from './vocabulary.js'

class Writer {
  readonly #notation: Notation

  constructor(notation: Notation) {
    this.#notation = notation
  }

  #declaration(name: string): SymbolDeclaration | undefined {
    return vocabularyOf(this.#notation).byName.get(name)
  }

  /** A name with its indices; the name's own scripts come first. */
  #name(name: string, indices: readonly IndexSlot[]): { text: string; superscript: boolean } {
    const declaration = this.#declaration(name)
    const latex = declaration?.latex[0]
    if (declaration === undefined || latex === undefined) {
      const plain = name === 'infinity' ? '\\infty' : name
      const scripts = indices.map((i) => writeIndex(i.index)).join(',')
      return { text: scripts ? `${plain}_{${scripts}}` : plain, superscript: false }
    }
    const form = splitForm(latex)
    const script = (position: 'subscript' | 'superscript', own: readonly string[]): string => {
      const slots = declaration.slots.filter((d) => d.position === position).map((d) => d.slot)
      const used = [...indices]
      const written = slots.flatMap((slot) => {
        const at = used.findIndex((i) => i.slot === slot)
        return at < 0 ? [] : [writeIndex(used.splice(at, 1)[0]!.index)]
      })
      const words = own.map((token) => (/^[A-Za-z]{2,}$/.test(token) ? `\\text{${token}}` : token))
      return [...(own.length > 0 ? [words.join(' ')] : []), ...(written.length > 0 ? [written.join(', ')] : [])].join(
        own.length > 0 ? ', ' : '',
      )
    }
    const below = script('subscript', form.subscript)
    const above = script('superscript', form.superscript)
    const text = `${form.nucleus}${below ? (below.length === 1 ? `_${below}` : `_{${below}}`) : ''}${above ? (above.length === 1 ? `^${above}` : `^{${above}}`) : ''}`
    return { text, superscript: above !== '' }
  }

  #number(n: NumberNode): Piece {
    if (n.numerator < 0n) return piece(`-${this.#number(rational(-n.numerator, n.denominator)).text}`, 'sum')
    return n.denominator === 1n
      ? piece(`${n.numerator}`, 'factor')
      : piece(`\\frac{${n.numerator}}{${n.denominator}}`, 'power')
  }

  #sum(terms: readonly Expression[]): Piece {
    return piece(
      terms
        .map((t, i) => {
          const text = isNegative(t)
            ? `- ${atLeast(this.write(negate(t)), 'product')}`
            : atLeast(this.write(t), 'product')
          return i === 0 || isNegative(t) ? text : `+ ${text}`
        })
        .join(' '),
      'sum',
    )
  }

  #product(factors: readonly Expression[]): Piece {
    const first = factors[0]
    if (first?.kind === 'number' && first.numerator < 0n)
      return piece(`-${atLeast(this.write(multiply(negate(first), ...factors.slice(1))), 'product')}`, 'sum')
    const above: Expression[] = []
    const below: Expression[] = []
    for (const f of factors) {
      const inverse =
        f.kind === 'power' && f.exponent.kind === 'number' && f.exponent.numerator < 0n && !this.#isMatrix(f.base)
      if (inverse) below.push(power(f.base, negate(f.exponent)))
      else if (f.kind === 'number' && f.denominator !== 1n) {
        if (f.numerator !== 1n) above.push(rational(f.numerator))
        below.push(rational(f.denominator))
      } else above.push(f)
    }
    if (below.length === 0) {
      // What reaches over the rest of a term goes last, and only one such factor goes unbracketed.
      const reaching = above.filter((f) => this.#reaches(f))
      const last = reaching[reaching.length - 1]
      const others = reaching.slice(0, -1)
      const before = above.filter((f) => !reaching.includes(f)).concat(others)
      const parts = before.map((f) => {
        const p = this.write(f)
        return this.#reaches(f) ? `\\left(${p.text}\\right)` : atLeast(p, 'power')
      })
      if (last) parts.push(this.write(last).text)
      return piece(spaced(this.#apart([...before, ...(last ? [last] : [])], parts)), 'product')
    }
    const numerator = above.length === 0 ? '1' : this.write(multiply(...above)).text
    return piece(`\\frac{${numerator}}{${this.write(multiply(...below)).text}}`, 'power')
  }

  /** A dot between a name that could take an argument and a bracket that is none. */
  #apart(factors: readonly Expression[], parts: readonly string[]): readonly string[] {
    const { forms } = vocabularyOf(this.#notation)
    return parts.map((part, i) => {
      const factor = factors[i]!
      if (!parts[i + 1]?.startsWith('\\left(') || !('name' in factor)) return part
      const latex = this.#declaration(factor.name)?.latex[0]
      const others = latex === undefined ? [] : (forms.get(splitForm(latex).nucleus) ?? [])
      return others.some((f) => f.declaration.kind !== 'quantity' && f.declaration.kind !== 'scalar')
        ? `${part} \\cdot`
        : part
    })
  }

  /** `\mathbb{E}_{w} x`, as against `\langle x \rangle_{M}` with a declared measure. */
  #isAverageOf(e: Expression): boolean {
    if (e.kind !== 'expectation' || e.over === undefined) return false
    const [measure] = e.over
    const kind = measure && 'name' in measure ? this.#declaration(measure.name)?.kind : undefined
    return kind !== 'function' && kind !== 'functional'
  }

  #reaches(e: Expression): boolean {
    return ['indexedSum', 'indexedProduct', 'integral', 'measureIntegral'].includes(e.kind) || this.#isAverageOf(e)
  }

  #isMatrix(e: Expression): boolean {
    if (e.kind === 'matrix' || e.kind === 'matrixProduct') return true
    const kind =
      'name' in e && e.kind !== 'function' && e.kind !== 'constant' ? this.#declaration(e.name)?.kind : undefined
    return kind === 'matrix'
  }

  #power(base: Expression, exponent: Expression): Piece {
    if (exponent.kind === 'number' && exponent.numerator === 1n && exponent.denominator !== 1n) {
      const degree = exponent.denominator === 2n ? '' : `[${exponent.denominator}]`
      return piece(`\\sqrt${degree}{${this.write(base).text}}`, 'factor')
    }
    if (exponent.kind === 'number' && exponent.numerator < 0n && !this.#isMatrix(base))
      return piece(`\\frac{1}{${this.write(power(base, negate(exponent))).text}}`, 'power')
    const p = this.write(base)
    const simple =
      (base.kind === 'symbol' &&
        !this.#name(base.name, []).superscript &&
        (this.#declaration(base.name)?.slots.length ?? 0) === 0) ||
      (base.kind === 'number' && base.denominator === 1n && base.numerator >= 0n) ||
      base.kind === 'modulus' ||
      (base.kind === 'constant' && base.name !== 'e')
    const text = simple ? p.text : `\\left(${p.text}\\right)`
    return piece(`${text}^{${this.write(exponent).text}}`, 'power')
  }

  #range(e: Extract<Expression, { kind: 'indexedSum' | 'indexedProduct' }>): string {
    const sign = e.kind === 'indexedSum' ? '\\sum' : '\\prod'
    const { range } = e
    const shown = typeof e.index === 'string' ? e.index : this.#name(e.index.name, e.index.indices).text
    switch (range.kind) {
      case 'interval':
        return `${sign}_{${shown}=${this.write(range.from).text}}^{${this.write(range.to).text}}`
      case 'family':
        return `${sign}_{${shown}}`
      case 'set':
        return `${sign}_{${shown} \\in ${this.#name(range.name, []).text}}`
      case 'values': {
        const values = `\\{${range.values.map((v) => this.write(v).text).join(', ')}\\}`
        const ellipsis =
          typeof e.index === 'string' ? undefined : e.index.indices.find((i) => i.index.letter?.includes('\\cdots'))
        if (ellipsis === undefined || typeof e.index === 'string') return `${sign}_{${shown} \\in ${values}}`
        const quantity = e.index
        const end = (which: 0 | 1): string => {
          const indices = quantity.indices.map((slot) => {
            const text = slot.index.letter?.split('\\cdots ')[which]
            if (slot !== ellipsis || text === undefined) return slot
            const isNumber = /^-?[0-9]+$/.test(text)
            return {
              ...slot,
              index: { letter: isNumber ? null : text, sign: 1 as const, offset: isNumber ? Number(text) : 0 },
            }
          })
          return `${sign}_{${this.#name(quantity.name, indices).text} \\in ${values}}`
        }
        return `${end(0)} \\cdots ${end(1)}`
      }
    }
  }

  #arguments(list: readonly Expression[]): string {
    return `\\left(${list.map((a) => this.write(a).text).join(', ')}\\right)`
  }

  #function(e: Extract<Expression, { kind: 'function' }>): Piece {
    const [first, second] = e.arguments
    if (e.name === 'exp') return piece(`e^{${this.write(first!).text}}`, 'power')
    if (e.name === 'abs') return piece(`\\left|${this.write(first!).text}\\right|`, 'factor')
    if (e.name === 'binomial')
      return piece(`\\binom{${this.write(first!).text}}{${this.write(second!).text}}`, 'factor')
    if (e.name === 'factorial') return piece(`\\left(${this.write(first!).text}\\right)!`, 'factor')
    if (e.name === 'kroneckerDelta')
      return piece(`\\delta_{${this.write(first!).text}, ${this.write(second!).text}}`, 'factor')
    if (e.name === 'diracDelta') return piece(`\\delta${this.#arguments(e.arguments)}`, 'factor')
    return piece(`${functionLatex.get(e.name) ?? `\\operatorname{${e.name}}`}${this.#arguments(e.arguments)}`, 'power')
  }

  write(e: Expression): Piece {
    switch (e.kind) {
      case 'number':
        return this.#number(e)
      case 'constant':
        return piece(e.name === 'pi' ? '\\pi' : e.name, 'factor')
      case 'symbol':
        return piece(this.#name(e.name, []).text, 'factor')
      case 'indexed':
        return piece(this.#name(e.name, e.indices).text, 'factor')
      case 'sum':
        return this.#sum(e.terms)
      case 'product':
        return this.#product(e.factors)
      case 'power':
        return this.#power(e.base, e.exponent)
      case 'function':
        return this.#function(e)
      case 'apply': {
        if (e.name === 'cardinality') return piece(`\\left|${this.write(e.arguments[0]!).text}\\right|`, 'factor')
        const { text } = this.#name(e.name, e.indices)
        return piece(e.arguments.length === 0 ? text : `${text}${this.#arguments(e.arguments)}`, 'power')
      }
      case 'derivative': {
        // At a value of its argument, I''(q^L): no derivative by that value.
        const primed = e.of.kind === 'apply' && e.of.arguments.length === 1 && e.variable.kind === 'indexed'
        if (primed && e.of.kind === 'apply' && sameTree(e.of.arguments[0]!, e.variable)) {
          const name = this.#name(e.of.name, e.of.indices)
          return piece(`${name.text}${"'".repeat(e.order)}${this.#arguments(e.of.arguments)}`, 'power')
        }
        const order = e.order === 1 ? '' : `^{${e.order}}`
        return piece(
          `\\frac{\\partial${order}}{\\partial ${this.write(e.variable).text}${order}} \\left(${this.write(e.of).text}\\right)`,
          'product',
        )
      }
      case 'indexedSum':
      case 'indexedProduct':
        return piece(`${this.#range(e)} ${atLeast(this.write(e.body), 'product')}`, 'product')
      case 'integral': {
        const bounds = `${e.from ? `_{${this.write(e.from).text}}` : ''}${e.to ? `^{${this.write(e.to).text}}` : ''}`
        return piece(
          `\\int${bounds} d${this.#name(e.variable, []).text.replace(/^(?=[a-zA-Z])/, ' ')} \\, ${atLeast(this.write(e.body), 'product')}`,
          'product',
        )
      }
      case 'measureIntegral':
        if (e.trace)
          return piece(
            `\\text{Tr}_{${e.measures.map((m) => this.write(m).text).join(', ')}} ${atLeast(this.write(e.body), 'product')}`,
            'product',
          )
        return piece(
          `\\int ${e.measures.map((m) => `[d${this.write(m).text.replace(/^(?=[a-zA-Z])/, ' ')}]`).join('')} ${atLeast(this.write(e.body), 'product')}`,
          'product',
        )
      case 'matrix':
        return piece(
          `\\begin{pmatrix} ${e.rows.map((row) => row.map((x) => this.write(x).text).join(' & ')).join(' \\\\ ')} \\end{pmatrix}`,
          'factor',
        )
      case 'matrixProduct':
        return piece(
          this.#apart(
            e.factors,
            e.factors.map((f) => atLeast(this.write(f), 'power')),
          ).join(' '),
          'product',
        )
      case 'transpose':
        return piece(`\\left(${this.write(e.of).text}\\right)^{T}`, 'power')
      case 'conjugate':
        return piece(`\\left(${this.write(e.of).text}\\right)^{\\dagger}`, 'power')
      case 'modulus':
      case 'determinant':
        return piece(`\\left|${this.write(e.of).text}\\right|`, 'factor')
      case 'expectation': {
        const below = e.over ? `_{${e.over.map((o) => this.write(o).text).join(', ')}}` : ''
        const given = e.given ? ` | ${e.given.map((g) => this.write(g).text).join(', ')}` : ''
        return !this.#isAverageOf(e)
          ? piece(`\\left\\langle ${this.write(e.of).text}${given} \\right\\rangle${below}`, 'factor')
          : piece(`\\mathbb{E}${below} ${atLeast(this.write(e.of), 'product')}`, 'product')
      }
      case 'orderOf':
        return piece(`\\mathcal{O}\\left(${this.write(e.of).text}\\right)`, 'factor')
      case 'configuration':
        return piece(`\\{${this.write(e.of).text}\\}`, 'factor')
    }
  }
}

/**
 * Readable LaTeX of an expression or a formula, by the notation's first form of each name.
 *
 * Reading it back under the same notation gives an expression of the same value (not always the same tree).
 */
export function toLatex(e: Expression | Formula, notation: Notation): string {
  const writer = new Writer(notation)
  if (!('sides' in e)) return writer.write(e).text
  return e.sides
    .map((side, i) => (i === 0 ? '' : `${relationLatex.get(e.relations[i - 1]!)!} `) + writer.write(side).text)
    .join(' ')
}
