/** The table of an object: a grid on wide screens, two-line rows on phones. */
import { Suspense, lazy } from 'react'
import type { ViewProps } from '@/registry/view_kind'
import { LoadingRows } from '@/ui/faces'
import { useWidth } from '@/ui/width'
import { GridTable } from './GridTable'

const PhoneTable = lazy(async () => ({ default: (await import('./PhoneTable')).PhoneTable }))

export function TableView(props: ViewProps) {
  const { isPhone } = useWidth()
  if (!isPhone) return <GridTable {...props} />
  return (
    <Suspense fallback={<LoadingRows rows={8} columns={2} />}>
      <PhoneTable {...props} />
    </Suspense>
  )
}
