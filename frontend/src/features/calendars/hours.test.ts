import { expect, it } from 'vitest'
import { hoursText, parseHours, parseYear } from './hours'
import { weeksWith } from './SettingsDialog'

it.each([
  ['09:00-12:00, 13:30-18:00', '09:00-12:00, 13:30-18:00'],
  ['13:30–18:00；9-12', '09:00-12:00, 13:30-18:00'],
  ['９：００ 至 １２：００', '09:00-12:00'],
  ['0-24', '00:00-24:00'],
  ['', ''],
])('reads the hours %s', (written, wanted) => {
  expect(hoursText(parseHours(written) ?? [[0, 1]])).toBe(wanted)
})

it.each(['9', '12-9', '9-12, 11-13', '9:60-12', '9-25', 'morning', '09:00-12:00-18:00'])('refuses the hours %s', (written) => {
  expect(parseHours(written)).toBeNull()
})

it('reads a year of holidays and tells the lines it cannot read', () => {
  const text = '2027-10-01, 休, 国庆节\n2027/10/9,班,国庆节调休上班\n\n2027-13-01, 休\n2026-10-01, 休\n2027-10-02, ?'
  const { days, unread } = parseYear(text, 2027)
  expect(days).toEqual([
    { day: '2027-10-01', kind: 'rest', name: { 'zh-CN': '国庆节', en: '国庆节' } },
    { day: '2027-10-09', kind: 'work', name: { 'zh-CN': '国庆节调休上班', en: '国庆节调休上班' } },
  ])
  expect(unread).toEqual(['2027-13-01, 休', '2026-10-01, 休', '2027-10-02, ?'])
})

it('leaves the hours before the day on which new ones begin', () => {
  const [old, fresh] = [[[[540, 720]]], [[[600, 720]]]]
  const weeks = [{ since: null, hours: old }]
  expect(weeksWith(weeks, fresh, '2027-01-01')).toEqual([{ since: null, hours: old }, { since: '2027-01-01', hours: fresh }])
  expect(weeksWith(weeks, fresh, null)).toEqual([{ since: null, hours: fresh }])
})
