/** A window over the page. Its frame is fetched apart from the first page, which opens none. */
import { Suspense, lazy } from 'react'
import type { ModalProps } from 'antd'

export const fetchDialog = () => import('./DialogFrame')

const DialogFrame = lazy(async () => ({ default: (await fetchDialog()).DialogFrame }))

export function Dialog(props: ModalProps) {
  return (
    <Suspense>
      <DialogFrame {...props} />
    </Suspense>
  )
}
