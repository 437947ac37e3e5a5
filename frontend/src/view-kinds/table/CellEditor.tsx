/** The open cell: the field's own input in a frame, the old value and the difference beneath, or what is wrong. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Field } from '@/api/types'
import { labelText, useLocale } from '@/lib/i18n'
import type { Within } from '@/registry/field_kind'
import { kindOf } from '@/registry/registry'
import { Kbd } from '@/ui/Kbd'
import { useText } from './messages'
import styles from './table.module.css'

/** Where the person goes after saving. */
export type Onward = 'down' | 'up' | 'right' | 'left' | 'stay'

export interface CellEditorProps {
  field: Field
  label: string
  within: Within
  /** As saved. */
  before: unknown
  /** What the editor begins with: the saved value, or what was refused. */
  start: unknown
  /** Typing began: the first sign falls into the empty input. */
  isTyped: boolean
  problem: string | null
  onCommit: (value: unknown, onward: Onward) => void
  onCancel: () => void
}

/** Pickers open outside the cell; a click in them is still a click in it. */
const floating = '.ant-select-dropdown, .ant-picker-dropdown, .ant-modal-root, .ant-dropdown, .ant-popover'

export function CellEditor({ field, label, within, before, start, isTyped, problem, onCommit, onCancel }: CellEditorProps) {
  const say = useText()
  const locale = useLocale()
  const noteId = useId()
  const kind = kindOf(field)
  const [value, setValue] = useState<unknown>(isTyped && !kind.isPicked ? null : start)
  const [wrong, setWrong] = useState<string | null>(problem)
  const [isAbove, setAbove] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const isLeft = useRef(false)

  function commit(final: unknown, onward: Onward): void {
    if (isLeft.current) return
    if (typeof final === 'string') {
      const parsed = kind.parse(final, field)
      if ('error' in parsed && !field.options.choices) return setWrong(labelText(parsed.error))
    }
    isLeft.current = true
    onCommit(final, onward)
  }
  const latest = useRef({ commit, value })
  useEffect(() => {
    latest.current = { commit, value }
  })
  useEffect(() => {
    function leave(event: PointerEvent): void {
      const { target } = event
      if (!(target instanceof Element) || box.current?.contains(target) || target.closest(floating)) return
      latest.current.commit(latest.current.value, 'stay')
    }
    document.addEventListener('pointerdown', leave, true)
    return () => document.removeEventListener('pointerdown', leave, true)
  }, [])
  useLayoutEffect(() => {
    const input = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    if (input && !isTyped && input instanceof HTMLInputElement) input.select()
    else input?.setSelectionRange(input.value.length, input.value.length)
  }, [isTyped])
  useLayoutEffect(() => {
    const scroll = box.current?.closest('[role="grid"]')?.getBoundingClientRect()
    const here = box.current?.getBoundingClientRect()
    if (scroll && here) setAbove(here.bottom + 110 > scroll.bottom)
  }, [])

  const directions: Record<string, Onward> = { Enter: 'down', 'shift+Enter': 'up', Tab: 'right', 'shift+Tab': 'left' }
  function press(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const isPicking = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true' && !event.target.closest('.ant-picker')
    if (event.key === 'Escape') {
      event.preventDefault()
      isLeft.current = true
      onCancel()
      return
    }
    const onward = directions[`${event.shiftKey ? 'shift+' : ''}${event.key}`]
    if (!onward || (event.key === 'Enter' && (isPicking || (kind.hasManyLines === true && !event.ctrlKey && !event.metaKey)))) return
    event.preventDefault()
    // A picker reads its own text on Enter; it hands the value over before the cell is left.
    setTimeout(() => latest.current.commit(latest.current.value, onward))
  }

  const difference = wrong ? null : (kind.difference?.(before as never, value as never) ?? null)
  const old = kind.isEmpty(before) ? say('empty') : kind.format(before, field, locale)
  return (
    <div ref={box} className={styles.editor} data-wrong={wrong !== null || undefined} data-lines={kind.hasManyLines || undefined} onKeyDown={press} onMouseDown={(event) => event.stopPropagation()} onCopy={(event) => event.stopPropagation()} onPaste={(event) => event.stopPropagation()}>
      <div className={styles.editorInput} aria-label={label}>
        <kind.Input
          value={(value ?? null) as never}
          field={field}
          within={within}
          place="cell"
          autoFocus
          invalid={wrong !== null}
          onChange={(next: unknown) => {
            setValue(next)
            setWrong(null)
          }}
          onDone={(final: unknown) => {
            setValue(final)
            commit(final, 'stay')
          }}
          aria-describedby={noteId}
        />
      </div>
      {(wrong || !kind.isPicked) && (
        <div id={noteId} className={styles.note} data-above={isAbove || undefined} role={wrong ? 'alert' : undefined}>
          {wrong ? (
            <span className={styles.wrong}>{wrong}</span>
          ) : (
            <>
              <span className={styles.oldLine}>
                <span>{say('old_value', { value: old })}</span>
                {difference && <strong data-direction={difference.direction}>{difference.text}</strong>}
              </span>
              <span className={styles.keysLine}>
                <Kbd>{kind.hasManyLines ? 'Ctrl Enter' : 'Enter'}</Kbd> {say('save')} <Kbd>Tab</Kbd> {say('next')} <Kbd>Esc</Kbd> {say('drop')}
              </span>
            </>
          )}
        </div>
      )}
    </div>
  )
}
