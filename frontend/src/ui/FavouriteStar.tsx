/** Puts an object, a view or a record among one's favourites, and takes it out again. */
import { Star } from 'lucide-react'
import { useChangeMe, useMe } from '@/api/session'
import type { Favourite } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import styles from './FavouriteStar.module.css'

const useText = defineMessages('favourite', {
  'zh-CN': { add: '加入收藏', remove: '取消收藏' },
  en: { add: 'Add to favourites', remove: 'Remove from favourites' },
})

export function isSameFavourite(a: Favourite, b: Favourite): boolean {
  return a.kind === b.kind && a.object === b.object && a.id === b.id
}

export function FavouriteStar({ favourite }: { favourite: Favourite }) {
  const say = useText()
  const me = useMe().data
  const { mutate } = useChangeMe()
  const known = me?.preferences.favourites ?? []
  const isOn = known.some((each) => isSameFavourite(each, favourite))
  return (
    <button
      type="button"
      className={styles.star}
      aria-pressed={isOn}
      aria-label={say(isOn ? 'remove' : 'add')}
      title={say(isOn ? 'remove' : 'add')}
      onClick={() =>
        mutate({ preferences: { favourites: isOn ? known.filter((each) => !isSameFavourite(each, favourite)) : [...known, favourite] } })
      }
    >
      <Star size={16} aria-hidden />
    </button>
  )
}
