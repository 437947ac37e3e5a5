/** A record with the whole width to itself. */
import { useState } from 'react'
import { ArrowLeft, ChevronDown, ChevronUp, Ellipsis, Eye, Link2, Merge, Pencil, Plus, Trash2 } from 'lucide-react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'
import { mergeAddress } from '@/api/merges'
import { useCatalog } from '@/api/objects'
import { useRecord } from '@/api/records'
import { useMe, useSingleKeys } from '@/api/session'
import type { FullRecord, ObjectDefinition } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { useKeys } from '@/lib/keyboard'
import { CreateInPlaceContext } from '@/registry/create_in_place'
import { ActionMenu } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { LoadingRows } from '@/ui/faces'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { usePageTitle } from '@/ui/page_title'
import { Panel } from '@/ui/Panel'
import { SideDrawer } from '@/ui/SideDrawer'
import { useWidth } from '@/ui/width'
import { RecordBody } from './RecordBody'
import { RecordMissing } from './RecordMissing'
import { recordAddress, useDeeds } from './deeds'
import { FormStackPanes, useFormStack } from './form_stack'
import { useText } from './messages'
import { likeliestToCreate, pointingTo, useRelated } from './related'
import styles from './RecordDrawer.module.css'

export function RecordPage({ object: name, id }: { object: string; id: string }) {
  const label = useLabel()
  const navigate = useNavigate()
  const catalog = useCatalog()
  const object = catalog.data?.objects.find((candidate) => candidate.name === name)
  const record = useRecord(name, id)
  // The address of a record that was merged leads to what it became.
  if (record.data && !record.isPlaceholderData && record.data.id !== id) return <Navigate to={recordAddress(name, record.data.id)} replace />
  if (object && record.data) return <OpenPage key={object.name} object={object} record={record.data} />
  return (
    <Panel title={label(object?.label)} icon={<ObjectIcon icon={object?.icon} />}>
      {record.isError && !catalog.isPending ? (
        <RecordMissing object={object} id={id} problem={record.error} onRetry={() => void record.refetch()} onLeave={() => void navigate(object ? `/o/${name}` : '/')} />
      ) : (
        <LoadingRows />
      )}
    </Panel>
  )
}

function OpenPage({ object, record }: { object: ObjectDefinition; record: FullRecord }) {
  const say = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const { isPhone } = useWidth()
  const mayAskAccess = useMe().data?.rights.manage_roles ?? false
  const stack = useFormStack()
  const walk = useWalkedIds()
  const leave = (): void => void navigate(`/o/${object.name}`)
  const deeds = useDeeds(object, record, leave)
  const related = useRelated(object, record.id)
  const [editing, setEditing] = useState<string | null>(null)
  const isEditing = editing === record.id
  const edit = (isOn: boolean): void => setEditing(isOn ? record.id : null)
  const canEdit = record._rights.write.length > 0
  const at = walk.indexOf(record.id)
  const top = stack.waiting.at(-1)
  const toCreate = likeliestToCreate(related, object)

  function step(by: number): void {
    const next = at < 0 ? undefined : walk[at + by]
    if (next) void navigate(recordAddress(object.name, next), { state: { walk }, replace: true })
  }
  const isFree = !top && !isEditing
  useKeys({ j: () => step(1), k: () => step(-1), e: () => canEdit && edit(true) }, useSingleKeys() && isFree)
  useKeys({ escape: leave }, isFree)
  usePageTitle(record.name || say('unnamed'))

  return (
    <>
      <Panel
        icon={<ObjectIcon icon={object.icon} />}
        title={
          <span className={styles.crumbs}>
            <Link to={`/o/${object.name}`}>{label(object.plural_label)}</Link>
            {!isPhone && (
              <>
                <span aria-hidden>›</span>
                <span className={styles.crumb}>{record.name || say('unnamed')}</span>
              </>
            )}
          </span>
        }
        mark={
          at >= 0 && (
            <span className={styles.title}>
              <span className={styles.count}>{say('walk_at', { at: at + 1, of: walk.length })}</span>
              <button type="button" className={styles.tool} aria-label={say('previous')} title={`${say('previous')} · K`} disabled={at === 0} onClick={() => step(-1)}>
                <ChevronUp size={16} aria-hidden />
              </button>
              <button type="button" className={styles.tool} aria-label={say('next')} title={`${say('next')} · J`} disabled={at === walk.length - 1} onClick={() => step(1)}>
                <ChevronDown size={16} aria-hidden />
              </button>
            </span>
          )
        }
        actions={
          <>
            <ActionMenu
              title={record.name ?? ''}
              items={[
                { key: 'link', label: say('copy_link'), icon: <Link2 size={16} aria-hidden />, onSelect: deeds.copyLink },
                ...(mayAskAccess
                  ? [
                      {
                        key: 'access',
                        label: say('access'),
                        icon: <Eye size={16} aria-hidden />,
                        onSelect: () => void navigate(`/settings/access?object=${object.name}&record=${record.id}`),
                      },
                    ]
                  : []),
                ...(record._rights.delete && canEdit ? [{ key: 'merge', label: say('merge'), icon: <Merge size={16} aria-hidden />, onSelect: () => void navigate(mergeAddress(object.name, [record.id])) }] : []),
                ...(record._rights.delete
                  ? [{ key: 'delete', label: say('delete'), icon: <Trash2 size={16} aria-hidden />, danger: true, onSelect: deeds.remove }]
                  : []),
              ]}
            >
              <button type="button" className={styles.tool} aria-label={say('more')}>
                <Ellipsis size={16} aria-hidden />
              </button>
            </ActionMenu>
            {canEdit && !isPhone && !isEditing && (
              <Button type={toCreate ? 'default' : 'primary'} icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
                {say('edit')}
              </Button>
            )}
            {toCreate && !isPhone && !isEditing && (
              <Button
                type="primary"
                icon={<Plus size={16} aria-hidden />}
                onClick={() => void stack.open(toCreate.object.name, pointingTo(toCreate, record))}
              >
                {say('new_of', { object: label(toCreate.object.label) })}
              </Button>
            )}
          </>
        }
      >
        <CreateInPlaceContext value={stack.createInPlace}>
          <RecordBody object={object} record={record} stack={stack} isPhone={isPhone} isEditing={isEditing} onEdit={edit} onGone={leave} />
        </CreateInPlaceContext>
      </Panel>
      {top && (
        <SideDrawer
          flush
          width={480}
          onClose={() => stack.back()}
          title={
            <span className={styles.title}>
              {stack.waiting.length > 1 && (
                <button type="button" className={styles.back} onClick={() => stack.back()} aria-label={say('back')}>
                  <ArrowLeft size={16} aria-hidden />
                </button>
              )}
              {say('new_of', { object: label(top.object.label) })}
            </span>
          }
        >
          <FormStackPanes stack={stack} />
        </SideDrawer>
      )}
    </>
  )
}

/** The order of the list the page was opened from, when it came along. */
function useWalkedIds(): string[] {
  const state: unknown = useLocation().state
  if (typeof state !== 'object' || state === null || !('walk' in state) || !Array.isArray(state.walk)) return []
  return state.walk.filter((id) => typeof id === 'string')
}
