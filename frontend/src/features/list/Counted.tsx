/** How many records there are: capped, and exactly for whoever asks. */
import { useState } from 'react'
import { useCount } from '@/api/records'
import type { CountQuery } from '@/api/records'
import { formatNumber } from '@/lib/format'
import { useText } from './messages'
import styles from './list.module.css'

export function Counted({ object, query }: { object: string; query: CountQuery }) {
  const say = useText()
  const [asked, setAsked] = useState<string | null>(null)
  const wanted = JSON.stringify(query)
  const capped = useCount(object, query)
  const exact = useCount(object, { ...query, exact: true }, asked === wanted)
  const answer = asked === wanted && exact.data && !exact.data.capped ? exact.data : capped.data
  if (!answer) return null
  const count = formatNumber(answer.count)
  if (!answer.capped) return <span className={styles.count}>{say('count', { count })}</span>
  return (
    <button type="button" className={styles.count} title={say('count_exactly')} onClick={() => setAsked(wanted)}>
      {say('count_capped', { count })}
    </button>
  )
}
