/** Asks for the name of a view, and whether everybody may use it. */
import { useId, useState } from 'react'
import { Checkbox, Input } from 'antd'
import { problemText } from '@/api/problem'
import { Dialog } from '@/ui/Dialog'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { useText } from './messages'
import styles from './list.module.css'

export interface ViewDialogProps {
  title: string
  verb: string
  name: string
  mayShare: boolean
  onSave: (name: string, shared: boolean) => Promise<void>
  onClose: () => void
}

export function ViewDialog({ title, verb, name, mayShare, onSave, onClose }: ViewDialogProps) {
  const say = useText()
  const id = useId()
  const [typed, setTyped] = useState(name)
  const [shared, setShared] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function save(): Promise<void> {
    if (isBusy) return
    if (typed.trim() === '') return setError(say('name_needed'))
    setBusy(true)
    try {
      await onSave(typed.trim(), shared)
      onClose()
    } catch (problem) {
      setError(problemText(problem))
      setBusy(false)
    }
  }
  return (
    <Dialog open title={title} okText={verb} cancelText={say('cancel')} confirmLoading={isBusy} onOk={() => void save()} onCancel={onClose} width={440} destroyOnHidden>
      <div className={styles.dialog} data-blocks-keys>
        <FieldLabel htmlFor={id} required>
          {say('view_name')}
        </FieldLabel>
        <Input
          id={id}
          autoFocus
          value={typed}
          maxLength={60}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setTyped(event.target.value)
            setError(null)
          }}
          onPressEnter={(event) => {
            if (!event.nativeEvent.isComposing) void save()
          }}
          {...(error ? { status: 'error' as const } : {})}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        <FieldError id={`${id}-error`}>{error}</FieldError>
        {mayShare && (
          <Checkbox className={styles.shared ?? ''} checked={shared} onChange={(event) => setShared(event.target.checked)}>
            {say('view_shared')}
          </Checkbox>
        )}
      </div>
    </Dialog>
  )
}
