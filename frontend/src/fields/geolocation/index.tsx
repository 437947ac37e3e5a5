/** A place on earth, in WGS-84. */
import { Input } from 'antd'
import { Locate } from 'lucide-react'
import { Suspense, lazy } from 'react'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { readPlace, writtenPlace } from './places'
import type { Surrounding } from './places'
import styles from './geolocation.module.css'

const MapLinks = lazy(async () => ({ default: (await import('./MapLinks')).MapLinks }))
const NearValue = lazy(async () => ({ default: (await import('./NearValue')).NearValue }))
const PlaceBox = lazy(async () => ({ default: (await import('./PlaceBox')).PlaceBox }))

function shown(value: string): string {
  return value.replace(',', ', ')
}

function GeolocationCell({ value, place }: CellProps<string>) {
  const read = place === 'page' ? readPlace(value) : null
  return (
    <span className={styles.place}>
      <span className="tabular">{shown(value)}</span>
      {read && (
        <Suspense fallback={null}>
          <MapLinks place={read} />
        </Suspense>
      )}
    </span>
  )
}

function GeolocationInput(props: InputProps<string>) {
  return (
    <Suspense fallback={<Input value={props.value ?? ''} disabled aria-labelledby={props['aria-labelledby']} />}>
      <PlaceBox {...props} />
    </Suspense>
  )
}

export const geolocation = fieldKind<string>({
  type: 'geolocation',
  holds: 'text',
  label: { 'zh-CN': '定位', en: 'Location' },
  icon: Locate,
  align: 'left',
  width: 190,
  Cell: GeolocationCell,
  Input: GeolocationInput,
  FilterValue: (props) => (
    <Suspense fallback={<Input disabled />}>
      <NearValue {...props} />
    </Suspense>
  ),
  Settings: null,
  format: (value, _, locale) => {
    if (typeof value === 'string') return shown(value)
    const { place, km } = value as Surrounding
    return locale === 'zh-CN' ? `${shown(place)} 周围 ${km} 公里` : `${km} km around ${shown(place)}`
  },
  parse: (text) => {
    if (text.trim() === '') return { value: null }
    const place = readPlace(text)
    return place ? { value: writtenPlace(place) } : { error: { 'zh-CN': '请填纬度和经度，例如 31.230416, 121.473701。', en: 'Enter latitude and longitude, such as 31.230416, 121.473701.' } }
  },
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [{ value: '31.230416,121.473701', typed: '31.230416, 121.473701', shown: { 'zh-CN': '31.230416, 121.473701', en: '31.230416, 121.473701' } }],
})
