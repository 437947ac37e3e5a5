/** Says quietly that computed fields of an object are not up to date yet, and how far they are. */
import { useEffect, useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { LoaderCircle } from 'lucide-react'
import { keys } from '@/api/keys'
import { useComputing } from '@/api/objects'
import type { ComputingMark, ObjectDefinition } from '@/api/types'
import { currentLocale, defineMessages, useLabel } from '@/lib/i18n'
import styles from './ComputingNote.module.css'

const useText = defineMessages('computing', {
  'zh-CN': { soon: '正在计算「{{fields}}」', left: '正在计算「{{fields}}」，还剩 {{waiting}} 条 · {{done}}%', joined: '、' },
  en: { soon: 'Computing {{fields}}', left: 'Computing {{fields}}: {{waiting}} records left · {{done}}%', joined: ', ' },
})

export function ComputingNote({ object }: { object: ObjectDefinition }) {
  const say = useText()
  const label = useLabel()
  const client = useQueryClient()
  const marks = useComputing(object).data ?? []
  const isComputing = marks.length > 0
  const wasComputing = useRef(false)
  useEffect(() => {
    if (wasComputing.current && !isComputing) void client.invalidateQueries({ queryKey: keys.ofObject(object.name) })
    wasComputing.current = isComputing
  }, [client, isComputing, object.name])
  if (!isComputing) return null
  const named = marks.map((mark) => label(object.fields.find((field) => field.name === mark.field)?.label) || mark.field)
  const { waiting, done } = progressOf(marks)
  return (
    <div className={styles.note} role="status">
      <LoaderCircle size={14} className={styles.turning} aria-hidden />
      {say(waiting > 0 ? 'left' : 'soon', { fields: named.join(say('joined')), waiting: waiting.toLocaleString(currentLocale()), done })}
    </div>
  )
}

/** Of the field that is furthest behind. */
export function progressOf(marks: readonly ComputingMark[]): { waiting: number; done: number } {
  const [behind] = [...marks].sort((one, other) => other.waiting - one.waiting)
  if (!behind || behind.total === 0) return { waiting: 0, done: 0 }
  return { waiting: behind.waiting, done: Math.floor(100 * (1 - behind.waiting / behind.total)) }
}
