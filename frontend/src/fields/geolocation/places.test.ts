import { describe, expect, it } from 'vitest'
import { fromGcj, mapsOf, toGcj } from './maps'
import { readPlace, writtenPlace } from './places'

describe('places', () => {
  it.each([
    ['31.230416, 121.473701', '31.230416,121.473701'],
    ['33.8688S，151.2093E', '-33.868800,151.209300'],
    ['-0.0000001 0', '0.000000,0.000000'],
  ])('reads %s', (text, written) => {
    const place = readPlace(text)
    expect(place && writtenPlace(place)).toBe(written)
  })

  it.each(['121.47, 31.23', 'here', '1', ''])('refuses %s', (text) => {
    expect(readPlace(text)).toBeNull()
  })

  it('shifts places in China as their maps do, and back to a centimetre', () => {
    const waitan = { lat: 31.2304, lon: 121.4737 }
    const shown = toGcj(waitan)
    expect(shown.lat).toBeCloseTo(31.22846, 4)
    expect(shown.lon).toBeCloseTo(121.47823, 4)
    const back = fromGcj(shown)
    expect(Math.abs(back.lat - waitan.lat) + Math.abs(back.lon - waitan.lon)).toBeLessThan(1e-7)
  })

  it('leaves places elsewhere where they are', () => {
    const paris = { lat: 48.8584, lon: 2.2945 }
    expect(toGcj(paris)).toEqual(paris)
    expect(mapsOf(paris)[0]?.address).toContain('2.294500,48.858400')
  })
})
