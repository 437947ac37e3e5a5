/** Chooses the record above: opened level by level, or searched for by name. */
import { TreeSelect } from 'antd'
import { useState } from 'react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCandidates } from '@/api/candidates'
import { keys } from '@/api/keys'
import { fetchAggregate, fetchRecords } from '@/api/records'
import type { Reference } from '@/api/types'
import { useRested } from '@/lib/hooks'
import { defineMessages } from '@/lib/i18n'
import type { InputProps } from '@/registry/field_kind'
import { useRecordWords } from '@/ui/inputs/RecordBox'
import { useNarrowing } from '@/ui/offers/use_narrowing'
import styles from '@/ui/inputs/inputs.module.css'

const useText = defineMessages('tree-box', {
  'zh-CN': { more: '只显示前 {{count}} 个，其余请搜索' },
  en: { more: 'The first {{count}} are shown. Search for others' },
})

const mostAtOnce = 200

interface Branch {
  id: string
  pId: string | null
  value: string
  title: string
  isLeaf?: boolean
  selectable?: boolean
}

/** Records directly below one, or those with nothing above them. */
async function branches(object: string, link: string, above: string | null, itself: string | null): Promise<Branch[]> {
  const filter = above === null ? { field: link, op: 'is_empty' } : { field: link, op: 'eq', value: above }
  const { records } = await fetchRecords(object, { filter, fields: ['name'], sort: ['name'], limit: mostAtOnce })
  const shown = records.filter((one) => one.id !== itself)
  const full = await withBranches(object, link, shown.map((one) => one.id), itself)
  return shown.map((one) => ({ id: one.id, pId: above, value: one.id, title: String(one['name'] ?? ''), isLeaf: !full.has(one.id) }))
}

/** Those of some records that others lie below. */
async function withBranches(object: string, link: string, ids: readonly string[], itself: string | null): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const below = { field: link, op: 'in', value: ids }
  const filter = itself === null ? below : { and: [below, { not: { field: 'id', op: 'eq', value: itself } }] }
  const { groups } = await fetchAggregate(object, { filter, group_by: [link], measures: [{ op: 'count' }] })
  return new Set(groups.map((group) => (group.key[0] as Reference).id))
}

export function TreeBox({ value, onChange, place, id, autoFocus, disabled, typed, invalid, field, within, onDone, ...aria }: InputProps<Reference>) {
  const say = useText()
  const words = useRecordWords()
  const client = useQueryClient()
  const object = field.options.target ?? ''
  const itself = within?.object === object ? within.id : null
  const [isOpen, setOpen] = useState(place === 'cell')
  const [q, setQ] = useState(typed ?? '')
  const rested = useRested(q.trim())
  const narrowing = useNarrowing(field, within)
  const isFlat = rested !== '' || narrowing !== null
  const found = useCandidates(object, rested, isOpen && isFlat, narrowing)
  const top = useQuery({ queryKey: [...keys.ofObject(object), 'tree', field.name, itself], queryFn: () => branches(object, field.name, null, itself), enabled: isOpen && !isFlat })
  const [opened, setOpened] = useState<Branch[]>([])
  const tree = [...(top.data ?? []), ...opened]
  const flat = (found.data ?? []).filter((one) => one.id !== itself).map((one): Branch => ({ id: one.id, pId: null, value: one.id, title: one.name, isLeaf: true }))
  const nodes = isFlat ? flat : tree
  const hint: Branch[] = !isFlat && (top.data?.length ?? 0) >= mostAtOnce ? [{ id: '…', pId: null, value: '…', title: say('more', { count: mostAtOnce }), isLeaf: true, selectable: false }] : []

  async function open(above: string): Promise<void> {
    const below = await client.fetchQuery({ queryKey: [...keys.ofObject(object), 'tree', field.name, itself, above], queryFn: () => branches(object, field.name, above, itself) })
    setOpened((known) => [...known.filter((one) => one.pId !== above), ...below])
  }
  const failed = isFlat ? found.isError : top.isError
  const isBusy = isFlat ? found.isFetching || rested !== q.trim() : top.isFetching
  return (
    <TreeSelect<{ value: string; label: React.ReactNode } | null, Branch>
      className={styles.full ?? ''}
      labelInValue
      treeDataSimpleMode
      treeData={[...nodes, ...hint]}
      value={value ? { value: value.id, label: value.name ?? words('hidden') } : null}
      loadData={(node) => open(String(node.value))}
      showSearch={{ filterTreeNode: false, searchValue: q, onSearch: setQ }}
      notFoundContent={<div className={styles.note}>{failed ? words('failed') : isBusy ? words('searching') : words('nothing')}</div>}
      open={isOpen}
      onOpenChange={setOpen}
      onChange={(chosen) => {
        const next = chosen ? { id: chosen.value, name: nodes.find((one) => one.id === chosen.value)?.title ?? null } : null
        onChange(next)
        setOpen(false)
        onDone?.(next)
      }}
      allowClear={!field.required}
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      popupMatchSelectWidth={place === 'cell' ? 320 : true}
      {...(id ? { id } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      {...(disabled ? { disabled } : {})}
      {...(invalid ? { status: 'error' as const } : {})}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
    />
  )
}
