/** What a pen drew, and the picture it makes. */

export interface Point {
  x: number
  y: number
}

export type Stroke = readonly Point[]

const pen = 2.4
const margin = 12
/** Dark on white whatever the theme, so that it can be printed. */
const ink = 'black'
const paper = 'white'

export function draw(context: CanvasRenderingContext2D, strokes: readonly Stroke[], color: string): void {
  context.strokeStyle = color
  context.fillStyle = color
  context.lineWidth = pen
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const stroke of strokes) {
    const [first, ...rest] = stroke
    if (!first) continue
    context.beginPath()
    if (rest.length === 0) {
      context.arc(first.x, first.y, pen / 2, 0, 2 * Math.PI)
      context.fill()
      continue
    }
    context.moveTo(first.x, first.y)
    // Through the middles of the points: a smooth line without corners where the pen was fast.
    let before = first
    for (const point of rest) {
      context.quadraticCurveTo(before.x, before.y, (before.x + point.x) / 2, (before.y + point.y) / 2)
      before = point
    }
    context.lineTo(before.x, before.y)
    context.stroke()
  }
}

/** The part that was drawn on, with a little room around it. */
export function bounds(strokes: readonly Stroke[]): { x: number; y: number; width: number; height: number } | null {
  const points = strokes.flat()
  if (points.length === 0) return null
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)]
  const [x, y] = [Math.min(...xs) - margin, Math.min(...ys) - margin]
  return { x, y, width: Math.ceil(Math.max(...xs) + margin - x), height: Math.ceil(Math.max(...ys) + margin - y) }
}

/** A PNG at twice the size it was drawn in. */
export async function pictureOf(strokes: readonly Stroke[], name: string): Promise<File> {
  const box = bounds(strokes)
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!box || !context) throw new RangeError('Nothing was drawn.')
  canvas.width = box.width * 2
  canvas.height = box.height * 2
  context.fillStyle = paper
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.setTransform(2, 0, 0, 2, -box.x * 2, -box.y * 2)
  draw(context, strokes, ink)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new RangeError('The browser makes no picture.')
  return new File([blob], name, { type: 'image/png' })
}
