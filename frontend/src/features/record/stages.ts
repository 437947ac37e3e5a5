/** The stages of a record in their order, and how far it has come. */
import type { Change, Choice, Field } from '@/api/types'
import { daysBetween } from '@/lib/format'

export interface StageStep {
  stage: Choice
  state: 'passed' | 'here' | 'ahead'
}

function isClosing(stage: Choice): boolean {
  return stage.kind !== undefined && stage.kind !== 'open'
}

export function stagesOf(field: Field): { open: Choice[]; closing: Choice[] } {
  const stages = (field.options.choices ?? []).filter((choice) => !choice.retired)
  return { open: stages.filter((stage) => !isClosing(stage)), closing: stages.filter(isClosing) }
}

/** What lies before the present stage is passed; once won, lost or void, all of it is. */
export function stepsOf(open: readonly Choice[], value: string | null, hasEnded: boolean): StageStep[] {
  const here = open.findIndex((stage) => stage.value === value)
  return open.map((stage, index) => ({ stage, state: index === here ? 'here' : hasEnded || index < here ? 'passed' : 'ahead' }))
}

/** Whole days since the record entered its stage; null on its first day, and when the known history does not reach back so far. */
export function daysInStage(changes: readonly Change[], stageField: string, now: Date): number | null {
  const entered = changes.find((change) => change.op === 'create' || change.fields.some((part) => part.field === stageField))
  const days = entered ? daysBetween(new Date(entered.at), now) : 0
  return days > 0 ? days : null
}
