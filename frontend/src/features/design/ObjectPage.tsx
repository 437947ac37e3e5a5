/** One kind of data as the administrator shapes it: its fields, what it is linked to, its name and look. */
import { ExternalLink, Plus } from 'lucide-react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { DesignStep } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { NothingMatches } from '@/ui/faces'
import { Tabs } from '@/ui/Tabs'
import { toast } from '@/ui/toast'
import { retiredFields } from './draft_view'
import type { DraftObject } from './draft_view'
import { FieldPanel, NewFieldPanel } from './FieldPanel'
import { FieldTable } from './FieldTable'
import { Frame } from './Frame'
import type { Designing } from './Frame'
import { ObjectSettings } from './ObjectSettings'
import styles from './ObjectPage.module.css'
import { Relations, relationsOf } from './Relations'
import { RetiredFields } from './RetiredFields'
import { useText as useRuleText } from './rules/text'
import { MatchRules } from './rules/MatchRules'
import { UniqueRules } from './rules/UniqueRules'
import { Validations } from './rules/Validations'
import { useText } from './text'

const fieldPanel = 'field:'

export function ObjectPage() {
  const { object: name } = useParams()
  return (
    <Frame key={name} current={name} tabs={(designing) => <ObjectTabs designing={designing} name={name} />} side={(designing) => <Side designing={designing} name={name} />}>
      {(designing) => <Body designing={designing} name={name} />}
    </Frame>
  )
}

interface PartProps {
  designing: Designing
  name: string | undefined
}

function objectOf({ designing, name }: PartProps): DraftObject | undefined {
  return designing.objects.find((object) => object.name === name)
}

function ObjectTabs(props: PartProps) {
  const say = useText()
  const sayRule = useRuleText()
  const locale = useLocale()
  const navigate = useNavigate()
  const [address, setAddress] = useSearchParams()
  const { designing } = props
  const object = objectOf(props)
  if (!object) return null
  const items = [
    { key: 'fields', label: say('tab_fields'), count: object.fields.filter((field) => !field.system && field.retired_at === null).length },
    { key: 'relations', label: say('tab_relations'), count: relationsOf(object, designing.objects).length },
    { key: 'validations', label: sayRule('tab'), count: (object.validations?.length ?? 0) + (object.unique_rules?.length ?? 0) + (object.match_rules?.length ?? 0) },
    ...(designing.isReadOnly ? [] : [{ key: 'object', label: say('tab_object') }]),
  ]
  return (
    <div className={styles.tabs}>
      <Tabs
        label={labelText(object.label, locale)}
        items={items}
        active={address.get('tab') ?? 'fields'}
        onChange={(tab) => setAddress(tab === 'fields' ? {} : { tab }, { replace: true })}
        extra={
          designing.isReadOnly ? undefined : (
            <span className={styles.deeds}>
              {object.mark !== 'new' && object.retired_at === null && (
                <Button
                  type="text"
                  icon={<ExternalLink size={14} aria-hidden />}
                  onClick={() => navigate(`/o/${object.name}`)}
                  aria-label={say('openData', { name: labelText(object.plural_label, locale) })}
                  title={say('openData', { name: labelText(object.plural_label, locale) })}
                />
              )}
              <Button icon={<Plus size={16} aria-hidden />} onClick={() => designing.show('new')}>
                {say('addField')}
              </Button>
            </span>
          )
        }
      />
    </div>
  )
}

function useSteps(designing: Designing, object: DraftObject | undefined): (step: DesignStep) => void {
  const say = useText()
  const locale = useLocale()
  return (step) => {
    designing.drafting.add(step)
    if (step.action !== 'retire_field' || !object) return
    const field = object.fields.find((one) => one.name === step.field)
    toast.show({ text: say('retiredToast', { name: labelText(field?.label, locale) }), undo: designing.drafting.undo })
  }
}

function Body(props: PartProps) {
  const say = useText()
  const [address] = useSearchParams()
  const { designing } = props
  const object = objectOf(props)
  const onStep = useSteps(designing, object)
  if (!object) return <NothingMatches title={say('gone')} text={<Link to="/settings/objects">{say('data')}</Link>} />
  const tab = address.get('tab') ?? 'fields'
  if (tab === 'relations') return <Relations object={object} objects={designing.objects} />
  if (tab === 'validations') {
    const parts = { object, objects: designing.objects, isReadOnly: designing.isReadOnly, onStep }
    return (
      <div key={object.name} className={styles.rules}>
        <Validations {...parts} />
        <UniqueRules {...parts} />
        <MatchRules {...parts} />
      </div>
    )
  }
  if (tab === 'object') return <ObjectSettings object={object} onStep={onStep} />
  const selected = designing.panel?.startsWith(fieldPanel) ? designing.panel.slice(fieldPanel.length) : null
  return (
    <>
      <FieldTable object={object} selected={selected} isReadOnly={designing.isReadOnly} onSelect={(field) => designing.show(fieldPanel + field)} onStep={onStep} />
      <RetiredFields object={object} fields={retiredFields(object)} isReadOnly={designing.isReadOnly} onStep={onStep} />
    </>
  )
}

function Side(props: PartProps) {
  const { designing } = props
  const object = objectOf(props)
  const onStep = useSteps(designing, object)
  const close = () => designing.show(null)
  if (!object || designing.panel === null) return null
  if (designing.panel === 'new') {
    return (
      <NewFieldPanel
        object={object}
        objects={designing.objects}
        onClose={close}
        onAdd={async (step) => {
          await designing.addNamed(step)
          designing.show('plan')
        }}
      />
    )
  }
  const field = object.fields.find((one) => fieldPanel + one.name === designing.panel)
  return field ? <FieldPanel key={field.name} object={object} objects={designing.objects} field={field} onStep={onStep} onClose={close} /> : null
}
