/** Icon and colour of an object. */
import { objectIcons } from '@/ui/ObjectIcon'
import { hueNames, hues } from '@/ui/tokens'
import { useLocale } from '@/lib/i18n'
import styles from './forms.module.css'
import { useText } from './text'

interface LookProps {
  value: string
  onChange: (value: string) => void
}

export function IconChoice({ value, onChange }: LookProps) {
  const say = useText()
  return (
    <div className={styles.icons} role="radiogroup" aria-label={say('icon')}>
      {Object.entries(objectIcons).map(([name, Icon]) => (
        <button key={name} type="button" role="radio" aria-checked={name === value} aria-label={name} title={name} className={styles.icon} onClick={() => onChange(name)}>
          <Icon size={16} aria-hidden />
        </button>
      ))}
    </div>
  )
}

export function HueChoice({ value, onChange }: LookProps) {
  const say = useText()
  const locale = useLocale()
  return (
    <div className={styles.hues} role="radiogroup" aria-label={say('color')}>
      {hues.map((hue) => {
        const name = locale === 'zh-CN' ? hueNames[hue] : hue
        return (
          <button key={hue} type="button" role="radio" aria-checked={hue === value} aria-label={name} title={name} className={styles.hue} onClick={() => onChange(hue)}>
            <span style={{ background: `var(--chip-${hue}-solid)` }} />
          </button>
        )
      })}
    </div>
  )
}
