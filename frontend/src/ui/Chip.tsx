/** A value as a small coloured label: with a dot for what moves (stage, status), without for a kind. */
import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import { asHue } from './hue'
import styles from './Chip.module.css'

const useText = defineMessages('chip', { 'zh-CN': { remove: '去掉' }, en: { remove: 'Remove' } })

export interface ChipProps {
  hue?: string | null | undefined
  dot?: boolean | undefined
  children: ReactNode
  onRemove?: () => void
  removeLabel?: string
  title?: string
}

export function Chip({ hue, dot, children, onRemove, removeLabel, title }: ChipProps) {
  const say = useText()
  const name = asHue(hue)
  return (
    <span className={styles.chip} style={{ background: `var(--chip-${name}-background)`, color: `var(--chip-${name}-text)` }} title={title}>
      {dot && <span className={styles.dot} style={{ background: `var(--chip-${name}-solid)` }} aria-hidden />}
      <span className={styles.text}>{children}</span>
      {onRemove && (
        <button type="button" className={styles.remove} aria-label={removeLabel ?? say('remove')} onClick={onRemove}>
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  )
}
