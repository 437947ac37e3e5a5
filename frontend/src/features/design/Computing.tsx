/** How far computed fields are: a word in the table of fields, a bar and a way to try again beside the formula. */
import { LoaderCircle, RotateCw, TriangleAlert } from 'lucide-react'
import { useDesignComputing, useRetryComputing } from '@/api/design'
import type { ComputingField } from '@/api/design_types'
import { problemText } from '@/api/problem'
import { formatNumber } from '@/lib/format'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { toast } from '@/ui/toast'
import styles from './Computing.module.css'
import { useText } from './text'

export function useComputingOf(object: string): (field: string) => ComputingField | undefined {
  const computing = useDesignComputing().data ?? []
  return (field) => computing.find((one) => one.object === object && one.field === field)
}

/** Percent of the records that are done; null while they are not counted yet. */
export function percentDone({ waiting, total }: Pick<ComputingField, 'waiting' | 'total'>): number | null {
  return total > 0 ? Math.floor(100 * (1 - waiting / total)) : null
}

export function ComputingWord({ state }: { state: ComputingField | undefined }) {
  const say = useText()
  if (!state) return null
  if (state.failed) return <Chip hue="red">{say('computingFailed')}</Chip>
  const percent = percentDone(state)
  return (
    <span className={styles.word} title={say('computing')}>
      <LoaderCircle size={12} className={styles.turning} aria-hidden />
      <span className={styles.hidden}>{say('computing')}</span>
      {percent !== null && `${percent}%`}
    </span>
  )
}

export function ComputingState({ state }: { state: ComputingField | undefined }) {
  const say = useText()
  const retry = useRetryComputing()
  if (!state) return null
  const done = state.total - state.waiting
  if (state.failed) {
    return (
      <div className={styles.failed} role="status">
        <TriangleAlert size={16} aria-hidden />
        <div>
          <p>{state.total > 0 ? say('computingStopped', { done: formatNumber(done), total: formatNumber(state.total) }) : say('computingNotBegun')}</p>
          {state.fault && <p className={styles.fault}>{say('computingFault', { fault: state.fault })}</p>}
        </div>
        <Button
          size="small"
          icon={<RotateCw size={14} aria-hidden />}
          loading={retry.isPending}
          onClick={() => retry.mutate(state.object, { onError: (error) => toast.show({ text: problemText(error), tone: 'danger' }) })}
        >
          {say('computeAgain')}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.state} role="status">
      <p>
        <LoaderCircle size={14} className={styles.turning} aria-hidden />
        {state.total > 0 ? say('computingDone', { done: formatNumber(done), total: formatNumber(state.total) }) : say('computing')}
      </p>
      <span className={styles.track} role="progressbar" aria-label={say('computing')} aria-valuemin={0} aria-valuemax={state.total} aria-valuenow={done}>
        <span style={{ width: `${percentDone(state) ?? 0}%` }} />
      </span>
    </div>
  )
}
