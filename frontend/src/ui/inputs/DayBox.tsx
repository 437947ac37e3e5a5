/** A day or a moment. Its calendar weighs as much as a whole page, so it is fetched apart from the first one. */
import { Suspense, lazy } from 'react'
import { Input } from 'antd'
import type { DayBoxProps } from './DayCalendar'

export const fetchCalendar = () => import('./DayCalendar')

const DayCalendar = lazy(async () => ({ default: (await fetchCalendar()).DayCalendar }))

export function DayBox(props: DayBoxProps) {
  return (
    <Suspense fallback={<Input value={props.value ?? ''} variant={props.place === 'cell' ? 'borderless' : 'outlined'} disabled />}>
      <DayCalendar {...props} />
    </Suspense>
  )
}
