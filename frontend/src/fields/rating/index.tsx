/** So many stars. */
import { Flame, Heart, Star, ThumbsUp } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Field } from '@/api/types'
import { formatChange, parseFigure } from '@/lib/format'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, SettingsProps } from '@/registry/field_kind'
import { FigureFilterValue } from '@/ui/inputs/filter_values'
import { PickedSetting } from '@/ui/inputs/settings'
import { useReplacement } from '@/ui/inputs/TextBox'
import styles from './rating.module.css'

const useText = defineMessages('rating', {
  'zh-CN': { of: '{{value}} / {{maximum}}', maximum: '最高', symbol: '图标', star: '星', heart: '心', flame: '火', thumb: '赞', clear: '清除评分' },
  en: { of: '{{value}} of {{maximum}}', maximum: 'Out of', symbol: 'Sign', star: 'Star', heart: 'Heart', flame: 'Flame', thumb: 'Thumb', clear: 'Clear the rating' },
})

const symbols = { star: Star, heart: Heart, flame: Flame, thumb: ThumbsUp } satisfies Record<string, LucideIcon>
type Symbol = keyof typeof symbols

function settingsIn(field: Pick<Field, 'options'>): { maximum: number; symbol: Symbol } {
  const { maximum, symbol } = field.options
  return { maximum: Number(maximum ?? 5), symbol: typeof symbol === 'string' && symbol in symbols ? (symbol as Symbol) : 'star' }
}

function RatingCell({ value, field }: CellProps<number>) {
  const say = useText()
  const { maximum, symbol } = settingsIn(field)
  const Sign = symbols[symbol]
  return (
    <span className={styles.signs} role="img" aria-label={say('of', { value: String(value), maximum: String(maximum) })}>
      {Array.from({ length: maximum }, (_, place) => (
        <Sign key={place} size={14} className={place < value ? styles.on : styles.off} aria-hidden />
      ))}
    </span>
  )
}

function RatingInput({ value, field, onChange, id, autoFocus, disabled, typed, onDone, invalid, ...aria }: InputProps<number>) {
  const say = useText()
  const { maximum, symbol } = settingsIn(field)
  const Sign = symbols[symbol]
  const choose = (next: number | null): void => {
    onChange(next)
    onDone?.(next)
  }
  useReplacement(typed, (text) => {
    const figure = parseFigure(text)
    if (figure !== null) onChange(figure === 0 ? null : Math.min(maximum, Math.round(figure)))
  })
  return (
    // One slider to the keyboard: arrows change it, Backspace clears it, a digit sets it.
    <span
      id={id}
      className={styles.input}
      role="slider"
      tabIndex={disabled ? -1 : 0}
      ref={(element) => {
        if (autoFocus) element?.focus()
      }}
      aria-valuemin={0}
      aria-valuemax={maximum}
      aria-valuenow={value ?? 0}
      aria-valuetext={say('of', { value: String(value ?? 0), maximum: String(maximum) })}
      aria-disabled={disabled}
      aria-invalid={invalid}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
      onKeyDown={(event) => {
        if (disabled) return
        const now = value ?? 0
        const next =
          event.key === 'ArrowRight' || event.key === 'ArrowUp' ? Math.min(maximum, now + 1)
          : event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? Math.max(0, now - 1)
          : event.key === 'Backspace' || event.key === 'Delete' ? 0
          : /^\d$/.test(event.key) && !event.ctrlKey && !event.metaKey ? Math.min(maximum, Number(event.key))
          : null
        if (next === null) return
        event.preventDefault()
        event.stopPropagation()
        onChange(next === 0 ? null : next)
      }}
    >
      {Array.from({ length: maximum }, (_, place) => (
        <button
          key={place}
          type="button"
          tabIndex={-1}
          className={styles.sign}
          disabled={disabled}
          aria-hidden
          title={value === place + 1 ? say('clear') : String(place + 1)}
          onClick={() => choose(value === place + 1 ? null : place + 1)}
        >
          <Sign size={18} className={place < (value ?? 0) ? styles.on : styles.off} />
        </button>
      ))}
    </span>
  )
}

function RatingSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  const { maximum, symbol } = settingsIn({ options })
  const most = Object.fromEntries(Array.from({ length: 9 }, (_, place) => [String(place + 2), String(place + 2)]))
  return (
    <>
      <PickedSetting label={say('maximum')} value={String(maximum)} choices={most} onChange={(next) => onChange({ ...options, maximum: Number(next) })} />
      <PickedSetting
        label={say('symbol')}
        value={symbol}
        choices={{ star: say('star'), heart: say('heart'), flame: say('flame'), thumb: say('thumb') }}
        onChange={(next) => onChange({ ...options, symbol: next })}
      />
    </>
  )
}

export const rating = fieldKind<number>({
  type: 'rating',
  holds: 'number',
  label: { 'zh-CN': '评分', en: 'Rating' },
  icon: Star,
  align: 'left',
  width: 120,
  Cell: RatingCell,
  Input: RatingInput,
  FilterValue: FigureFilterValue,
  Settings: RatingSettings,
  format: (value) => String(value),
  parse: (text, field) => {
    const plain = text.normalize('NFKC').trim()
    if (plain === '') return { value: null }
    const { maximum } = settingsIn(field)
    const figure = /^[★☆⭐]+$/u.test(plain) ? [...plain].filter((sign) => sign !== '☆').length : parseFigure(plain)
    if (figure === null || figure < 0 || figure > maximum || !Number.isInteger(figure)) {
      return { error: { 'zh-CN': `请填 1 到 ${maximum} 的整数。`, en: `Enter a whole number from 1 to ${maximum}.` } }
    }
    return { value: figure === 0 ? null : figure }
  },
  summary: 'average',
  isDrawn: true,
  isEmpty: (value) => value === null || value === undefined,
  toWire: (value) => value,
  difference: (before, after) => {
    if (before === null || after === null || before === after) return null
    return { text: formatChange(after - before), direction: after > before ? 'up' : 'down' }
  },
  isPicked: true,
  examples: [{ value: 3, typed: '★★★☆☆', shown: { 'zh-CN': '3', en: '3' } }],
})
