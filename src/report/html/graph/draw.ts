import type { PaperReport } from '../../report.js'
import { shortId } from '../addresses.js'
import { html, type Markup } from '../markup.js'
import { verdictSigns } from '../words/verdicts.js'
import { ancestryOf, inherits } from './ancestry.js'
import { type GraphLayout, layOut, nodeHeight, type PlacedEdge, type PlacedNode } from './layout.js'

/** A statement's anchor in the drawing. */
export const graphAnchor = (id: string): string => `graph-${shortId(id)}`

/** The derivation graph of a paper as SVG; colours come from the page's style. Statements are links to their pages. */
export function drawGraph(paper: PaperReport): Markup {
  const drawing = layOut(paper)
  const ancestry = ancestryOf(paper)
  const byId = new Map(paper.statements.map((statement) => [statement.id, statement]))
  const isRed = ({ from, to }: PlacedEdge): boolean => inherits(byId.get(from)!, byId.get(to)!)
  const edges = drawing.edges.toSorted((a, b) => Number(isRed(a)) - Number(isRed(b)))
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${drawing.width}" height="${drawing.height}" viewBox="0 0 ${drawing.width} ${drawing.height}" role="group" aria-label="Derivation graph of ${paper.title}">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L7 4L0 7Z"/></marker><marker id="red-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L7 4L0 7Z"/></marker></defs>
<g class="edges" aria-hidden="true">${edges.map((edge) => drawEdge(edge, isRed(edge)))}${farInheritance(paper, drawing)}</g>
${drawing.nodes.map((node) => drawNode(node, ancestry.doubtful(node.statement.id).length === 0))}
</svg>`
}

const drawEdge = ({ points }: PlacedEdge, isInherited: boolean): Markup =>
  html`<path${isInherited && html` class="inherited"`} d="${curve(points)}"/>`

/** A smooth line through points: straight to the middle of each piece, bent at the points between. */
function curve(points: PlacedEdge['points']): string {
  const [first, ...rest] = points
  const last = rest.pop()
  if (first === undefined || last === undefined) return ''
  let path = `M${first[0]} ${first[1]}`
  rest.forEach(([x, y], k) => {
    const [nextX, nextY] = rest[k + 1] ?? last
    path +=
      k < rest.length - 1 ? `Q${x} ${y} ${(x + nextX) / 2} ${(y + nextY) / 2}` : `Q${x} ${y} ${last[0]} ${last[1]}`
  })
  return rest.length === 0 ? `${path}L${last[0]} ${last[1]}` : path
}

/** Errors that come from a statement to which no chain of errata leads: a broken line from there. */
function farInheritance(paper: PaperReport, { nodes }: GraphLayout): readonly Markup[] {
  const place = new Map(nodes.map((node) => [node.statement.id, node]))
  const byId = new Map(paper.statements.map((statement) => [statement.id, statement]))
  return paper.statements.flatMap((statement) => {
    const { id, origin, from } = statement
    const here = place.get(id)
    const there = origin === null || origin === id ? undefined : place.get(origin)
    const isShown = from.some((premise) => byId.has(premise) && inherits(byId.get(premise)!, statement))
    if (here === undefined || there === undefined || isShown) return []
    return [html`<path class="inherited far" d="M${there.x} ${there.y}L${here.x} ${here.y}"/>`]
  })
}

function drawNode({ statement, text, x, y, width }: PlacedNode, isSound: boolean): Markup {
  const { id, label, verdict, severity, about, encoding } = statement
  const kind = severity === null ? verdict : `${verdict}, ${severity}`
  const left = x - width / 2
  const top = y - nodeHeight / 2
  return html`<a id="${graphAnchor(id)}" href="${shortId(id)}.html" class="node ${verdict}${encoding === 'hand' && ' hand'}${isSound && ' sound'}" aria-label="${text}, ${kind}"><title>${label}: ${about} (${kind})</title><rect x="${left}" y="${top}" width="${width}" height="${nodeHeight}" rx="5"/><text x="${x}" y="${y + 4}">${verdictSigns[verdict]} ${text}</text></a>
`
}
