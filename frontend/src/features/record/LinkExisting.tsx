/** Finds a record that is there already, to point here too. */
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { RecordBox } from '@/ui/inputs/RecordBox'
import { useText } from './messages'
import type { Related } from './related'
import type { Relinking } from './relink'
import styles from './RelatedList.module.css'

export function LinkExisting({ related, relinking }: { related: Related; relinking: Relinking }) {
  const say = useText()
  const label = useLabel()
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) {
    return (
      <Button icon={<Link2 size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {say('link_existing', { object: label(related.object.label) })}
      </Button>
    )
  }
  return (
    <span className={styles.finding} aria-label={say('link_existing', { object: label(related.object.label) })} role="group">
      <RecordBox
        place="form"
        autoFocus
        field={{ required: false }}
        target={related.object.name}
        value={null}
        onChange={(chosen) => {
          setOpen(false)
          if (chosen) void relinking.add(chosen.id)
        }}
      />
    </span>
  )
}
