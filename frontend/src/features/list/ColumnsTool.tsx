/** Which fields a table or a card shows, and in which order. */
import { Suspense, lazy, useState } from 'react'
import { SlidersHorizontal } from 'lucide-react'
import { LoadingRows } from '@/ui/faces'
import type { ColumnsChoiceProps } from './ColumnsChoice'
import { ToolPopover } from './ToolPopover'
import { useText } from './messages'

const ColumnsChoice = lazy(async () => ({ default: (await import('./ColumnsChoice')).ColumnsChoice }))

export function ColumnsTool({ label, ...choice }: ColumnsChoiceProps & { label: string }) {
  const say = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <ToolPopover icon={<SlidersHorizontal size={16} aria-hidden />} label={label} title={say('columns')} look="plain" isOpen={isOpen} onOpen={setOpen} width={300}>
      <Suspense fallback={<LoadingRows rows={4} columns={1} />}>
        <ColumnsChoice {...choice} />
      </Suspense>
    </ToolPopover>
  )
}
