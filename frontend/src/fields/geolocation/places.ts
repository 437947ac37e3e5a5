/** Places as they are written. */

export interface Place {
  lat: number
  lon: number
}

/** What a condition asks for. */
export interface Surrounding {
  place: string
  km: number
}

const pair = /^([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NS])?\s*[,，;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW])?$/i

/** Null for what is no place. */
export function readPlace(text: string): Place | null {
  const match = pair.exec(text.normalize('NFKC').trim())
  if (!match) return null
  const lat = Number(match[1]) * (match[2]?.toUpperCase() === 'S' ? -1 : 1)
  const lon = Number(match[3]) * (match[4]?.toUpperCase() === 'W' ? -1 : 1)
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null
}

export function writtenPlace({ lat, lon }: Place): string {
  const part = (degrees: number) => (Math.abs(degrees) < 5e-7 ? 0 : degrees).toFixed(6)
  return `${part(lat)},${part(lon)}`
}
