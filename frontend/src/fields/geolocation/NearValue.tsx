/** The surroundings a condition asks for: a place and how far. */
import { useState } from 'react'
import { defineMessages } from '@/lib/i18n'
import type { FilterValueProps } from '@/registry/field_kind'
import { FigureBox } from '@/ui/inputs/FigureBox'
import { PlaceBox } from './PlaceBox'
import { readPlace, writtenPlace } from './places'
import type { Surrounding } from './places'
import styles from './geolocation.module.css'

const useText = defineMessages('geolocation', { 'zh-CN': { km: '公里' }, en: { km: 'km' } })

export function NearValue({ field, value, onChange }: FilterValueProps) {
  const say = useText()
  const [typed, setTyped] = useState<{ place: string | null; km: number | null }>(() => ({ place: null, km: 5, ...(value as Surrounding | undefined) }))
  function change(next: typeof typed): void {
    setTyped(next)
    const read = next.place === null ? null : readPlace(next.place)
    onChange(read && next.km !== null && next.km > 0 ? { place: writtenPlace(read), km: next.km } : undefined)
  }
  return (
    <span className={styles.near}>
      <PlaceBox place="form" field={field} value={typed.place} onChange={(place) => change({ ...typed, place })} />
      <FigureBox place="form" value={typed.km} suffix={say('km')} onChange={(km) => change({ ...typed, km })} />
    </span>
  )
}
