/** The rules that colour records: when, which colour, the whole record or one field; the first that holds counts. */
import { lazy, Suspense, useState } from 'react'
import { Palette } from 'lucide-react'
import { LoadingRows } from '@/ui/faces'
import type { ColorRulesProps } from './ColorRules'
import { ToolPopover } from './ToolPopover'
import { useText } from './messages'

const ColorRules = lazy(async () => ({ default: (await import('./ColorRules')).ColorRules }))

export function ColorTool(props: ColorRulesProps) {
  const say = useText()
  const [isOpen, setOpen] = useState(false)
  const count = props.state.colors.length
  return (
    <ToolPopover
      icon={<Palette size={16} aria-hidden />}
      label={count > 0 ? say('colors_count', { count }) : say('colors')}
      title={say('colors')}
      look={count > 0 ? 'set' : 'plain'}
      isOpen={isOpen}
      onOpen={setOpen}
      width={640}
    >
      <Suspense fallback={<LoadingRows rows={2} columns={2} />}>
        <ColorRules {...props} />
      </Suspense>
    </ToolPopover>
  )
}
