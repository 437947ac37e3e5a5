/** Everything a list page knows of its view: which one, what was changed, and the deeds on it. */
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useViews } from '@/api/views'
import type { ObjectDefinition, View } from '@/api/types'
import type { ViewState } from '@/registry/view_kind'
import { baseState, isChanged, readChanges, withoutChanges, writeChanges } from './url_state'

export interface List {
  object: ObjectDefinition
  views: View[]
  /** Null while an object has no saved view at all. */
  view: View | null
  /** The address names a view that is not there. */
  isViewGone: boolean
  state: ViewState
  isChanged: boolean
  change: (changes: Partial<ViewState>) => void
  reset: () => void
  choose: (view: View) => void
  openedRecord: string | null
  openRecord: (id: string | null) => void
  isTrash: boolean
  showTrash: (isShown: boolean) => void
}

export function useList(object: ObjectDefinition): { list: List; answer: ReturnType<typeof useViews> } {
  const answer = useViews(object.name)
  const [address, setAddress] = useSearchParams()
  const asked = address.get('view')
  const views = useMemo(() => [...(answer.data ?? [])].sort((a, b) => Number(b.shared) - Number(a.shared) || a.position - b.position), [answer.data])
  const named = views.find((view) => view.id === asked)
  const view = named ?? views.find((each) => each.is_default) ?? views[0] ?? null
  const changes = useMemo(() => readChanges(address), [address])
  const base = useMemo(() => baseState(object, view, changes.kind), [object, view, changes.kind])
  const plain = useMemo(() => baseState(object, view), [object, view])
  const state = useMemo<ViewState>(() => ({ ...base, ...changes }), [base, changes])

  const list: List = {
    object,
    views,
    view,
    isViewGone: asked !== null && named === undefined && answer.data !== undefined,
    state,
    isChanged: isChanged(changes),
    change: (next) => setAddress((before) => writeChanges(before, next.kind ? plain : base, next), { replace: true }),
    reset: () => setAddress((before) => withoutChanges(before, true), { replace: true }),
    choose: (next) =>
      setAddress((before) => {
        const cleared = withoutChanges(before, false)
        cleared.delete('record')
        cleared.delete('trash')
        cleared.set('view', next.id)
        return cleared
      }),
    openedRecord: address.get('record'),
    openRecord: (id) =>
      setAddress(
        (before) => {
          const next = new URLSearchParams(before)
          if (id) next.set('record', id)
          else next.delete('record')
          return next
        },
        // Walking from record to record leaves one step in the history, not twenty.
        { replace: address.has('record') },
      ),
    isTrash: address.get('trash') === '1',
    showTrash: (isShown) =>
      setAddress((before) => {
        const next = new URLSearchParams(before)
        next.delete('record')
        if (isShown) next.set('trash', '1')
        else next.delete('trash')
        return next
      }),
  }
  return { list, answer }
}
