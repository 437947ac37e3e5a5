/** The saved views of an object as tabs, with what can be done with the open one. */
import { Suspense, lazy, useState } from 'react'
import { ChevronDown, Copy, PencilLine, Plus, RotateCcw, Save, Share2, Star, Trash2 } from 'lucide-react'
import { problemText } from '@/api/problem'
import { useChangeMe, useMe } from '@/api/session'
import { useChangeView, useCreateView, useDeleteView } from '@/api/views'
import type { ViewChanges } from '@/api/views'
import type { View } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { allViewKinds, viewKind } from '@/registry/registry'
import { ActionMenu } from '@/ui/ActionMenu'
import type { MenuEntry } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { confirm } from '@/ui/confirm'
import { Tabs } from '@/ui/Tabs'
import { toast } from '@/ui/toast'
import { useText } from './messages'
import { baseState, configOf } from './url_state'
import type { List } from './use_list'
import styles from './list.module.css'

const ViewDialog = lazy(async () => ({ default: (await import('./ViewDialog')).ViewDialog }))

type Dialog = { deed: 'rename' } | { deed: 'save_as' } | { deed: 'create'; kind: string }

function fail(error: unknown): void {
  toast.show({ text: problemText(error), tone: 'danger' })
}

export function useViewDeeds(list: List) {
  const say = useText()
  const { object, view, state } = list
  const changing = useChangeView(object.name)
  const creating = useCreateView(object.name)
  const deleting = useDeleteView(object.name)
  const favourites = useMe().data?.preferences.favourites ?? []
  const changingMe = useChangeMe()
  const change = (changes: ViewChanges, then?: () => void): void => {
    if (!view) return
    changing.mutate({ view, changes }, { onSuccess: () => then?.(), onError: fail })
  }
  return {
    change,
    save: () =>
      change({ config: configOf(state) }, () => {
        list.reset()
        toast.show({ text: say('view_saved') })
      }),
    create: (name: string, shared: boolean, kind: string, config = configOf(state)) =>
      creating.mutateAsync({ object: object.name, name, kind, shared, config }).then((made) => list.choose(made)),
    remove: async (gone: View, name: string) => {
      const body = say(gone.shared ? 'delete_view_shared' : 'delete_view_body')
      if (!(await confirm({ title: say('delete_view_title', { name }), body, verb: say('delete_view'), keep: say('keep'), danger: true }))) return
      const next = list.views.find((each) => each.id !== gone.id)
      deleting.mutate(gone, {
        onSuccess: () => {
          const rest = favourites.filter((each) => each.kind !== 'view' || each.id !== gone.id)
          if (rest.length < favourites.length) changingMe.mutate({ preferences: { favourites: rest } })
          if (next) list.choose(next)
          toast.show({ text: say('view_deleted') })
        },
        onError: fail,
      })
    },
  }
}

export function useViewMenu(list: List): { items: MenuEntry[]; dialog: React.ReactNode; openDialog: (dialog: Dialog) => void; deeds: ReturnType<typeof useViewDeeds> } {
  const say = useText()
  const label = useLabel()
  const mayShare = useMe().data?.rights.design === true
  const deeds = useViewDeeds(list)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const { view, state } = list
  const name = view ? label(view.name) : ''
  const own: MenuEntry[] = view?.may_edit
    ? [
        { key: 'rename', label: say('rename'), icon: <PencilLine size={16} />, onSelect: () => setDialog({ deed: 'rename' }) },
        ...(mayShare ? [{ key: 'share', label: say(view.shared ? 'unshare' : 'share'), icon: <Share2 size={16} />, onSelect: () => deeds.change({ shared: !view.shared }) }] : []),
        ...(mayShare || !view.shared
          ? [{ key: 'default', label: say(view.is_default ? 'is_default' : 'make_default'), icon: <Star size={16} />, checked: view.is_default, disabled: view.is_default, onSelect: () => deeds.change({ is_default: true }) }]
          : []),
      ]
    : []
  const items: MenuEntry[] = [
    ...own,
    { key: 'copy', label: say('copy'), icon: <Copy size={16} />, onSelect: () => setDialog({ deed: 'save_as' }) },
    ...(view?.may_edit
      ? [{ key: 'line', divider: true as const }, { key: 'delete', label: say('delete_view'), icon: <Trash2 size={16} />, danger: true, onSelect: () => void deeds.remove(view, name) }]
      : []),
  ]
  const shown = dialog && (
    <Suspense>
      <ViewDialog
        title={dialog.deed === 'rename' ? say('rename') : dialog.deed === 'create' ? say('add_view') : say('save_as')}
        verb={dialog.deed === 'create' ? say('create_view') : say('save')}
        name={dialog.deed === 'rename' ? name : dialog.deed === 'save_as' && name ? say('copy_of', { name }) : ''}
        mayShare={mayShare && dialog.deed !== 'rename'}
        onClose={() => setDialog(null)}
        onSave={async (typed, shared) => {
          if (dialog.deed === 'rename') deeds.change({ name: typed })
          else if (dialog.deed === 'create') await deeds.create(typed, shared, dialog.kind, configOf(baseState(list.object, null, dialog.kind)))
          else await deeds.create(typed, shared, state.kind)
        }}
      />
    </Suspense>
  )
  return { items, dialog: shown, openDialog: setDialog, deeds }
}

export function ViewTabs({ list }: { list: List }) {
  const say = useText()
  const label = useLabel()
  const { items, dialog, openDialog, deeds } = useViewMenu(list)
  const { views, view, object } = list
  const tabs = views.map((each) => {
    const Icon = viewKind(each.kind)?.icon
    return { key: each.id, label: label(each.name), icon: Icon && <Icon size={14} aria-hidden /> }
  })
  const kinds = allViewKinds().filter((kind) => kind.start(object) !== null)
  return (
    <div className={styles.tabs}>
      <Tabs
        label={say('views')}
        items={tabs.length > 0 ? tabs : [{ key: '', label: say('all', { object: label(object.plural_label) }) }]}
        active={view?.id ?? ''}
        onChange={(id) => {
          const next = views.find((each) => each.id === id)
          if (next) list.choose(next)
        }}
        extra={
          <span className={styles.tabTools}>
            {view && (
              <ActionMenu items={items} title={say('view_options')} placement="bottomLeft">
                <Button type="text" size="small" aria-label={say('view_options')} title={say('view_options')} icon={<ChevronDown size={14} />} />
              </ActionMenu>
            )}
            <ActionMenu
              title={say('add_view')}
              placement="bottomLeft"
              items={kinds.map((kind) => ({ key: kind.name, label: label(kind.label), icon: <kind.icon size={16} />, onSelect: () => openDialog({ deed: 'create', kind: kind.name }) }))}
            >
              <Button type="text" size="small" aria-label={say('add_view')} title={say('add_view')} icon={<Plus size={16} />} />
            </ActionMenu>
          </span>
        }
      />
      {list.isChanged && (
        <div className={styles.unsaved} role="status">
          <span className={styles.unsavedText}>{say('changed')}</span>
          {view?.may_edit && (
            <Button size="small" type="text" className={styles.accent ?? ''} icon={<Save size={14} />} onClick={deeds.save}>
              {say('save')}
            </Button>
          )}
          <Button size="small" type="text" icon={<Copy size={14} />} onClick={() => openDialog({ deed: 'save_as' })}>
            {say('save_as')}
          </Button>
          <Button size="small" type="text" icon={<RotateCcw size={14} />} onClick={list.reset}>
            {say('reset')}
          </Button>
        </div>
      )}
      {dialog}
    </div>
  )
}
