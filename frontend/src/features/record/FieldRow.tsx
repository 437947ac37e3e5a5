/** One field of a record: shown, and edited where it stands by a click. */
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent } from 'react'
import { Check, X } from 'lucide-react'
import type { Field } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import type { Within } from '@/registry/field_kind'
import { kindOf } from '@/registry/registry'
import { FieldError } from '@/ui/FieldError'
import { checkField, sameValue } from './form'
import { useText } from './messages'
import styles from './FieldRow.module.css'

/** Saves a value that was `before` when its editing began; a sentence when it was refused. */
export type SaveField = (field: Field, value: unknown, before: unknown) => Promise<string | null>

export interface FieldRowProps {
  field: Field
  value: unknown
  within: Within
  mayWrite: boolean
  isRequired?: boolean
  /** Beside each other in a narrow column, label above value in a wide one. */
  look: 'line' | 'stack'
  /** Somebody else has just changed it. */
  isFresh: boolean
  onSave: SaveField
}

/** Pickers open outside the field; a click in them is still a click in the field. */
const floating = '.ant-select-dropdown, .ant-picker-dropdown, .ant-modal-root, .ant-dropdown, .ant-popover, [role="listbox"]'

export function FieldRow({ field, value, within, mayWrite, isRequired = field.required, look, isFresh, onSave }: FieldRowProps) {
  const say = useText()
  const label = useLabel()
  const labelId = useId()
  const [isOpen, setOpen] = useState(false)
  const { Cell, isEmpty, togglesInPlace, toWire } = kindOf(field)
  const box = useRef<HTMLDivElement>(null)

  function close(): void {
    setOpen(false)
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[data-opens]')?.focus())
  }
  function open(event: MouseEvent | KeyboardEvent): void {
    if (event.target instanceof Element && event.target !== event.currentTarget && event.target.closest('a, button')) return
    if (window.getSelection()?.type === 'Range' && event.type === 'click') return
    event.preventDefault()
    if (togglesInPlace) void onSave(field, toWire(value) !== true, value)
    else setOpen(true)
  }
  const shown = isEmpty(value) ? <Empty addWord={mayWrite ? say('add_value') : null} /> : <Cell value={value} field={field} place="page" within={within} />
  return (
    <div ref={box} className={styles.row} data-look={look} data-fresh={isFresh || undefined} data-field={field.name}>
      <div className={styles.label} id={labelId} title={field.help ? label(field.help) : undefined}>
        {label(field.label)}
      </div>
      {isOpen ? (
        <Editor field={field} value={value} within={within} isRequired={isRequired} labelId={labelId} onSave={onSave} onClose={close} />
      ) : mayWrite ? (
        <div
          className={styles.value}
          data-opens
          role="button"
          tabIndex={0}
          aria-label={say('edit_field', { field: label(field.label) })}
          onClick={open}
          onKeyDown={(event) => {
            if (event.target === event.currentTarget && ['Enter', ' ', 'F2'].includes(event.key)) open(event)
          }}
        >
          {shown}
        </div>
      ) : (
        <div className={styles.value}>{shown}</div>
      )}
    </div>
  )
}

/** A dash at rest; under the pointer or the focus it says that something may be added. */
function Empty({ addWord }: { addWord: string | null }) {
  return (
    <span className={styles.empty}>
      <span className={addWord ? styles.dash : undefined}>—</span>
      {addWord && <span className={styles.add}>{addWord}</span>}
    </span>
  )
}

interface EditorProps extends Pick<FieldRowProps, 'field' | 'value' | 'within' | 'onSave'> {
  isRequired: boolean
  labelId: string
  onClose: () => void
}

function Editor({ field, value, within, isRequired, labelId, onSave, onClose }: EditorProps) {
  const say = useText()
  const errorId = useId()
  const { Input, hasManyLines } = kindOf(field)
  const [before] = useState(value)
  const [next, setNext] = useState(value)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const frame = useRef<HTMLDivElement>(null)

  async function finish(final: unknown): Promise<void> {
    if (isBusy) return
    if (sameValue(field, before, final)) return onClose()
    const wrong = checkField(field, final, isRequired)
    if (wrong) return setError(wrong)
    setBusy(true)
    const refused = await onSave(field, final, before)
    setBusy(false)
    if (refused) setError(refused)
    else onClose()
  }
  const latest = useRef(finish)
  useEffect(() => {
    latest.current = finish
  })

  useEffect(() => {
    function leave(event: PointerEvent): void {
      const target = event.target
      if (!(target instanceof Element) || frame.current?.contains(target) || target.closest(floating)) return
      void latest.current(nextValue.current)
    }
    document.addEventListener('pointerdown', leave, true)
    return () => document.removeEventListener('pointerdown', leave, true)
  }, [])
  const nextValue = useRef(next)
  useEffect(() => {
    nextValue.current = next
  })

  return (
    <div
      ref={frame}
      className={styles.editor}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') {
          event.preventDefault()
          event.stopPropagation()
          onClose()
        } else if (event.key === 'Enter' && (!hasManyLines || event.ctrlKey || event.metaKey) && !event.defaultPrevented && !isPicking(event)) {
          event.preventDefault()
          event.stopPropagation()
          void finish(next)
        }
      }}
    >
      <div className={styles.input}>
        <Input
          value={next ?? null}
          field={field}
          within={within}
          place="form"
          autoFocus
          disabled={isBusy}
          invalid={error !== null}
          onChange={(changed) => {
            setNext(changed)
            setError(null)
          }}
          onDone={(final) => void finish(final)}
          aria-labelledby={labelId}
          aria-describedby={error ? errorId : undefined}
        />
        <button type="button" className={styles.tool} aria-label={say('save')} disabled={isBusy} onClick={() => void finish(next)}>
          <Check size={16} aria-hidden />
        </button>
        <button type="button" className={styles.tool} aria-label={say('cancel')} onClick={onClose}>
          <X size={16} aria-hidden />
        </button>
      </div>
      <FieldError id={errorId}>{error}</FieldError>
    </div>
  )
}

/** Enter in an open list of options picks one; it does not end the editing. */
function isPicking(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true'
}
