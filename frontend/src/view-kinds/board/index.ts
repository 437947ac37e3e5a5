/** The board: a view kind for objects that have a choice to be grouped by. */
import { lazy } from 'react'
import { SquareKanban } from 'lucide-react'
import type { ViewKind } from '@/registry/view_kind'
import { startOf } from './start'

export const fetchBoard = () => import('./BoardView')

export const board: ViewKind = {
  name: 'board',
  label: { 'zh-CN': '看板', en: 'Board' },
  icon: SquareKanban,
  // Dragging is a library of its own; whoever looks at tables does not fetch it.
  View: lazy(async () => ({ default: (await fetchBoard()).BoardView })),
  tools: ['filter', 'sort', 'group', 'card', 'colors'],
  start: startOf,
}
