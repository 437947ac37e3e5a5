/** The list of an object: its views, its tools, the records, and the record beside them. */
import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ComponentType } from 'react'
import { Download, Ellipsis, Plus, Search, Trash2, Upload } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useCatalog, useObject } from '@/api/objects'
import { problemText } from '@/api/problem'
import { downloadExport, useCount } from '@/api/records'
import { useMe } from '@/api/session'
import type { FullRecord, ObjectDefinition, Values } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { useKeys } from '@/lib/keyboard'
import { ColoringContext } from '@/registry/coloring'
import { RecordWalkContext } from '@/registry/record_walk'
import { viewKind } from '@/registry/registry'
import { ActionMenu } from '@/ui/ActionMenu'
import type { MenuEntry } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { ComputingNote } from '@/ui/ComputingNote'
import { Failed, LoadingRows, NoAccess, NothingMatches } from '@/ui/faces'
import { FavouriteStar } from '@/ui/FavouriteStar'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { usePageTitle } from '@/ui/page_title'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast'
import { useWidth } from '@/ui/width'
import { ColorLegend } from './ColorLegend'
import { useColoring } from './coloring'
import { NoRecordsYet, NoneMatch } from './EmptyFaces'
import { PhoneTitle } from './PhoneTitle'
import { Toolbar } from './Toolbar'
import { ViewTabs } from './ViewTabs'
import { useText } from './messages'
import { useList } from './use_list'
import type { List } from './use_list'

const TrashList = lazy(async () => ({ default: (await import('./TrashList')).TrashList }))

export interface ListPageProps {
  /** The API name. */
  object: string
  RecordDrawer: ComponentType<{ object: string; id: string; onClose: () => void }>
  CreateDrawer: ComponentType<{ object: string; values?: Values; onClose: () => void; onCreated: (record: FullRecord) => void }>
}

export function ListPage({ object: name, ...drawers }: ListPageProps) {
  const say = useText()
  const catalog = useCatalog()
  const object = useObject(name)
  if (object) return <OpenList key={name} object={object} {...drawers} />
  return (
    <Panel title={catalog.isPending ? '' : name}>
      {catalog.isPending ? (
        <LoadingRows />
      ) : catalog.isError ? (
        <Failed problem={catalog.error} onRetry={() => void catalog.refetch()} />
      ) : (
        <NoAccess title={say('no_object')} text={say('no_object_text')} />
      )}
    </Panel>
  )
}

type Drawers = Omit<ListPageProps, 'object'>

function OpenList({ object, RecordDrawer, CreateDrawer }: Drawers & { object: ObjectDefinition }) {
  const say = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const { isPhone } = useWidth()
  const { list, answer } = useList(object)
  const [creating, setCreating] = useState<Values | null>(null)
  const [ids, setIds] = useState<readonly string[]>([])
  const [isFilterOpen, setFilterOpen] = useState(false)
  const find = useRef<HTMLInputElement>(null)
  const mayPressLetters = useMe().data?.preferences.single_keys !== false
  usePageTitle(list.view ? `${label(list.view.name)} · ${label(object.plural_label)}` : label(object.plural_label))
  const { openRecord } = list
  const latestIds = useRef(ids)
  useEffect(() => {
    latestIds.current = ids
  })

  const open = useCallback(
    (id: string) => {
      if (isPhone) void navigate(`/o/${object.name}/${id}`, { state: { walk: latestIds.current } })
      else openRecord(id)
    },
    // The deed only sets the address; a new one each time would redraw every row.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [isPhone, navigate, object.name],
  )
  const create = useCallback((values?: Values) => setCreating(values ?? {}), [])
  const walk = useMemo(() => ({ ids, open, close: () => openRecord(null) }), [ids, open, openRecord])
  useKeys({ '/': () => find.current?.focus(), f: () => setFilterOpen(true) }, mayPressLetters && !list.isTrash)

  const title = label(object.plural_label)
  const actions = (
    <>
      <ListMenu list={list} />
      {object.rights.create && !isPhone && (
        <Button type="primary" icon={<Plus size={16} />} onClick={() => setCreating({})}>
          {say('create', { object: label(object.label) })}
        </Button>
      )}
    </>
  )
  const content = list.isTrash ? (
    <Suspense fallback={<LoadingRows />}>
      <TrashList object={object} />
    </Suspense>
  ) : answer.isPending ? (
    <LoadingRows />
  ) : (
    <Records list={list} onOpen={open} onCreate={create} onOrder={setIds} />
  )
  return (
    <RecordWalkContext value={walk}>
      <Panel
        still
        icon={isPhone ? null : <ObjectIcon icon={object.icon} size={18} />}
        title={isPhone ? <PhoneTitle list={list} /> : list.isTrash ? `${title} · ${say('trash_title')}` : title}
        mark={
          list.view && !isPhone && !list.isTrash ? (
            <FavouriteStar favourite={{ kind: 'view', object: object.name, id: list.view.id, name: list.view.name }} />
          ) : null
        }
        actions={
          isPhone ? (
            <>
              <Button type="text" aria-label={say('find')} icon={<Search size={20} />} onClick={() => find.current?.focus()} />
              {actions}
            </>
          ) : (
            actions
          )
        }
        tabs={isPhone || list.isTrash ? null : <ViewTabs list={list} />}
        toolbar={list.isTrash ? null : <Toolbar list={list} find={find} isFilterOpen={isFilterOpen} onFilterOpen={setFilterOpen} />}
      >
        <ComputingNote object={object} />
        {content}
      </Panel>
      <Suspense>
        {list.openedRecord && !isPhone && <RecordDrawer object={object.name} id={list.openedRecord} onClose={() => openRecord(null)} />}
        {creating && (
          <CreateDrawer
            object={object.name}
            values={creating}
            onClose={() => setCreating(null)}
            onCreated={(record) => {
              setCreating(null)
              open(record.id)
            }}
          />
        )}
      </Suspense>
    </RecordWalkContext>
  )
}

