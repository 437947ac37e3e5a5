/** A new kind of data: what it is called, how it looks, who may see it. */
import { useId, useState } from 'react'
import { Input, Select } from 'antd'
import { useApps } from '@/api/objects'
import { useRoles } from '@/api/people'
import type { NewObject } from '@/api/design_types'
import type { Label } from '@/api/types'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { SideDrawer } from '@/ui/SideDrawer'
import { isEmptyLabel, LabelInputs, tidyLabel } from './LabelInputs'
import { HueChoice, IconChoice } from './Looks'
import styles from './forms.module.css'
import { useText } from './text'

export interface ObjectFormProps {
  /** Rejects with why it cannot be added. */
  onAdd: (object: NewObject) => Promise<void>
  onClose: () => void
}

export function ObjectForm({ onAdd, onClose }: ObjectFormProps) {
  const say = useText()
  const locale = useLocale()
  const id = useId()
  const apps = useApps()
  const roles = useRoles()
  const [label, setLabel] = useState<Label>({})
  const [plural, setPlural] = useState('')
  const [description, setDescription] = useState<Label>({})
  const [icon, setIcon] = useState('box')
  const [color, setColor] = useState('teal')
  const [app, setApp] = useState<string | undefined>(undefined)
  const [grants, setGrants] = useState<string[]>([])
  const [isTried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [first] = apps.data ?? []
  const chosenApp = app ?? first?.name

  function asked(): NewObject {
    const tidy = tidyLabel(label)
    return {
      label: tidy,
      ...(plural.trim() ? { plural_label: { ...tidy, en: plural.trim() } } : {}),
      ...(isEmptyLabel(description) ? {} : { description: tidyLabel(description) }),
      icon,
      color,
      ...(chosenApp ? { app: chosenApp } : {}),
      grant_roles: grants,
    }
  }

  async function add(): Promise<void> {
    setTried(true)
    setRefusal(null)
    if (isEmptyLabel(label)) return
    setAsking(true)
    try {
      await onAdd(asked())
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error))
      setAsking(false)
    }
  }

  return (
    <SideDrawer
      title={say('newObject')}
      width={480}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('cancel')}</Button>
          <Button type="primary" loading={isAsking} onClick={() => void add()}>
            {say('addToDraft')}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void add()
        }}
      >
        <p className={styles.hint}>{say('objectHint')}</p>
        <LabelInputs value={label} onChange={setLabel} autoFocus error={isTried && isEmptyLabel(label) ? say('labelNeeded') : null} />
        {label.en?.trim() && (
          <div>
            <FieldLabel htmlFor={`${id}plural`} optional help={say('pluralHint')}>
              {say('plural')}
            </FieldLabel>
            <Input id={`${id}plural`} value={plural} maxLength={100} placeholder={`${label.en.trim()}s`} onChange={(event) => setPlural(event.target.value)} />
          </div>
        )}
        <div>
          <FieldLabel>{say('icon')}</FieldLabel>
          <IconChoice value={icon} onChange={setIcon} />
        </div>
        <div>
          <FieldLabel>{say('color')}</FieldLabel>
          <HueChoice value={color} onChange={setColor} />
        </div>
        {(apps.data?.length ?? 0) > 0 && (
          <div>
            <FieldLabel htmlFor={`${id}app`}>{say('inApp')}</FieldLabel>
            <Select
              id={`${id}app`}
              value={chosenApp ?? null}
              options={(apps.data ?? []).map((one) => ({ value: one.name, label: labelText(one.label, locale) }))}
              style={{ width: '100%' }}
              onChange={(value) => setApp(value ?? undefined)}
            />
          </div>
        )}
        <div>
          <FieldLabel htmlFor={`${id}roles`} help={say('whoSeesHint')}>
            {say('whoSees')}
          </FieldLabel>
          <Select
            id={`${id}roles`}
            mode="multiple"
            value={grants}
            options={(roles.data ?? []).filter((role) => !role.is_administrator).map((role) => ({ value: role.id, label: labelText(role.name, locale) }))}
            optionFilterProp="label"
            style={{ width: '100%' }}
            onChange={setGrants}
          />
        </div>
        <LabelInputs kind="help" value={description} onChange={setDescription} />
        <FieldError>{refusal}</FieldError>
        <button type="submit" hidden />
      </form>
    </SideDrawer>
  )
}
