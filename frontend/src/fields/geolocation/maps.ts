/** The shifted coordinates of Chinese maps, and where maps show a place. */
import type { Place } from './places'

const axis = 6378245
const eccentricity = 0.00669342162296594323

function isOutside({ lat, lon }: Place): boolean {
  return lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271
}

/** How far GCJ-02 lies from WGS-84 there, in degrees; the well-known approximation, good to a few metres. */
function shift({ lat, lon }: Place): Place {
  const [x, y] = [lon - 105, lat - 35]
  const { PI, sin, cos, sqrt, abs } = Math
  const wave = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + wave +
    ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3 + ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + wave +
    ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3 + ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3
  const radians = (lat / 180) * PI
  const magic = 1 - eccentricity * sin(radians) ** 2
  return {
    lat: (north * 180) / (((axis * (1 - eccentricity)) / (magic * sqrt(magic))) * PI),
    lon: (east * 180) / ((axis / sqrt(magic)) * cos(radians) * PI),
  }
}

/** As maps of AMap and Tencent show it. */
export function toGcj(place: Place): Place {
  if (isOutside(place)) return place
  const by = shift(place)
  return { lat: place.lat + by.lat, lon: place.lon + by.lon }
}

/** Back again: what is shifted to there. */
export function fromGcj(shown: Place): Place {
  if (isOutside(shown)) return shown
  let place = shown
  for (let turn = 0; turn < 5; turn += 1) {
    const there = toGcj(place)
    place = { lat: place.lat + shown.lat - there.lat, lon: place.lon + shown.lon - there.lon }
  }
  return place
}

export interface MapLink {
  name: { 'zh-CN': string; en: string }
  address: string
}

export function mapsOf(place: Place): MapLink[] {
  const gcj = toGcj(place)
  const at = `${place.lat.toFixed(6)}/${place.lon.toFixed(6)}`
  return [
    { name: { 'zh-CN': '高德地图', en: 'AMap' }, address: `https://uri.amap.com/marker?position=${gcj.lon.toFixed(6)},${gcj.lat.toFixed(6)}` },
    { name: { 'zh-CN': 'OpenStreetMap', en: 'OpenStreetMap' }, address: `https://www.openstreetmap.org/?mlat=${place.lat.toFixed(6)}&mlon=${place.lon.toFixed(6)}#map=16/${at}` },
  ]
}
