import { expect, test } from 'vitest'
import type { Change } from '@/api/types'
import { field, stages } from '@/testing/opportunity'
import { daysInStage, stagesOf, stepsOf } from './stages'

const stageField = field('stage', 'choice', { options: { choices: [...stages, { value: 'old', label: {}, kind: 'open', retired: true }] } })

test('open stages are the way, the others end it, retired ones are gone', () => {
  const { open, closing } = stagesOf(stageField)
  expect(open.map((stage) => stage.value)).toEqual(['prospecting', 'engaging'])
  expect(closing.map((stage) => stage.value)).toEqual(['won', 'lost'])
})

test('what lies before the present stage is passed', () => {
  const { open } = stagesOf(stageField)
  expect(stepsOf(open, 'engaging', false).map((step) => step.state)).toEqual(['passed', 'here'])
  expect(stepsOf(open, 'prospecting', false).map((step) => step.state)).toEqual(['here', 'ahead'])
})

test('once it has ended the whole way is passed', () => {
  expect(stepsOf(stagesOf(stageField).open, 'won', true).map((step) => step.state)).toEqual(['passed', 'passed'])
})

const now = new Date('2026-11-25T12:00:00Z')
const change = (at: string, name: string, op: Change['op'] = 'update'): Change => ({
  id: at,
  at,
  actor: null,
  source: 'page',
  op,
  version: 1,
  fields: [{ field: name, old: null, new: 'x' }],
})

test('days in a stage are counted from the last change of the stage', () => {
  const changes = [change('2026-11-24T12:00:00Z', 'amount'), change('2026-11-20T12:00:00Z', 'stage'), change('2026-11-01T12:00:00Z', 'name', 'create')]
  expect(daysInStage(changes, 'stage', now)).toBe(5)
})

test('the first day in a stage is not counted', () => {
  expect(daysInStage([change('2026-11-25T08:00:00Z', 'stage')], 'stage', now)).toBeNull()
})

test('days in a stage are not told when history does not reach back', () => {
  expect(daysInStage([change('2026-11-24T12:00:00Z', 'amount')], 'stage', now)).toBeNull()
})
