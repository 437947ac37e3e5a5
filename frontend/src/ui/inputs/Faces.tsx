/** Several people: their faces where room is short, with their names where there is room. */
import type { Reference } from '@/api/types'
import { useLocale } from '@/lib/i18n'
import { PersonAvatar } from '../Avatar'
import styles from './inputs.module.css'
import { namesOf } from './references'

const mostFaces = 4

export function Faces({ people, place }: { people: readonly Reference[]; place: 'cell' | 'card' | 'page' }) {
  const locale = useLocale()
  const [only] = people
  const isRoomy = place === 'page' || (people.length === 1 && place === 'cell')
  if (isRoomy && only) {
    return (
      <span className={styles.several}>
        {people.map((one) => (
          <span key={one.id} className={styles.record}>
            <PersonAvatar id={one.id} name={one.name} />
            <span className={styles.name}>{one.name ?? '—'}</span>
          </span>
        ))}
      </span>
    )
  }
  const names = namesOf(people, locale)
  return (
    <span className={styles.faces} title={names}>
      {people.slice(0, mostFaces).map((one) => (
        <PersonAvatar key={one.id} id={one.id} name={one.name} />
      ))}
      {people.length > mostFaces && <span className={styles.telling}>+{people.length - mostFaces}</span>}
      <span className="visually-hidden">{names}</span>
    </span>
  )
}