interface RecordsProps {
  list: List
  onOpen: (id: string) => void
  onCreate: (values?: Values) => void
  onOrder: (ids: string[]) => void
}

function Records({ list, onOpen, onCreate, onOrder }: RecordsProps) {
  const say = useText()
  const { object, state, change } = list
  const count = useCount(object.name, { filter: state.filter, q: state.q })
  const colors = useColoring(object, state.colors)
  const kind = viewKind(state.kind)
  if (!kind) {
    return <NothingMatches title={say('no_kind', { kind: state.kind })} text="" actions={<Button onClick={() => change({ kind: 'table' })}>{say('to_table')}</Button>} />
  }
  if (count.data?.count === 0 && !count.isPlaceholderData) {
    return state.filter === null && state.q === '' ? <NoRecordsYet object={object} onCreate={() => onCreate()} /> : <NoneMatch list={list} />
  }
  return (
    <ColoringContext value={colors}>
      {kind.tools.includes('colors') && <ColorLegend object={object} coloring={colors} />}
      <kind.View object={object} state={state} onChange={change} openedRecord={list.openedRecord} onOpen={onOpen} onCreate={onCreate} onOrder={onOrder} />
    </ColoringContext>
  )
}

function ListMenu({ list }: { list: List }) {
  const say = useText()
  const navigate = useNavigate()
  const { object, state, isTrash } = list
  const { rights } = object

  async function save(format: 'csv' | 'xlsx'): Promise<void> {
    const waiting = toast.show({ text: say('exporting') })
    const fields = [...new Set(['name', ...(state.kind === 'table' ? state.columns.map((column) => column.field) : state.card)])]
    try {
      await downloadExport({ object: object.name, format, filter: state.filter, sort: state.sort, fields, ...(state.q ? { q: state.q } : {}) })
      toast.show({ text: say('exported') })
    } catch (error) {
      toast.show({ text: problemText(error), tone: 'danger' })
    } finally {
      toast.close(waiting)
    }
  }
  const items: MenuEntry[] = [
    ...(rights.import ? [{ key: 'import', label: say('import'), icon: <Upload size={16} />, onSelect: () => void navigate(`/imports/new?object=${object.name}`) }] : []),
    ...(rights.export
      ? [
          { key: 'xlsx', label: say('export_xlsx'), icon: <Download size={16} />, onSelect: () => void save('xlsx') },
          { key: 'csv', label: say('export_csv'), icon: <Download size={16} />, onSelect: () => void save('csv') },
        ]
      : []),
    { key: 'trash', label: say(isTrash ? 'leave_trash' : 'trash'), icon: <Trash2 size={16} />, onSelect: () => list.showTrash(!isTrash) },
  ]
  return (
    <ActionMenu items={items} title={say('more')}>
      <Button type="text" aria-label={say('more')} title={say('more')} icon={<Ellipsis size={18} />} />
    </ActionMenu>
  )
}
