/** Settings of fields that only designers need: loaded when they are opened. */
import { Suspense, lazy } from 'react'
import type { ComponentType } from 'react'
import type { SettingsProps } from '@/registry/field_kind'

export function lazySettings(load: () => Promise<ComponentType<SettingsProps>>) {
  const Loaded = lazy(async () => ({ default: await load() }))
  return function Settings(props: SettingsProps) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    )
  }
}
