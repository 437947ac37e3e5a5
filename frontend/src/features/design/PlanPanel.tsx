/** What will happen on publishing, change by change, and the button that does it. */
import { CircleAlert, CircleCheck, Clock, ListChecks, TriangleAlert, Undo2 } from 'lucide-react'
import { useApplyDesign } from '@/api/design'
import { isProblem, problemText } from '@/api/problem'
import type { DesignPlan, PlannedStep } from '@/api/design_types'
import { formatNumber } from '@/lib/format'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { confirm } from '@/ui/confirm'
import { toast } from '@/ui/toast'
import type { Drafting } from './draft'
import type { Planning } from './planning'
import styles from './PlanPanel.module.css'
import { SidePanel } from './SidePanel'
import { useText } from './text'

export interface PlanPanelProps {
  drafting: Drafting
  planning: Planning
  version: number
  onClose: () => void
}

/** How many things must be settled before the draft can be published. */
export function obstacles(planning: Planning): number {
  return planning.refusals.size + (planning.plan?.blockers.length ?? 0) + (planning.problem && planning.refusals.size === 0 ? 1 : 0)
}

export function PlanPanel({ drafting, planning, version, onClose }: PlanPanelProps) {
  const say = useText()
  const apply = useApplyDesign()
  const { draft } = drafting
  const { plan, isPlanning } = planning
  const count = draft.steps.length
  const open = obstacles(planning)

  async function publish(): Promise<void> {
    try {
      const answer = await apply.mutateAsync({ base_version: version, steps: [...draft.steps] })
      drafting.clear()
      toast.show({ text: say('published', { version: answer.design_version }), tone: 'success' })
      onClose()
    } catch {
      // Told in the panel, where the changes are.
    }
  }

  async function discard(): Promise<void> {
    const isSure = await confirm({ title: say('discardQuestion'), body: say('discardBody', { count }), verb: say('discard'), keep: say('keep'), danger: true })
    if (isSure) for (let index = count - 1; index >= 0; index -= 1) drafting.remove(index)
  }

  const refusal = apply.error && !isProblem(apply.error, 'design_changed') ? problemText(apply.error) : null
  return (
    <SidePanel
      title={say('planTitle')}
      icon={<ListChecks size={16} aria-hidden />}
      onClose={onClose}
      footer={
        count === 0 ? undefined : (
          <>
            <p className={styles.back}>
              <Undo2 size={14} aria-hidden /> {say('backNote')}
            </p>
            <Button onClick={() => void discard()}>{say('discard')}</Button>
            <Button type="primary" disabled={!plan || isPlanning || open > 0} loading={apply.isPending} onClick={() => void publish()}>
              {isPlanning ? say('planning') : open > 0 ? say('publishBlocked', { count: open }) : say('publish', { count })}
            </Button>
          </>
        )
      }
    >
      {count === 0 ? (
        <p className={styles.note}>{say('planEmpty')}</p>
      ) : (
        <div aria-busy={isPlanning}>
          {plan && <Facts plan={plan} />}
          {(refusal ?? (planning.problem && planning.refusals.size === 0 ? problemText(planning.problem) : null)) && (
            <p className={styles.refusal} role="alert">
              <CircleAlert size={14} aria-hidden /> {refusal ?? problemText(planning.problem)}
            </p>
          )}
          <ol className={styles.steps}>
            {draft.steps.map((step, index) => (
              <Step
                key={`${index}${step.action}`}
                place={index}
                planned={plan?.steps[index]}
                fallback={fallbackSentence(step)}
                planning={planning}
                onTakeBack={() => drafting.remove(index)}
              />
            ))}
          </ol>
        </div>
      )}
    </SidePanel>
  )
}

/** What a change is about while the server has no sentence for it yet. */
function fallbackSentence(step: Drafting['draft']['steps'][number]): string {
  if (step.action === 'add_object') return labelText(step.object.label)
  if (step.action === 'add_field') return labelText(step.field.label)
  return 'field' in step ? step.field : step.object
}

