/** What uses a field, counted by kind: the fact one needs before removing it. */
import type { UsedBy as Use } from '@/api/design_types'
import { labelText, useLocale } from '@/lib/i18n'
import { useText } from './text'

const kinds = ['view', 'role', 'layout', 'field', 'object', 'record', 'app', 'import', 'rule'] as const

export function UsedBy({ used }: { used: readonly Use[] }) {
  const say = useText()
  const locale = useLocale()
  if (used.length === 0) return <>{say('usedNowhere')}</>
  const counts = new Map<(typeof kinds)[number] | 'other', number>()
  for (const one of used) {
    const kind = kinds.find((name) => name === one.kind) ?? 'other'
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const words = [...counts].map(([kind, count]) => say('usedCount', { kind: say(`kind_${kind}`), count: String(count) }))
  return <span title={used.map((one) => labelText(one.name, locale)).join('\n')}>{words.join(' · ')}</span>
}
