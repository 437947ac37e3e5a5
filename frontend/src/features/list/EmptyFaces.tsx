/** What a list says when it has nothing to show: how to begin, or which condition hides everything. */
import { Plus, Upload } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useCounts } from '@/api/records'
import type { ObjectDefinition } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FirstUse, NothingMatches } from '@/ui/faces'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { topParts, usePartText, withoutPart } from './FilterTool'
import { useText } from './messages'
import type { List } from './use_list'

export function NoRecordsYet({ object, onCreate }: { object: ObjectDefinition; onCreate: () => void }) {
  const say = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const { create, import: mayImport } = object.rights
  return (
    <FirstUse
      icon={<ObjectIcon icon={object.icon} size={20} />}
      title={say('first_title', { object: label(object.plural_label) })}
      text={
        <>
          {object.description && `${label(object.description)} `}
          {say(create ? 'first_text' : 'first_no_right')}
        </>
      }
      actions={
        (create || mayImport) && (
          <>
            {create && (
              <Button type="primary" icon={<Plus size={16} />} onClick={onCreate}>
                {say('create', { object: label(object.label) })}
              </Button>
            )}
            {mayImport && (
              <Button icon={<Upload size={16} />} onClick={() => void navigate(`/imports/new?object=${object.name}`)}>
                {say('import_excel')}
              </Button>
            )}
          </>
        )
      }
    />
  )
}

/** At most so many conditions are tried one by one. */
const tried = 4

export function NoneMatch({ list }: { list: List }) {
  const say = useText()
  const label = useLabel()
  const { object, state, change } = list
  const text = usePartText(object, state.filter)
  const parts = topParts(state.filter).slice(0, tried)
  const remedies = [
    ...parts.map((part, index) => ({ condition: text(part), filter: withoutPart(state.filter, index), q: state.q })),
    ...(state.q ? [{ condition: null, filter: state.filter, q: '' }] : []),
  ]
  const counts = useCounts(remedies.map((remedy) => ({ object: object.name, query: { filter: remedy.filter, q: remedy.q } })))
  const plain = (index: number): string => {
    const count = counts[index]
    return count ? `${formatNumber(count.count)}${count.capped ? '+' : ''}` : '…'
  }
  return (
    <NothingMatches
      title={say('nothing_title', { object: label(object.plural_label) })}
      text={say('nothing_text')}
      actions={remedies.map(({ condition, filter, q }, index) => (
        <Button key={index} disabled={counts[index]?.count === 0} onClick={() => change({ filter, q })}>
          {condition === null ? say('drop_find', { q: state.q, count: plain(index) }) : say('drop', { condition, count: plain(index) })}
        </Button>
      ))}
    >
      {remedies.length > 1 && (
        <Button type="text" onClick={() => change({ filter: null, q: '' })}>
          {say('clear_filter')}
        </Button>
      )}
    </NothingMatches>
  )
}
