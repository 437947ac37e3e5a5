/** Faces: people are round, companies square. The name stands beside them, so they are silent to screen readers. */
import { hueFor } from './hue'
import { companyMonogram, personMonogram } from './monogram'
import styles from './Avatar.module.css'

interface FaceProps {
  letters: string
  seed: string
  size: number
  isRound: boolean
}

function Face({ letters, seed, size, isRound }: FaceProps) {
  const hue = hueFor(seed)
  return (
    <span
      className={styles.face}
      aria-hidden
      style={{
        width: size,
        height: size,
        borderRadius: isRound ? '50%' : Math.max(4, size / 6),
        fontSize: Math.max(10, Math.round(size * (letters.length > 1 ? 0.42 : 0.52))),
        background: `var(--chip-${hue}-background)`,
        color: `var(--chip-${hue}-text)`,
      }}
    >
      {letters}
    </span>
  )
}

export function PersonAvatar({ id, name, size = 20 }: { id: string; name: string | null | undefined; size?: number }) {
  return <Face letters={personMonogram(name ?? '')} seed={id} size={size} isRound />
}

export function CompanyAvatar({ name, size = 20 }: { name: string | null | undefined; size?: number }) {
  return <Face letters={companyMonogram(name ?? '')} seed={name ?? ''} size={size} isRound={false} />
}
