/** Several records side by side: which stays, whose value each field gets, and what becomes of it before it is done. */
import { useState } from 'react'
import { Select } from 'antd'
import { Merge } from 'lucide-react'
import { keepPreviousData, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useCandidates } from '@/api/candidates'
import { keys } from '@/api/keys'
import { mergeRecords, mostMerged, tryMerge, undoMerge } from '@/api/merges'
import type { MergeAnswer } from '@/api/merges'
import { useObject, useObjects } from '@/api/objects'
import { isProblem, problemText } from '@/api/problem'
import { fetchRecord } from '@/api/records'
import type { FullRecord, ObjectDefinition } from '@/api/types'
import { useRested } from '@/lib/hooks'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { ErrorSummary } from '@/ui/ErrorSummary'
import { Failed, LoadingRows } from '@/ui/faces'
import { usePageTitle } from '@/ui/page_title'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast'
import { Comparison } from './Comparison'
import { useText } from './messages'
import styles from './merge.module.css'

export function MergePage() {
  const { object: name = '' } = useParams()
  const object = useObject(name)
  return object ? <Merging key={name} object={object} /> : <LoadingRows />
}

function Merging({ object }: { object: ObjectDefinition }) {
  const say = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const asked = [...new Set((search.get('ids') ?? '').split(',').filter(Boolean))].slice(0, mostMerged)
  const found = useQueries({ queries: asked.map((id) => ({ queryKey: keys.record(object.name, id), queryFn: () => fetchRecord(object.name, id) })) })
  const records = found.flatMap((one) => (one.data ? [one.data] : []))
  const failed = found.find((one) => one.isError)
  const title = say('title', { object: label(object.plural_label) })
  const setIds = (ids: readonly string[]): void => setSearch({ ids: ids.join(',') }, { replace: true })
  usePageTitle(title)
  return (
    <Panel title={title} icon={<Merge size={18} aria-hidden />}>
      {failed ? (
        <Failed problem={failed.error} onRetry={() => void failed.refetch()} />
      ) : records.length < asked.length ? (
        <LoadingRows />
      ) : (
        <Choices object={object} records={records} setIds={setIds} onLeave={() => void navigate(-1)} />
      )}
    </Panel>
  )
}

interface ChoicesProps {
  object: ObjectDefinition
  records: readonly FullRecord[]
  setIds: (ids: readonly string[]) => void
  onLeave: () => void
}

function Choices({ object, records, setIds, onLeave }: ChoicesProps) {
  const say = useText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [wished, setWished] = useState<string | null>(null)
  const [choose, setChoose] = useState<Record<string, string>>({})
  const [isMerging, setMerging] = useState(false)
  const [refused, setRefused] = useState<unknown>(null)
  const ids = records.map((one) => one.id)
  const master = wished !== null && ids.includes(wished) ? wished : (ids[0] ?? '')
  const chosen = Object.fromEntries(Object.entries(choose).filter(([, id]) => ids.includes(id)))
  const body = { master, records: ids, choose: chosen, versions: Object.fromEntries(records.map((one) => [one.id, one.version])) }
  const mayMerge = records.every((one) => one._rights.delete) && object.rights.edit
  const isEnough = records.length >= 2
  const preview = useQuery({
    queryKey: [...keys.preview(object.name, master), 'merge', body],
    queryFn: ({ signal }) => tryMerge(object.name, body, signal),
    enabled: isEnough && mayMerge,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  })

  async function merge(): Promise<void> {
    setMerging(true)
    try {
      const done = await mergeRecords(object.name, body)
      await client.invalidateQueries()
      await navigate(`/o/${object.name}/${master}`, { replace: true })
      toast.show({ text: say('merged', { name: done.record.name ?? '' }), undo: () => void undo(done.merge ?? '') })
    } catch (error) {
      if (!isProblem(error)) throw error
      setRefused(error)
    } finally {
      setMerging(false)
    }
  }

  async function undo(id: string): Promise<void> {
    try {
      await undoMerge(object.name, id)
      await client.invalidateQueries()
      toast.show({ text: say('undone') })
    } catch (error) {
      if (!isProblem(error)) throw error
      toast.show({ text: problemText(error), tone: 'danger' })
    }
  }

  const problem = refused ?? preview.error
  const wrong = !isEnough ? [say('too_few')] : !mayMerge ? [say('not_allowed')] : problem ? reasons(problem) : []
  return (
    <div className={styles.page}>
      <div className={styles.body}>
        <p className={styles.lead}>{say('lead')}</p>
        <ErrorSummary errors={wrong.map((message) => ({ message }))} />
        <Comparison
          object={object}
          records={records}
          master={master}
          choose={chosen}
          result={isEnough && mayMerge ? (preview.data?.record ?? null) : null}
          onMaster={setWished}
          onChoose={(field, id) => setChoose((known) => ({ ...known, [field]: id }))}
          onLeaveOut={(id) => setIds(ids.filter((one) => one !== id))}
        />
        {records.length < mostMerged && <AddRecord object={object} known={ids} onAdd={(id) => setIds([...ids, id])} />}
        {preview.data && isEnough && <Moved moved={preview.data.moved} />}
      </div>
      <div className={styles.footer}>
        <Button type="primary" loading={isMerging} disabled={!isEnough || !mayMerge || preview.isError || preview.data === undefined} onClick={() => void merge()}>
          {say('verb', { count: records.length })}
        </Button>
        <Button type="text" onClick={onLeave}>
          {say('cancel')}
        </Button>
      </div>
    </div>
  )
}

/** Why it is refused: everything that stands in the way, each once. */
function reasons(problem: unknown): string[] {
  const told = isProblem(problem) ? problem.errors.map((one) => one.message) : []
  return told.length > 0 ? [...new Set(told)] : [problemText(problem)]
}

function AddRecord({ object, known, onAdd }: { object: ObjectDefinition; known: readonly string[]; onAdd: (id: string) => void }) {
  const say = useText()
  const [typed, setTyped] = useState('')
  const found = useCandidates(object.name, useRested(typed), true)
  const options = (found.data ?? []).filter((one) => !known.includes(one.id)).map((one) => ({ value: one.id, label: one.telling ? `${one.name} · ${one.telling}` : one.name }))
  return (
    <Select
      className={styles.add ?? ''}
      aria-label={say('add')}
      placeholder={say('add')}
      value={null}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={options}
      onSelect={(id: string | null) => id !== null && onAdd(id)}
    />
  )
}

function Moved({ moved }: { moved: MergeAnswer['moved'] }) {
  const say = useText()
  const label = useLabel()
  const objects = useObjects()
  if (moved.length === 0) return <p className={styles.moved}>{say('moved_none')}</p>
  const told = moved.map(({ object, count }) => say('moved_one', { object: label(objects.find((one) => one.name === object)?.plural_label) || object, count }))
  return <p className={styles.moved}>{say('moved', { what: told.join(label({ 'zh-CN': '、', en: ', ' })) })}</p>
}
