/** The box that takes files, fetched when a form shows one. */
import { Suspense, lazy } from 'react'
import type { FilesBoxProps } from './FilesBox'

const FilesBox = lazy(async () => ({ default: (await import('./FilesBox')).FilesBox }))

export function FilesInput(props: FilesBoxProps) {
  return (
    <Suspense fallback={null}>
      <FilesBox {...props} />
    </Suspense>
  )
}
