/** The table: the view kind every object can be shown by. */
import { Table2 } from 'lucide-react'
import type { ViewKind } from '@/registry/view_kind'
import { TableView } from './TableView'

export const table: ViewKind = {
  name: 'table',
  label: { 'zh-CN': '表格', en: 'Table' },
  icon: Table2,
  View: TableView,
  tools: ['filter', 'sort', 'group', 'columns', 'colors', 'density'],
  start: () => ({}),
}
