/** The four steps of an import and where one stands. */
import { Check } from 'lucide-react'
import type { Step } from './mapping'
import styles from './Steps.module.css'
import { useText } from './text'

export const steps = ['upload', 'map', 'check', 'run'] as const
export type StepName = (typeof steps)[number]

export interface StepsProps {
  current: StepName
  isEnded?: boolean
  onStep?: ((step: Step) => void) | undefined
}

export function Steps({ current, isEnded, onStep }: StepsProps) {
  const say = useText()
  const here = steps.indexOf(current)
  return (
    <ol className={styles.steps}>
      {steps.map((step, place) => {
        const isPast = place < here || isEnded === true
        const mayGo = onStep !== undefined && step !== 'upload' && step !== 'run' && place !== here
        const face = (
          <>
            <span className={styles.mark}>{isPast ? <Check size={12} aria-hidden /> : place + 1}</span>
            <span>{say(`step_${step}`)}</span>
          </>
        )
        return (
          <li key={step} className={styles.step} data-state={isPast ? 'past' : place === here ? 'here' : 'ahead'} aria-current={place === here ? 'step' : undefined}>
            {mayGo ? (
              <button type="button" onClick={() => onStep(step)}>
                {face}
              </button>
            ) : (
              face
            )}
          </li>
        )
      })}
    </ol>
  )
}
