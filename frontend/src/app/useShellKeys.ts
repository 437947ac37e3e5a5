/** The keys that work everywhere: the palette, going to an object, density, this list of keys. */
import { useEffect, useRef } from 'react'
import { useMatch, useNavigate } from 'react-router'
import { useObjects } from '@/api/objects'
import { useChangeMe } from '@/api/session'
import type { Me, ObjectDefinition } from '@/api/types'
import { useKeys } from '@/lib/keyboard'
import type { ShellDeeds } from './shell_context'

const densities = ['compact', 'standard', 'relaxed'] as const
/** How long after G the second letter may come. */
const patience = 1200

/** The letter after G: the first of the object's English name within its application. */
export function goLetters(objects: readonly ObjectDefinition[]): Map<string, ObjectDefinition> {
  const letters = new Map<string, ObjectDefinition>()
  // The contract of the product: C for accounts, though their word begins with another letter in English.
  const wished: Record<string, string> = { c: 'account', o: 'opportunity', q: 'quote', n: 'contact', p: 'product' }
  for (const [letter, word] of Object.entries(wished)) {
    const object = objects.find((each) => each.rights.see && each.name.split('_').slice(1).join('_') === word)
    if (object) letters.set(letter, object)
  }
  return letters
}

export function useShellKeys(me: Me, deeds: ShellDeeds): void {
  const navigate = useNavigate()
  const objects = useObjects()
  const changeMe = useChangeMe()
  const open = useMatch('/o/:object/*')?.params.object
  const goPressed = useRef(0)
  const letters = goLetters(objects)
  const mayPressLetters = me.preferences.single_keys !== false

  useKeys({
    'ctrl+k': deeds.openPalette,
    'ctrl+.': () => {
      const now = densities.indexOf(me.preferences.density ?? 'standard')
      changeMe.mutate({ preferences: { density: densities[(now + 1) % densities.length] ?? 'standard' } })
    },
  })
  useKeys(
    {
      '?': deeds.openKeys,
      g: () => {
        goPressed.current = Date.now()
      },
      c: () => {
        const object = objects.find((each) => each.name === open)
        if (object?.rights.create) deeds.create(object.name)
      },
    },
    mayPressLetters,
  )

  // The second letter comes first to whoever listens earliest, so that C after G goes and does not create.
  const latest = useRef({ letters, navigate })
  useEffect(() => {
    latest.current = { letters, navigate }
  })
  useEffect(() => {
    if (!mayPressLetters) return undefined
    function listen(event: KeyboardEvent): void {
      if (Date.now() - goPressed.current > patience || event.ctrlKey || event.metaKey || event.altKey) return
      goPressed.current = 0
      const object = latest.current.letters.get(event.key.toLowerCase())
      if (!object) return
      event.preventDefault()
      event.stopPropagation()
      void latest.current.navigate(`/o/${object.name}`)
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [mayPressLetters])
}
