/** The lines of a record as it is saved, to be read: on its page, and in forms of those who may not change them. */
import { useMemo } from 'react'
import type { Field } from '@/api/types'
import { useObject } from '@/api/objects'
import { useLabel } from '@/lib/i18n'
import { noLines } from '@/lib/lines'
import { Failed, LoadingRows } from '@/ui/faces'
import { useWidth } from '@/ui/width'
import { plainState } from '@/ui/rules/rule_state'
import { LineCards } from './LineCards'
import { LinesGrid } from './LinesGrid'
import { linesOf } from './lines'
import type { Line } from './lines'
import { columnsOf, useSavedLines } from './use_lines'
import type { LinesForm } from './use_lines'

export interface LinesViewProps {
  of: string
  record: string
  field: Field
}

const ignore = (): void => undefined

export function LinesView({ of, record, field }: LinesViewProps) {
  const label = useLabel()
  const { isPhone } = useWidth()
  const object = useObject(field.lines?.object ?? '')
  const saved = useSavedLines(of, record, field)
  const lines = useMemo(() => linesOf(saved.data ?? [], noLines), [saved.data])
  const columns = useMemo(() => (field.lines ? columnsOf(field.lines, object) : []), [field.lines, object])
  if (saved.isError) return <Failed problem={saved.error} onRetry={() => void saved.refetch()} />
  if (saved.isPending || !object) return <LoadingRows rows={3} />
  const form: LinesForm = {
    object,
    columns,
    lines,
    mayWrite: false,
    isPending: false,
    failed: null,
    retry: ignore,
    draft: noLines,
    stateOf: ({ values }) => plainState([], values),
    mayChange: () => false,
    change: ignore,
    add: () => [],
    duplicate: () => undefined,
    remove: ignore,
    move: ignore,
    undo: ignore,
    canUndo: false,
  }
  const valuesOf = (line: Line) => line.values
  return isPhone ? (
    <LineCards form={form} valuesOf={valuesOf} problems={[]} onOpen={ignore} label={label(field.label)} />
  ) : (
    <LinesGrid form={form} of={of} valuesOf={valuesOf} isBehind={false} problems={[]} revealed={null} onOpen={ignore} mayAdd={false} onAdd={ignore} />
  )
}
