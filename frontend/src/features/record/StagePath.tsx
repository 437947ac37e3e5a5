/** The way a record goes, stage by stage; a click moves it there when one may. */
import { Check, CircleSlash, CircleX, Flag, Trophy } from 'lucide-react'
import type { Choice, Field } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { ActionMenu } from '@/ui/ActionMenu'
import { stagesOf, stepsOf } from './stages'
import type { StageStep } from './stages'
import { useText } from './messages'
import styles from './StagePath.module.css'

const closingIcons = { won: Trophy, lost: CircleX, void: CircleSlash } as const

export interface StagePathProps {
  field: Field
  value: string | null
  /** Days since the record entered its stage, when history tells. */
  days: number | null
  mayMove: boolean
  onMove: (stage: string) => void
}

export function StagePath({ field, value, days, mayMove, onMove }: StagePathProps) {
  const say = useText()
  const label = useLabel()
  const { open, closing } = stagesOf(field)
  const ended = closing.find((stage) => stage.value === value)
  const since = days === null ? '' : say('stage_days', { count: days })
  const nameOf = (stage: Choice, state: StageStep['state']) => (state === 'here' && since ? `${label(stage.label)} · ${since}` : label(stage.label))
  return (
    <div className={styles.path}>
      <ol className={styles.steps} aria-label={label(field.label)}>
        {stepsOf(open, value, ended !== undefined).map(({ stage, state }) => (
          <li key={stage.value} className={styles.step} data-state={state} aria-current={state === 'here' ? 'step' : undefined}>
            <button type="button" disabled={!mayMove || state === 'here'} onClick={() => onMove(stage.value)} title={label(stage.label)}>
              {state === 'passed' && <Check size={14} aria-hidden />}
              <span>{nameOf(stage, state)}</span>
            </button>
          </li>
        ))}
        {ended && (
          <li className={styles.step} data-state={ended.kind} aria-current="step">
            <button type="button" disabled>
              <ClosingIcon stage={ended} />
              <span>{nameOf(ended, 'here')}</span>
            </button>
          </li>
        )}
      </ol>
      {mayMove && closing.length > 0 && (
        <ActionMenu
          title={say('stage_close')}
          items={closing
            .filter((stage) => stage.value !== value)
            .map((stage) => ({ key: stage.value, label: label(stage.label), icon: <ClosingIcon stage={stage} />, onSelect: () => onMove(stage.value) }))}
        >
          <button type="button" className={styles.close} aria-haspopup="menu">
            <Flag size={14} aria-hidden />
            {ended ? say('stage_change_end') : say('stage_close')}
          </button>
        </ActionMenu>
      )}
    </div>
  )
}

function ClosingIcon({ stage }: { stage: Choice }) {
  const Icon = closingIcons[stage.kind === 'lost' || stage.kind === 'void' ? stage.kind : 'won']
  return <Icon size={14} aria-hidden />
}
