/** What the colours of a view mean, in one line above the records. */
import type { ObjectDefinition } from '@/api/types'
import { useObjects } from '@/api/objects'
import type { Coloring } from '@/registry/coloring'
import { Chip } from '@/ui/Chip'
import { pathText } from '@/ui/condition/condition_text'
import { useText } from './messages'
import styles from './ColorTool.module.css'

export function ColorLegend({ object, coloring }: { object: ObjectDefinition; coloring: Coloring }) {
  const say = useText()
  const objects = useObjects()
  if (coloring.length === 0) return null
  return (
    <ul className={styles.legend} aria-label={say('legend')}>
      {coloring.map((rule, place) => (
        <li key={place}>
          <Chip hue={rule.hue} dot title={rule.why}>
            {rule.field === null ? rule.why : say('legend_field', { field: pathText(objects, object, rule.field), why: rule.why })}
          </Chip>
        </li>
      ))}
    </ul>
  )
}
