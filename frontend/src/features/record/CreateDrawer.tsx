/** A new record, beside the list it will stand in. */
import { ArrowLeft } from 'lucide-react'
import { useObject } from '@/api/objects'
import type { FullRecord, Values } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { LoadingRows, NoAccess } from '@/ui/faces'
import { SideDrawer } from '@/ui/SideDrawer'
import { toast } from '@/ui/toast'
import { CreateForm } from './CreateForm'
import { FormStackPanes, useFormStack } from './form_stack'
import { useText } from './messages'
import styles from './RecordDrawer.module.css'

export interface CreateDrawerProps {
  object: string
  values?: Values | undefined
  onClose: () => void
  onCreated: (record: FullRecord) => void
}

export function CreateDrawer({ object: name, values, onClose, onCreated }: CreateDrawerProps) {
  const say = useText()
  const label = useLabel()
  const object = useObject(name)
  const stack = useFormStack()
  const top = stack.waiting.at(-1)
  const close = top ? () => stack.back() : onClose
  return (
    <SideDrawer
      width={720}
      flush
      blocksKeys
      onClose={close}
      title={
        <span className={styles.title}>
          {top && (
            <button type="button" className={styles.back} onClick={() => stack.back()} aria-label={say('back_to', { object: label(object?.label) })}>
              <ArrowLeft size={16} aria-hidden />
            </button>
          )}
          {say('new_of', { object: label((top?.object ?? object)?.label) })}
        </span>
      }
    >
      {!object ? (
        <LoadingRows />
      ) : object.rights.create ? (
        <FormStackPanes stack={stack}>
          <CreateForm
            object={object}
            values={values}
            onCancel={onClose}
            onCreated={(record) => {
              toast.show({ text: say('created', { name: record.name ?? '' }) })
              onCreated(record)
            }}
          />
        </FormStackPanes>
      ) : (
        <NoAccess />
      )}
    </SideDrawer>
  )
}
