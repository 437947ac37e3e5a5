/** A record beside its list: the list stays alive, J and K walk through it, Ctrl+Enter makes a page of it. */
import { useState } from 'react'
import { ArrowLeft, ChevronDown, ChevronUp, Ellipsis, Link2, Maximize2, Merge, Pencil, Trash2 } from 'lucide-react'
import { useNavigate } from 'react-router'
import { mergeAddress } from '@/api/merges'
import { useObject } from '@/api/objects'
import { useRecord } from '@/api/records'
import { useSingleKeys } from '@/api/session'
import type { FullRecord, ObjectDefinition } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { useKeys } from '@/lib/keyboard'
import { useRecordWalk } from '@/registry/record_walk'
import { ActionMenu } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { LoadingRows } from '@/ui/faces'
import { SideDrawer } from '@/ui/SideDrawer'
import { useWidth } from '@/ui/width'
import { RecordBody } from './RecordBody'
import { RecordMissing } from './RecordMissing'
import { recordAddress, useDeeds } from './deeds'
import { FormStackPanes, useFormStack } from './form_stack'
import type { FormStack } from './form_stack'
import { useText } from './messages'
import styles from './RecordDrawer.module.css'

export interface RecordDrawerProps {
  object: string
  id: string
  onClose: () => void
}

export function RecordDrawer({ object: name, id, onClose }: RecordDrawerProps) {
  const object = useObject(name)
  const record = useRecord(name, id)
  const stack = useFormStack()
  if (object && record.data) return <OpenDrawer object={object} record={record.data} stack={stack} onClose={onClose} />
  return (
    <SideDrawer title="" onClose={onClose}>
      {record.isError ? (
        <RecordMissing object={object} id={id} problem={record.error} onRetry={() => void record.refetch()} onLeave={onClose} />
      ) : (
        <LoadingRows rows={6} columns={2} />
      )}
    </SideDrawer>
  )
}

interface OpenDrawerProps {
  object: ObjectDefinition
  record: FullRecord
  stack: FormStack
  onClose: () => void
}

function OpenDrawer({ object, record, stack, onClose }: OpenDrawerProps) {
  const say = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const { isPhone } = useWidth()
  const walk = useRecordWalk()
  const deeds = useDeeds(object, record, onClose)
  const [editing, setEditing] = useState<string | null>(null)
  const isEditing = editing === record.id
  const edit = (isOn: boolean): void => setEditing(isOn ? record.id : null)
  const at = walk?.ids.indexOf(record.id) ?? -1
  const canEdit = record._rights.write.length > 0
  const top = stack.waiting.at(-1)

  function step(by: number): void {
    const next = at < 0 ? undefined : walk?.ids[at + by]
    if (next) walk?.open(next)
  }
  function toPage(): void {
    void navigate(recordAddress(object.name, record.id), { state: { walk: walk?.ids ?? [] } })
  }
  const isFree = !top && !isEditing
  useKeys({ j: () => step(1), k: () => step(-1), e: () => canEdit && edit(true) }, useSingleKeys() && isFree)
  useKeys({ 'ctrl+enter': toPage }, isFree)

  const title = top ? (
    <span className={styles.title}>
      <button type="button" className={styles.back} onClick={() => stack.back()} aria-label={say('back_to', { object: record.name ?? '' })}>
        <ArrowLeft size={16} aria-hidden />
      </button>
      {say('new_of', { object: label(top.object.label) })}
    </span>
  ) : (
    <span className={styles.title}>
      {!isPhone && (
        <button type="button" className={styles.tool} aria-label={say('to_page')} title={`${say('to_page')} · Ctrl ↵`} onClick={toPage}>
          <Maximize2 size={14} aria-hidden />
        </button>
      )}
      {at >= 0 && walk && (
        <>
          <span className={styles.count}>{say('walk_at', { at: at + 1, of: walk.ids.length })}</span>
          <button type="button" className={styles.tool} aria-label={say('previous')} title={`${say('previous')} · K`} disabled={at === 0} onClick={() => step(-1)}>
            <ChevronUp size={16} aria-hidden />
          </button>
          <button type="button" className={styles.tool} aria-label={say('next')} title={`${say('next')} · J`} disabled={at === walk.ids.length - 1} onClick={() => step(1)}>
            <ChevronDown size={16} aria-hidden />
          </button>
        </>
      )}
      <span className="visually-hidden">{record.name}</span>
    </span>
  )

  return (
    <SideDrawer
      flush
      width={720}
      title={title}
      onClose={top ? () => stack.back() : onClose}
      headerActions={
        !top && (
          <>
            <button type="button" className={styles.tool} aria-label={say('copy_link')} title={say('copy_link')} onClick={deeds.copyLink}>
              <Link2 size={16} aria-hidden />
            </button>
            {record._rights.delete && (
              <ActionMenu
                title={record.name ?? ''}
                items={[
                  ...(canEdit ? [{ key: 'merge', label: say('merge'), icon: <Merge size={16} aria-hidden />, onSelect: () => void navigate(mergeAddress(object.name, [record.id])) }] : []),
                  { key: 'delete', label: say('delete'), icon: <Trash2 size={16} aria-hidden />, danger: true, onSelect: deeds.remove },
                ]}
              >
                <button type="button" className={styles.tool} aria-label={say('more')}>
                  <Ellipsis size={16} aria-hidden />
                </button>
              </ActionMenu>
            )}
            {canEdit && !isPhone && !isEditing && (
              <Button icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
                {say('edit')}
              </Button>
            )}
          </>
        )
      }
    >
      <FormStackPanes stack={stack}>
        <RecordBody object={object} record={record} stack={stack} isPhone={isPhone} isEditing={isEditing} onEdit={edit} onGone={onClose} />
      </FormStackPanes>
    </SideDrawer>
  )
}
