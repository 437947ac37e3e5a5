/** Chooses one of the hues of the design: a dot, and what it is called. */
import { Select } from 'antd'
import { defineMessages } from '@/lib/i18n'
import { hues } from '../tokens'
import styles from './option_settings.module.css'

const useText = defineMessages('hue', {
  'zh-CN': { colour: '颜色', grey: '灰', red: '红', orange: '橙', amber: '琥珀', lime: '黄绿', green: '绿', teal: '青', cyan: '天蓝', blue: '蓝', indigo: '靛', violet: '紫', pink: '粉' },
  en: { colour: 'Colour', grey: 'grey', red: 'red', orange: 'orange', amber: 'amber', lime: 'lime', green: 'green', teal: 'teal', cyan: 'cyan', blue: 'blue', indigo: 'indigo', violet: 'violet', pink: 'pink' },
})

export function HueSelect({ value, onChange }: { value: string; onChange: (hue: string) => void }) {
  const say = useText()
  return (
    <Select<string>
      aria-label={say('colour')}
      value={value}
      options={hues.map((hue) => ({ value: hue, label: say(hue) }))}
      optionRender={(option) => <Dot hue={String(option.value)} text={String(option.label)} />}
      labelRender={(option) => <Dot hue={String(option.value)} />}
      popupMatchSelectWidth={false}
      onChange={onChange}
    />
  )
}

function Dot({ hue, text }: { hue: string; text?: string }) {
  return (
    <span className={styles.colour}>
      <span className={styles.dot} style={{ background: `var(--chip-${hue}-solid)` }} aria-hidden />
      {text}
    </span>
  )
}
