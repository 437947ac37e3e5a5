/** Opens a place in a map: AMap, which shifts it, and OpenStreetMap. */
import { labelText } from '@/lib/i18n'
import { mapsOf } from './maps'
import type { Place } from './places'

export function MapLinks({ place }: { place: Place }) {
  return mapsOf(place).map(({ name, address }) => (
    <a key={address} href={address} target="_blank" rel="noreferrer noopener">
      {labelText(name)}
    </a>
  ))
}
