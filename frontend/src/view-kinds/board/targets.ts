/** Where a lifted card may go, and which of these the arrow keys mean. */
import type { ClientRect, CollisionDetection, KeyboardCoordinateGetter } from '@dnd-kit/core'
import { closestCenter, pointerWithin } from '@dnd-kit/core'

export interface Target {
  id: string
  rect: Pick<ClientRect, 'left' | 'top' | 'width' | 'height'>
  /** Drop places lie in a row of their own below the columns. */
  isPlace: boolean
}

/** What a droppable tells about itself. */
export interface DropData {
  value: string | null
  isPlace: boolean
}

const centre = ({ rect }: Target): number => rect.left + rect.width / 2

/** The target one step away; null when there is nothing in that direction. */
export function nextTarget(targets: readonly Target[], over: string | null, arrow: string): Target | null {
  const row = (isPlace: boolean): Target[] => targets.filter((target) => target.isPlace === isPlace).toSorted((a, b) => centre(a) - centre(b))
  const here = targets.find((target) => target.id === over)
  if (!here) return row(false)[0] ?? null
  if (arrow === 'ArrowRight' || arrow === 'ArrowLeft') {
    const beside = row(here.isPlace)
    return beside[beside.indexOf(here) + (arrow === 'ArrowRight' ? 1 : -1)] ?? null
  }
  const isDown = arrow === 'ArrowDown'
  if ((!isDown && arrow !== 'ArrowUp') || here.isPlace === isDown) return null
  return nearest(row(isDown), here)
}

function nearest(targets: readonly Target[], to: Target): Target | null {
  return targets.toSorted((a, b) => Math.abs(centre(a) - centre(to)) - Math.abs(centre(b) - centre(to)))[0] ?? null
}

/** Just above a drop place, so that its name stays readable; a little below the head of a column. */
export function landing(target: Target, card: { width: number; height: number }): { x: number; y: number } {
  const { left, top, width, height } = target.rect
  return { x: left + (width - card.width) / 2, y: target.isPlace ? top - card.height + 14 : top + Math.min(96, height / 3) }
}

export const byArrows: KeyboardCoordinateGetter = (event, { context }) => {
  const { collisionRect, droppableContainers, droppableRects, over } = context
  if (!event.code.startsWith('Arrow') || !collisionRect) return undefined
  event.preventDefault()
  const targets = droppableContainers.getEnabled().flatMap((container): Target[] => {
    const rect = droppableRects.get(container.id)
    const data = container.data.current as DropData | undefined
    return rect && data ? [{ id: String(container.id), rect, isPlace: data.isPlace }] : []
  })
  const next = nextTarget(targets, over ? String(over.id) : null, event.code)
  return next ? landing(next, collisionRect) : undefined
}

/** The pointer decides; with keys, what is nearest. Drop places float above the columns and win. */
export const findTarget: CollisionDetection = (args) => {
  if (!args.pointerCoordinates) return closestCenter(args)
  const hits = pointerWithin(args)
  const places = hits.filter((hit) => (hit.data?.['droppableContainer'] as { data: { current?: DropData } } | undefined)?.data.current?.isPlace)
  return places.length > 0 ? places : hits
}
