/** One cell of a line: shown, and its field's own input while it is open. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Field } from '@/api/types'
import { labelText, useLabel } from '@/lib/i18n'
import type { Within } from '@/registry/field_kind'
import { kindOf } from '@/registry/registry'
import styles from './lines.module.css'

/** Where one goes from a cell that was filled in. */
export type Onward = 'down' | 'up' | 'right' | 'left' | 'stay'

/** Pickers open outside the cell; a click in them is still a click in it. */
const floating = '.ant-select-dropdown, .ant-picker-dropdown, .ant-modal-root, .ant-dropdown, .ant-popover'

export interface LineCellProps {
  id: string
  column: Field
  value: unknown
  within: Within
  isAt: boolean
  open: { isTyped: boolean } | null
  mayChange: boolean
  isRequired: boolean
  isHidden: boolean
  /** What is shown belongs to what was typed a moment ago. */
  isBehind: boolean
  wrong: string | null
  onPoint: (opens: boolean) => void
  onToggle: () => void
  onCommit: (value: unknown, onward: Onward) => void
  onCancel: () => void
}

export function LineCell({ id, column, value, within, isAt, open, mayChange, isRequired, isHidden, isBehind, wrong, onPoint, onToggle, onCommit, onCancel }: LineCellProps) {
  const { Cell, align, isEmpty, togglesInPlace } = kindOf(column)
  const isLacking = isRequired && isEmpty(value as never)
  if (open) return <LineEditor id={id} column={column} value={value} within={within} isTyped={open.isTyped} onCommit={onCommit} onCancel={onCancel} />
  return (
    <span
      id={id}
      role="gridcell"
      className={styles.cell}
      data-align={align}
      data-at={isAt || undefined}
      data-fixed={!mayChange || undefined}
      data-behind={isBehind || undefined}
      data-wrong={wrong !== null || undefined}
      data-lacking={isLacking || undefined}
      aria-readonly={!mayChange}
      aria-invalid={wrong !== null || undefined}
      aria-required={isRequired || undefined}
      title={wrong ?? undefined}
      onMouseDown={(event) => {
        if (event.button !== 0) return
        event.preventDefault()
        onPoint(isAt && mayChange && !togglesInPlace)
      }}
      onDoubleClick={() => onPoint(true)}
      onClick={() => togglesInPlace && mayChange && onToggle()}
    >
      {isHidden || isEmpty(value as never) ? null : (
        <span className={styles.value}>
          <Cell value={value} field={column} place="cell" />
        </span>
      )}
    </span>
  )
}

type LineEditorProps = Pick<LineCellProps, 'id' | 'column' | 'value' | 'within' | 'onCommit' | 'onCancel'> & { isTyped: boolean }

function LineEditor({ id, column, value: start, within, isTyped, onCommit, onCancel }: LineEditorProps) {
  const label = useLabel()
  const kind = kindOf(column)
  const [value, setValue] = useState<unknown>(isTyped ? null : start)
  const [wrong, setWrong] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const isLeft = useRef(false)

  function commit(final: unknown, onward: Onward): void {
    if (isLeft.current) return
    if (typeof final === 'string' && !column.options.choices) {
      const parsed = kind.parse(final, column)
      if ('error' in parsed) return setWrong(labelText(parsed.error))
    }
    isLeft.current = true
    onCommit(final, onward)
  }
  const latest = useRef({ commit, value })
  useEffect(() => {
    latest.current = { commit, value }
  })
  useEffect(() => {
    function leave({ target }: PointerEvent): void {
      if (!(target instanceof Element) || box.current?.contains(target) || target.closest(floating)) return
      latest.current.commit(latest.current.value, 'stay')
    }
    document.addEventListener('pointerdown', leave, true)
    return () => document.removeEventListener('pointerdown', leave, true)
  }, [])
  useLayoutEffect(() => {
    const input = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')
    input?.focus({ preventScroll: true })
    if (!isTyped) input?.select()
  }, [isTyped])

  function press(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      isLeft.current = true
      return onCancel()
    }
    const isPicking = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true' && !event.target.closest('.ant-picker')
    const onward = ({ Enter: 'down', 'shift+Enter': 'up', Tab: 'right', 'shift+Tab': 'left' } as Record<string, Onward>)[`${event.shiftKey ? 'shift+' : ''}${event.key}`]
    if (!onward || (event.key === 'Enter' && (isPicking || (kind.hasManyLines === true && !event.ctrlKey && !event.metaKey)))) return
    event.preventDefault()
    // A picker reads its own text on Enter; it hands the value over before the cell is left.
    setTimeout(() => latest.current.commit(latest.current.value, onward))
  }
  return (
    <div ref={box} role="gridcell" id={id} className={styles.editor} data-wrong={wrong !== null || undefined} onKeyDown={press} onPaste={(event) => event.stopPropagation()} onCopy={(event) => event.stopPropagation()}>
      <kind.Input
        value={(value ?? null) as never}
        field={column}
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
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
      />
      <span className={styles.hiddenLabel}>{label(column.label)}</span>
      {wrong !== null && (
        <span id={`${id}-wrong`} className={styles.note} role="alert">
          {wrong}
        </span>
      )}
    </div>
  )
}
