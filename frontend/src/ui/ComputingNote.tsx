/** Says quietly that computed fields of an object are not up to date yet, and how far they are. */
import { useEffect, useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { LoaderCircle, TriangleAlert } from 'lucide-react'
import { keys } from '@/api/keys'
import { useComputing } from '@/api/objects'
import type { ComputingMark, ObjectDefinition } from '@/api/types'
import { currentLocale, defineMessages, useLabel } from '@/lib/i18n'
import styles from './ComputingNote.module.css'

const useText = defineMessages('computing', {
  'zh-CN': { soon: '正在计算「{{fields}}」', left: '正在计算「{{fields}}」，还剩 {{waiting}} 条 · {{done}}%', stopped: '「{{fields}}」没有算完，可能是旧值。请管理员在「数据与字段」里再算一次。', joined: '、' },
  en: { soon: 'Computing {{fields}}', left: 'Computing {{fields}}: {{waiting}} records left · {{done}}%', stopped: '{{fields}}: computing stopped, values may be old. An administrator can start it again under “Data and fields”.', joined: ', ' },
})

export function ComputingNote({ object }: { object: ObjectDefinition }) {
  const say = useText()
  const label = useLabel()
  const client = useQueryClient()
  const marks = useComputing(object).data ?? []
  const going = marks.filter((mark) => !mark.failed)
  const stopped = marks.filter((mark) => mark.failed)
  const isComputing = going.length > 0
  const wasComputing = useRef(false)
  useEffect(() => {
    if (wasComputing.current && !isComputing) void client.invalidateQueries({ queryKey: keys.ofObject(object.name) })
    wasComputing.current = isComputing
  }, [client, isComputing, object.name])
  if (marks.length === 0) return null
  const named = (some: readonly ComputingMark[]) => some.map((mark) => label(object.fields.find((field) => field.name === mark.field)?.label) || mark.field).join(say('joined'))
  const { waiting, done } = progressOf(going)
  return (
    <>
      {isComputing && (
        <div className={styles.note} role="status">
          <LoaderCircle size={14} className={styles.turning} aria-hidden />
          {say(waiting > 0 ? 'left' : 'soon', { fields: named(going), waiting: waiting.toLocaleString(currentLocale()), done })}
        </div>
      )}
      {stopped.length > 0 && (
        <div className={styles.note} role="status">
          <TriangleAlert size={14} aria-hidden />
          {say('stopped', { fields: named(stopped) })}
        </div>
      )}
    </>
  )
}

/** Of the field that is furthest behind. */
export function progressOf(marks: readonly ComputingMark[]): { waiting: number; done: number } {
  const [behind] = [...marks].sort((one, other) => other.waiting - one.waiting)
  if (!behind || behind.total === 0) return { waiting: 0, done: 0 }
  return { waiting: behind.waiting, done: Math.floor(100 * (1 - behind.waiting / behind.total)) }
}
