/** A region of China with its code, and a street. */
import { Input } from 'antd'
import { MapPin } from 'lucide-react'
import { Suspense, lazy, useId } from 'react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, FilterValueProps, InputProps, SettingsProps } from '@/registry/field_kind'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { TextBox } from '@/ui/inputs/TextBox'
import { Check, PickedSetting } from '@/ui/inputs/settings'
import inputs from '@/ui/inputs/inputs.module.css'
import { useText } from './messages'
import type { Depth } from './regions'
import { edited, partsOf, wordsOf, written } from './written'
import styles from './address.module.css'

const RegionCascader = lazy(async () => ({ default: (await import('./RegionCascader')).RegionCascader }))
const RegionsCascader = lazy(async () => ({ default: (await import('./RegionCascader')).RegionsCascader }))
const RetiredMark = lazy(async () => ({ default: (await import('./RetiredMark')).RetiredMark }))

function depthOf(options: { [key: string]: unknown }): Depth {
  const { depth } = options
  return depth === 'province' || depth === 'city' ? depth : 'county'
}

function AddressCell({ value, place }: CellProps<string>) {
  const { code } = partsOf(value)
  if (place !== 'page' || code === '') return <>{wordsOf(value)}</>
  return (
    <span className={styles.shown}>
      {wordsOf(value)}
      <Suspense fallback={null}>
        <RetiredMark code={code} />
      </Suspense>
    </span>
  )
}

function AddressInput(props: InputProps<string>) {
  const { value, field, onChange, place, id, autoFocus, disabled, invalid, onDone, ...aria } = props
  const say = useText()
  const streetName = useId()
  const parts = partsOf(value ?? '')
  const hasStreet = field.options['has_street'] !== false
  if (place === 'cell' && hasStreet) return <TextBox {...props} value={value === null ? null : wordsOf(value)} onChange={(words) => onChange(edited(value, words ?? ''))} />
  const described = { 'aria-labelledby': aria['aria-labelledby'], 'aria-describedby': aria['aria-describedby'] }
  return (
    <span className={styles.parts}>
      <Suspense fallback={<Input value={parts.region} disabled placeholder={say('region')} {...described} />}>
        <RegionCascader
          code={parts.code}
          depth={depthOf(field.options)}
          disabled={disabled}
          invalid={invalid}
          autoFocus={autoFocus}
          id={id}
          {...described}
          onChange={(code, region) => {
            const next = written({ ...parts, code, region })
            onChange(next)
            if (!hasStreet) onDone?.(next)
          }}
        />
      </Suspense>
      {hasStreet && (
        <>
          <span id={streetName} hidden>
            {say('street')}
          </span>
          <Input
            value={parts.street}
            placeholder={say('street')}
            maxLength={300}
            autoComplete="off"
            onChange={(event) => onChange(written({ ...parts, street: event.target.value }))}
            {...(disabled ? { disabled } : {})}
            {...(invalid ? { status: 'error' as const } : {})}
            {...described}
            aria-labelledby={[aria['aria-labelledby'], streetName].filter(Boolean).join(' ')}
          />
        </>
      )}
    </span>
  )
}

function AddressFilterValue(props: FilterValueProps) {
  if (props.op !== 'under') return <TextFilterValue {...props} />
  const held = (Array.isArray(props.value) ? props.value : []).map((one) => partsOf(`${String(one)} `).code || String(one).slice(0, 6))
  return (
    <Suspense fallback={<Input className={inputs.full} disabled />}>
      <RegionsCascader codes={held} depth={depthOf(props.field.options)} onChange={props.onChange} />
    </Suspense>
  )
}

function AddressSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  return (
    <div className={inputs.settings}>
      <PickedSetting<Depth>
        label={say('depth')}
        value={depthOf(options)}
        choices={{ province: say('province'), city: say('city'), county: say('county') }}
        onChange={(depth) => onChange({ ...options, depth })}
      />
      <Check isOn={options['has_street'] !== false} onChange={(isOn) => onChange({ ...options, has_street: isOn })}>
        {say('has_street')}
      </Check>
    </div>
  )
}

export const address = fieldKind<string>({
  type: 'address',
  holds: 'text',
  label: { 'zh-CN': '地址', en: 'Address' },
  icon: MapPin,
  align: 'left',
  width: 260,
  Cell: AddressCell,
  Input: AddressInput,
  FilterValue: AddressFilterValue,
  Settings: AddressSettings,
  format: wordsOf,
  // The region of a typed or pasted text is recognised when it is saved.
  parse: (text) => ({ value: text.replace(/\s+/g, ' ').trim() || null }),
  groupsBy: 'under',
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [
    { value: '310115 上海市浦东新区 世纪大道 100 号', typed: '310115 上海市浦东新区 世纪大道 100 号', shown: { 'zh-CN': '上海市浦东新区 世纪大道 100 号', en: '上海市浦东新区 世纪大道 100 号' } },
    { value: '1 Infinite Loop', typed: '1 Infinite Loop', shown: { 'zh-CN': '1 Infinite Loop', en: '1 Infinite Loop' } },
  ],
})
