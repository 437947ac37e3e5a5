/** One account and all that hangs on it, as a drawing. */
import { useLocale } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import { ObjectIcon } from '@/ui/ObjectIcon'
import styles from './Picture.module.css'

interface Satellite {
  icon: string
  hue: string
  x: number
  y: number
  name: Record<Locale, string>
  note: Record<Locale, string>
}

const satellites: readonly Satellite[] = [
  { icon: 'mail', hue: 'indigo', x: 37, y: 12, name: { 'zh-CN': '邮件', en: 'E-mail' }, note: { 'zh-CN': '已打开', en: 'opened' } },
  { icon: 'wallet', hue: 'green', x: 80, y: 26, name: { 'zh-CN': '回款', en: 'Receipt' }, note: { 'zh-CN': '¥57.2 万', en: '¥572k' } },
  { icon: 'target', hue: 'indigo', x: 27, y: 38, name: { 'zh-CN': '商机', en: 'Opportunity' }, note: { 'zh-CN': '¥286.0 万', en: '¥2.86M' } },
  { icon: 'user', hue: 'pink', x: 56, y: 40, name: { 'zh-CN': '王建明', en: 'Wang Jianming' }, note: { 'zh-CN': '拍板', en: 'decides' } },
  { icon: 'file-check', hue: 'teal', x: 78, y: 50, name: { 'zh-CN': '合同', en: 'Contract' }, note: { 'zh-CN': 'HT-0871', en: 'HT-0871' } },
  { icon: 'hard-drive', hue: 'grey', x: 22, y: 60, name: { 'zh-CN': '设备', en: 'Equipment' }, note: { 'zh-CN': '11 台', en: '11 pcs' } },
  { icon: 'user', hue: 'indigo', x: 34, y: 72, name: { 'zh-CN': '刘志强', en: 'Liu Zhiqiang' }, note: { 'zh-CN': '推动', en: 'drives' } },
  { icon: 'user', hue: 'blue', x: 76, y: 73, name: { 'zh-CN': '林若溪', en: 'Lin Ruoxi' }, note: { 'zh-CN': '负责人', en: 'owner' } },
  { icon: 'life-buoy', hue: 'orange', x: 55, y: 88, name: { 'zh-CN': '工单', en: 'Ticket' }, note: { 'zh-CN': '剩 2 小时', en: '2 h left' } },
]
const middle = { x: 50, y: 56 }

export function Picture() {
  const locale = useLocale()
  return (
    <div className={styles.picture}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" className={styles.lines}>
        {satellites.map(({ x, y }) => (
          <line key={`${x}:${y}`} x1={middle.x} y1={middle.y} x2={x} y2={y} vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
      <span className={styles.ring} data-size="small" />
      <span className={styles.ring} data-size="middle" />
      <span className={styles.ring} data-size="large" />
      <span className={styles.account}>澜</span>
      {satellites.map(({ icon, hue, x, y, name, note }) => (
        <span key={`${x}:${y}`} className={styles.satellite} style={{ left: `${x}%`, top: `${y}%` }}>
          <span className={styles.round}>
            <ObjectIcon icon={icon} color={hue} size={22} />
          </span>
          <span>{name[locale]}</span>
          <span className={styles.note}>{note[locale]}</span>
        </span>
      ))}
    </div>
  )
}
