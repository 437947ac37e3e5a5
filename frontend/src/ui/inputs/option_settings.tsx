/** Settings of fields with options; the editor of options is fetched when a field is set up. */
import { Suspense, lazy } from 'react'
import type { SettingsProps } from '@/registry/field_kind'
import type { OptionSettingsProps } from './OptionSettings'

const OptionSettings = lazy(async () => ({ default: (await import('./OptionSettings')).OptionSettings }))

export function optionSettings(those: OptionSettingsProps) {
  return function Settings(props: SettingsProps) {
    return (
      <Suspense fallback={null}>
        <OptionSettings {...props} {...those} />
      </Suspense>
    )
  }
}
