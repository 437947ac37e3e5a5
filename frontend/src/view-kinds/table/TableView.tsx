/** The table of an object: a grid on wide screens, two-line rows on phones. */
import type { ViewProps } from '@/registry/view_kind'
import { useWidth } from '@/ui/width'
import { GridTable } from './GridTable'
import { PhoneTable } from './PhoneTable'

export function TableView(props: ViewProps) {
  const { isPhone } = useWidth()
  return isPhone ? <PhoneTable {...props} /> : <GridTable {...props} />
}
