/** The board: a view kind for objects that have a choice to be grouped by. */
import { SquareKanban } from 'lucide-react'
import type { ViewKind } from '@/registry/view_kind'
import { BoardView } from './BoardView'
import { startOf } from './start'

export const board: ViewKind = {
  name: 'board',
  label: { 'zh-CN': '看板', en: 'Board' },
  icon: SquareKanban,
  View: BoardView,
  tools: ['filter', 'sort', 'group', 'card'],
  start: startOf,
}
