/** The order of records: up to four fields, each rising or falling. */
import { useState } from 'react'
import { Segmented } from 'antd'
import { ArrowDownUp, X } from 'lucide-react'
import type { ObjectDefinition } from '@/api/types'
import { Button } from '@/ui/Button'
import { FieldPicker } from '@/ui/condition/FieldPicker'
import { ToolPopover } from './ToolPopover'
import { useText } from './messages'
import styles from './list.module.css'

const mostKeys = 4

export function SortTool({ object, sort, onChange }: { object: ObjectDefinition; sort: readonly string[]; onChange: (sort: string[]) => void }) {
  const say = useText()
  const [isOpen, setOpen] = useState(false)
  const keys = sort.map((key) => ({ path: key.replace(/^-/, ''), falls: key.startsWith('-') }))
  const put = (next: { path: string; falls: boolean }[]): void => onChange(next.map((key) => `${key.falls ? '-' : ''}${key.path}`))

  return (
    <ToolPopover
      icon={<ArrowDownUp size={16} aria-hidden />}
      label={sort.length > 0 ? say('sort_count', { count: sort.length }) : say('sort')}
      title={say('sort')}
      look={sort.length > 0 ? 'set' : 'plain'}
      isOpen={isOpen}
      onOpen={setOpen}
      width={420}
    >
      {keys.length === 0 && <p className={styles.note}>{say('no_sort')}</p>}
      {keys.map((key, index) => (
        <div key={key.path} className={styles.sortRow}>
          <FieldPicker
            object={object}
            value={key.path}
            onChange={(path) => put(keys.map((each, at) => (at === index ? { ...each, path } : each)))}
            mayPick={(field) => field.sortable && (field.name === key.path || !keys.some((other) => other.path === field.name))}
          />
          <Segmented<'up' | 'down'>
            value={key.falls ? 'down' : 'up'}
            onChange={(way) => put(keys.map((each, at) => (at === index ? { ...each, falls: way === 'down' } : each)))}
            options={[
              { value: 'up', label: say('up') },
              { value: 'down', label: say('down') },
            ]}
          />
          <Button type="text" aria-label={say('remove_sort')} icon={<X size={14} />} onClick={() => put(keys.filter((_, at) => at !== index))} />
        </div>
      ))}
      {keys.length < mostKeys && (
        <div className={styles.sortRow}>
          <FieldPicker
            key={keys.length}
            object={object}
            value={null}
            placeholder={say('add_sort')}
            onChange={(path) => put([...keys, { path, falls: false }])}
            mayPick={(field) => field.sortable && !keys.some((key) => key.path === field.name)}
          />
        </div>
      )}
    </ToolPopover>
  )
}
