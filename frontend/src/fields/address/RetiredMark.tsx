/** Tells of a code that is no longer used; fetched with the table of regions. */
import { useText } from './messages'
import { useRegions } from './use_regions'
import styles from './address.module.css'

export function RetiredMark({ code }: { code: string }) {
  const say = useText()
  const until = useRegions()?.find(code)?.until
  if (!until) return null
  return (
    <span className={styles.retired} title={say('retired', { code, year: String(until) })}>
      {say('retired_short')}
    </span>
  )
}
