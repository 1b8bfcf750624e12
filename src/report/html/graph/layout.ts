import { Graph, layout } from '@dagrejs/dagre'
import { textWidth } from '../../figure-text.js'
import type { PaperReport, StatementReport } from '../../report.js'

/** A statement's place in the drawing: the middle of its box, and the box's size. */
export interface PlacedNode {
  readonly statement: StatementReport
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
}

export interface PlacedEdge {
  readonly from: string
  readonly to: string
  readonly points: readonly (readonly [number, number])[]
}

export interface GraphLayout {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

export const nodeHeight = 26
const margin = 16
const gap = 10

/** What a box says: the statement's label, shortened. */
const shortLabel = (label: string): string =>
  label
    .replace(/\b[Ss]ections? /, '§')
    .replace(/\b[Aa]ppendix /, 'app. ')
    .replace(/\b[Ff]igure /, 'fig. ')
    .replace(', first paragraph', ' ¶1')
    .replace('paragraph', '¶')

const boxWidth = (text: string): number => Math.ceil(textWidth(text)) + 26

/**
 * Where the statements of a paper stand: premises before what rests on them, downwards or to the right, whichever fills a page
 * better; those without connections in rows below.
 */
export function layOut(paper: PaperReport): GraphLayout {
  const [down, right] = [layOutIn(paper, 'TB'), layOutIn(paper, 'LR')]
  return scaleIn(down) >= scaleIn(right) ? down : right
}

/** How large a drawing is where it just fits into a frame. */
const scaleIn = ({ width, height }: GraphLayout): number => Math.min(16 / width, 10 / height)

function layOutIn(paper: PaperReport, rankdir: 'TB' | 'LR'): GraphLayout {
  const known = new Set(paper.statements.map(({ id }) => id))
  const edges = paper.statements.flatMap(({ id, from }) =>
    [...new Set(from)]
      .filter((premise) => known.has(premise) && premise !== id)
      .map((premise) => [premise, id] as const),
  )
  const connected = new Set(edges.flat())
  const boxes = paper.statements.map((statement) => {
    const text = shortLabel(statement.label)
    return { statement, text, width: boxWidth(text) }
  })
  const graph = new Graph()
  graph.setGraph({
    rankdir,
    nodesep: gap,
    ranksep: rankdir === 'TB' ? 34 : 44,
    edgesep: 6,
    marginx: margin,
    marginy: margin,
  })
  graph.setDefaultEdgeLabel(() => ({}))
  const linked = boxes.filter(({ statement }) => connected.has(statement.id))
  for (const { statement, width } of linked) graph.setNode(statement.id, { width, height: nodeHeight })
  for (const [from, to] of edges) graph.setEdge(from, to)
  if (linked.length > 0) layout(graph)
  const size = linked.length > 0 ? graph.graph() : {}
  const drawn = { width: numberIn(size, 'width') || 640, height: numberIn(size, 'height') || margin }
  const placed = linked.map((box): PlacedNode => {
    const at = graph.node(box.statement.id)
    return { ...box, x: rounded(numberIn(at, 'x')), y: rounded(numberIn(at, 'y')) }
  })
  const rows = inRows(
    boxes.filter(({ statement }) => !connected.has(statement.id)),
    drawn.width,
    drawn.height,
  )
  return {
    width: Math.ceil(drawn.width),
    height: Math.ceil(rows.height),
    nodes: [...placed, ...rows.nodes],
    edges: edges.map(([from, to]) => ({ from, to, points: pointsOf(graph.edge(from, to)) })),
  }
}

/** The layout's answers are looked at as what they are: objects of somebody else. */
const numberIn = (value: unknown, key: string): number => {
  const found =
    typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
  return typeof found === 'number' && Number.isFinite(found) ? found : 0
}

function pointsOf(edge: unknown): PlacedEdge['points'] {
  const points = typeof edge === 'object' && edge !== null && 'points' in edge ? edge.points : []
  return Array.isArray(points)
    ? points.map((point: unknown) => [rounded(numberIn(point, 'x')), rounded(numberIn(point, 'y'))])
    : []
}

const rounded = (value: number): number => Math.round(value)

/** Boxes one after the other in rows no wider than the drawing. */
function inRows(
  boxes: readonly Omit<PlacedNode, 'x' | 'y'>[],
  width: number,
  top: number,
): { readonly height: number; readonly nodes: readonly PlacedNode[] } {
  let x = margin
  let y = top + margin + nodeHeight / 2
  const nodes = boxes.map((box): PlacedNode => {
    if (x > margin && x + box.width > width - margin) {
      x = margin
      y += nodeHeight + gap
    }
    const node = { ...box, x: x + box.width / 2, y }
    x += box.width + gap
    return node
  })
  return { height: nodes.length === 0 ? top : y + nodeHeight / 2 + margin, nodes }
}
