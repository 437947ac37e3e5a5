/** Quick forms opened from a form: the newest takes the place of what was there, with a way back; nothing below is lost. */
import { useCallback, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useObjects } from '@/api/objects'
import type { ObjectDefinition, Reference, Values } from '@/api/types'
import { CreateInPlaceContext } from '@/registry/create_in_place'
import type { CreateInPlace } from '@/registry/create_in_place'
import { CreateForm } from './CreateForm'

interface Waiting {
  object: ObjectDefinition
  values: Values
  resolve: (made: Reference | null) => void
}

export interface FormStack {
  /** Null when the person went back without saving, or may not create such a record. */
  open: (target: string, values: Values) => Promise<Reference | null>
  createInPlace: CreateInPlace
  waiting: readonly Waiting[]
  /** Closes the newest form. */
  back: (made?: Reference) => void
}

export function useFormStack(): FormStack {
  const objects = useObjects()
  const [waiting, setWaiting] = useState<readonly Waiting[]>([])
  const open = useCallback<FormStack['open']>(
    (target, values) => {
      const object = objects.find((candidate) => candidate.name === target)
      if (!object?.rights.create) return Promise.resolve(null)
      return new Promise((resolve) => setWaiting((known) => [...known, { object, values, resolve }]))
    },
    [objects],
  )
  const createInPlace = useCallback<CreateInPlace>(
    (target, typed, starting) => {
      const isNamed = objects.find((candidate) => candidate.name === target)?.fields.some((field) => field.name === 'name' && field.computed)
      return open(target, { ...starting, ...(typed && !isNamed ? { name: typed } : {}) })
    },
    [open, objects],
  )
  return {
    open,
    createInPlace,
    waiting,
    back: (made) => {
      waiting.at(-1)?.resolve(made ?? null)
      setWaiting(waiting.slice(0, -1))
    },
  }
}

/** What stands below stays mounted but hidden, so that it keeps its input. */
export function FormStackPanes({ stack, children = null }: { stack: FormStack; children?: ReactNode }) {
  const depth = stack.waiting.length
  const below = useMemo(() => <CreateInPlaceContext value={stack.createInPlace}>{children}</CreateInPlaceContext>, [stack.createInPlace, children])
  return (
    <>
      <div hidden={depth > 0} style={depth > 0 ? undefined : { height: '100%' }}>
        {below}
      </div>
      {stack.waiting.map((form, index) => (
        <div key={index} hidden={index < depth - 1} style={index < depth - 1 ? undefined : { height: '100%' }}>
          <CreateInPlaceContext value={stack.createInPlace}>
            <CreateForm
              object={form.object}
              values={form.values}
              isNested
              onCancel={() => stack.back()}
              onUse={(record) => stack.back(record)}
              onCreated={(record) => stack.back({ id: record.id, name: record.name ?? null })}
            />
          </CreateInPlaceContext>
        </div>
      ))}
    </>
  )
}