export function useDuration(): (seconds: number) => string {
  const say = useText()
  return (seconds) => {
    if (seconds < 1) return say('atOnce')
    const time = seconds < 90 ? say('seconds', { count: Math.round(seconds) }) : say('minutes', { count: Math.round(seconds / 60) })
    return say('about', { time })
  }
}

const locks = ['none', 'brief', 'long'] as const

function Facts({ plan }: { plan: DesignPlan }) {
  const say = useText()
  const duration = useDuration()
  const lock = locks[Math.max(0, ...plan.steps.map((step) => locks.indexOf(step.lock)))] ?? 'none'
  const seconds = plan.steps.reduce((sum, step) => sum + step.seconds, 0)
  const losses = plan.steps.filter((step) => step.loss !== null).length
  return (
    <dl className={styles.facts}>
      <div data-tone={lock === 'long' ? 'warning' : undefined}>
        <dt>{say(`lock_${lock}`)}</dt>
        <dd>{say(`lock_${lock}Note`)}</dd>
      </div>
      <div>
        <dt>{duration(seconds)}</dt>
        <dd>{say('inBackground')}</dd>
      </div>
      <div data-tone={losses > 0 ? 'warning' : undefined}>
        <dt>{losses > 0 ? say('lossSome', { count: losses }) : say('lossNone')}</dt>
        <dd>{say(losses > 0 ? 'lossSomeNote' : 'lossNoneNote')}</dd>
      </div>
    </dl>
  )
}

interface StepProps {
  place: number
  planned: PlannedStep | undefined
  fallback: string
  planning: Planning
  onTakeBack: () => void
}

function Step({ place, planned, fallback, planning, onTakeBack }: StepProps) {
  const say = useText()
  const locale = useLocale()
  const duration = useDuration()
  const refusal = planning.refusals.get(place)
  const blockers = (planning.plan?.blockers ?? []).filter((one) => one.step === place)
  return (
    <li className={styles.step}>
      <span className={styles.place}>{place + 1}</span>
      <div>
        <p className={styles.sentence}>
          <span>{planned ? labelText(planned.sentence, locale) : fallback}</span>
          <button type="button" onClick={onTakeBack}>
            {say('takeBack')}
          </button>
        </p>
        {planned && (
          <p className={styles.note}>
            <Clock size={12} aria-hidden /> {duration(planned.seconds)}
            {' · '}
            {planned.rows > 0 ? say('rowsTouched', { count: planned.rows < 1000 ? planned.rows : formatNumber(planned.rows) }) : say('noRows')}
          </p>
        )}
        {planned?.loss && (
          <p className={styles.warning}>
            <TriangleAlert size={14} aria-hidden /> {labelText(planned.loss, locale)}
          </p>
        )}
        {planned?.warnings.map((warning) => (
          <p key={labelText(warning, locale)} className={styles.warning}>
            <TriangleAlert size={14} aria-hidden /> {labelText(warning, locale)}
          </p>
        ))}
        {planned && !planned.reversible && (
          <p className={styles.warning}>
            <TriangleAlert size={14} aria-hidden /> {say('irreversible')}
          </p>
        )}
        {planned?.reversible && planned.action.startsWith('retire') && (
          <p className={styles.fine}>
            <CircleCheck size={14} aria-hidden /> {say('reversible')}
          </p>
        )}
        {refusal && (
          <p className={styles.refusal} role="alert">
            <CircleAlert size={14} aria-hidden /> {refusal}
          </p>
        )}
        {blockers.map((blocker) => (
          <div key={labelText(blocker.message, locale)} className={styles.blocker}>
            <Chip hue="red">{say('blocked')}</Chip>
            <div>
              {labelText(blocker.message, locale)}
              <div className={styles.used}>
                {blocker.used_by.map((one) => (
                  <Chip key={one.kind + one.id}>{labelText(one.name, locale)}</Chip>
                ))}
              </div>
            </div>
          </div>
        ))}
      </div>
    </li>
  )
}
