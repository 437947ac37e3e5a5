/** What holds for every field kind. */
import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { describe, expect, it, vi } from 'vitest'
import type { Field } from '@/api/types'
import type { FieldKind } from '@/registry/field_kind'
import { registerFieldKinds } from '@/registry/registry'
import { makeClient } from '@/testing/render'
import { Dressed } from '@/ui/Dressed'
import { fieldKinds } from './field_kinds'

registerFieldKinds(fieldKinds)

function fieldOf(kind: FieldKind, options: Field['options'] = {}): Field {
  return {
    name: 'it', label: { 'zh-CN': '它', en: 'It' }, type: kind.type, options, required: false, unique: false, indexed: false, system: false, help: null,
    default: null, access: 'write', operators: [], aggregates: [], sortable: true, groupable: false, searchable: false, retired_at: null,
  }
}

function show(element: React.ReactElement) {
  return render(
    <QueryClientProvider client={makeClient()}>
      <Dressed>
        <MemoryRouter>{element}</MemoryRouter>
      </Dressed>
    </QueryClientProvider>,
  )
}

describe.each(fieldKinds.map((kind) => [kind.type, kind] as const))('%s', (_, kind) => {
  const examples = kind.examples.map((example) => ({ ...example, field: fieldOf(kind, example.options) }))

  it('has a label in both languages and an example', () => {
    expect(kind.label['zh-CN']).toBeTruthy()
    expect(kind.label.en).toBeTruthy()
    expect(kind.examples.length).toBeGreaterThan(0)
  })

  it.each(examples)('writes $shown.en in both languages', ({ value, shown, field }) => {
    expect(kind.format(value, field, 'zh-CN')).toBe(shown['zh-CN'])
    expect(kind.format(value, field, 'en')).toBe(shown.en)
  })

  it.each(examples.filter((example) => example.typed !== ''))('reads what it is typed as', ({ value, typed, field }) => {
    expect(kind.parse(typed, field)).toEqual({ value })
  })

  it('reads an empty text as empty', () => {
    const [example] = examples
    const read = kind.parse('', example?.field ?? fieldOf(kind))
    expect('value' in read && (read.value === null || read.value === false)).toBe(true)
  })

  it('tells empty from filled', () => {
    expect(kind.isEmpty(null)).toBe(true)
    expect(kind.isEmpty(undefined)).toBe(true)
    for (const { value } of examples) expect(kind.isEmpty(value)).toBe(false)
  })

  it.each(['cell', 'card', 'page'] as const)('shows its value in a %s', (place) => {
    for (const { value, field } of examples) {
      const { container, unmount } = show(<kind.Cell value={value} field={field} place={place} />)
      expect(container.querySelector('svg, img') ?? container.textContent).toBeTruthy()
      unmount()
    }
  })

  it('takes a value in a form', async () => {
    const onChange = vi.fn()
    const [example] = examples
    show(
      <>
        <span id="label">It</span>
        <kind.Input value={null} field={example?.field ?? fieldOf(kind)} place="form" id="it" onChange={onChange} aria-labelledby="label" />
      </>,
    )
    expect((await screen.findAllByLabelText('It')).length).toBeGreaterThan(0)
  })

  it('has a box for the value of a condition', () => {
    const [example] = examples
    const field = example?.field ?? fieldOf(kind)
    for (const op of ['eq', 'in', 'between', 'within', 'kind_in', 'has_any']) {
      show(<kind.FilterValue field={field} op={op} value={undefined} onChange={() => undefined} />).unmount()
    }
  })

  it('has settings that hand on what they are given', () => {
    if (kind.Settings === null) return
    show(<kind.Settings options={{ choices: [] }} onChange={() => undefined} />).unmount()
  })
})
