/** What hides records: the filter button, the builder behind it, and each condition as a chip one can take off. */
import { lazy, Suspense } from 'react'
import { ListFilter, X } from 'lucide-react'
import { useObjects } from '@/api/objects'
import type { ObjectDefinition } from '@/api/types'
import { asGroup, countLeaves, isFormula, isLeaf, joiner, members, removeAt, tidy } from '@/lib/filter'
import type { Filter } from '@/lib/filter'
import { Button } from '@/ui/Button'
import { leafText } from '@/ui/condition/condition_text'
import { useReferenceNames } from '@/ui/condition/references'
import { LoadingRows } from '@/ui/faces'
import { useWidth } from '@/ui/width'
import { ToolPopover } from './ToolPopover'
import { useText } from './messages'
import styles from './list.module.css'

export const fetchConditions = () => import('@/ui/condition/ConditionEditor')

const ConditionEditor = lazy(async () => ({ default: (await fetchConditions()).ConditionEditor }))

export interface FilterProps {
  object: ObjectDefinition
  filter: Filter | null
  onChange: (filter: Filter | null) => void
}

/** The parts that must all hold; each can be dropped by itself. */
export function topParts(filter: Filter | null): Filter[] {
  if (filter === null) return []
  return 'and' in filter ? filter.and : [filter]
}

export function withoutPart(filter: Filter | null, index: number): Filter | null {
  if (filter === null || !('and' in filter)) return null
  return tidy(removeAt(filter, [index]))
}

export function usePartText(object: ObjectDefinition, filter: Filter | null): (part: Filter) => string {
  const say = useText()
  const objects = useObjects()
  const names = useReferenceNames(object, filter)
  return function text(part: Filter): string {
    if (isLeaf(part)) return leafText(objects, object, part, names)
    if (isFormula(part)) return say('formula_condition')
    if ('not' in part) return say('not', { condition: text(part.not) })
    const parts = members(part)
    if (parts.length <= 2 && parts.every(isLeaf)) return parts.map(text).join(joiner(asGroup(part)) === 'or' ? ' / ' : ' + ')
    return say('group_condition', { count: countLeaves(part), join: say(joiner(asGroup(part)) === 'or' ? 'any' : 'every') })
  }
}

export function FilterTool({ object, filter, onChange, isOpen, onOpen }: FilterProps & { isOpen: boolean; onOpen: (isOpen: boolean) => void }) {
  const say = useText()
  const count = countLeaves(filter)
  return (
    <ToolPopover
      icon={<ListFilter size={16} aria-hidden />}
      label={count > 0 ? say('filter_count', { count }) : say('filter')}
      title={say('filter')}
      look={count > 0 ? 'hides' : 'plain'}
      isOpen={isOpen}
      onOpen={onOpen}
      width={620}
    >
      <Suspense fallback={<LoadingRows rows={2} columns={2} />}>
        <ConditionEditor object={object} value={filter} onChange={onChange} />
      </Suspense>
      {filter && (
        <div className={styles.popoverFoot}>
          <Button type="text" size="small" onClick={() => onChange(null)}>
            {say('clear_filter')}
          </Button>
        </div>
      )}
    </ToolPopover>
  )
}

/** On the desktop beside the button; phones count them on the button. */
export function FilterChips({ object, filter, onChange, onOpen }: FilterProps & { onOpen: () => void }) {
  const say = useText()
  const { isPhone } = useWidth()
  const text = usePartText(object, filter)
  const parts = topParts(filter)
  if (isPhone || parts.length === 0) return null
  return (
    <ul className={styles.chips} aria-label={say('filter')}>
      {parts.map((part, index) => {
        const condition = text(part)
        return (
          <li key={index} className={styles.chip}>
            <button type="button" className={styles.chipText} title={condition} onClick={onOpen}>
              {condition}
            </button>
            <button type="button" className={styles.chipRemove} aria-label={say('remove_condition', { condition })} onClick={() => onChange(withoutPart(filter, index))}>
              <X size={12} aria-hidden />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
