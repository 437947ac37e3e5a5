/** Names a group of fields. */
import { useState } from 'react'
import { Modal } from 'antd'
import type { Label } from '@/api/types'
import { isEmptyLabel, LabelInputs, tidyLabel } from './LabelInputs'
import { useText } from './text'

export interface GroupDialogProps {
  label: Label
  onSave: (label: Label) => void
  onClose: () => void
}

export function GroupDialog({ label, onSave, onClose }: GroupDialogProps) {
  const say = useText()
  const [typed, setTyped] = useState(label)
  const [isTried, setTried] = useState(false)

  function save(): void {
    setTried(true)
    if (!isEmptyLabel(typed)) onSave(tidyLabel(typed))
  }

  return (
    <Modal open title={say('groupName')} width={520} okText={say('done')} cancelText={say('cancel')} onOk={save} onCancel={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <LabelInputs value={typed} onChange={setTyped} autoFocus error={isTried && isEmptyLabel(typed) ? say('labelNeeded') : null} />
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}
