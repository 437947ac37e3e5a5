/** Lines of records, fetched when a record has some. */
import { Suspense, lazy } from 'react'
import { LoadingRows } from '@/ui/faces'
import type { LinesFieldProps } from './LinesField'
import type { LinesViewProps } from './LinesView'

const Field = lazy(async () => ({ default: (await import('./LinesField')).LinesField }))
const View = lazy(async () => ({ default: (await import('./LinesView')).LinesView }))

export function LinesField(props: LinesFieldProps) {
  return (
    <Suspense fallback={<LoadingRows rows={3} />}>
      <Field {...props} />
    </Suspense>
  )
}

export function LinesView(props: LinesViewProps) {
  return (
    <Suspense fallback={<LoadingRows rows={3} />}>
      <View {...props} />
    </Suspense>
  )
}
