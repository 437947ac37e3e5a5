/** What the navigation shows now. */
import { useState } from 'react'
import { useMatch } from 'react-router'
import { useApps, useObjects } from '@/api/objects'
import { currentApp, objectGroups } from './places'

const storageKey = 'guanxi.app'

export function useNavigation() {
  const { data: apps = [] } = useApps()
  const objects = useObjects()
  const open = useMatch('/o/:object/*')?.params.object
  const [chosen, setChosen] = useState(() => localStorage.getItem(storageKey))
  const app = currentApp(apps, objects.find((object) => object.name === open), chosen)
  return {
    apps,
    app,
    objects,
    groups: objectGroups(app, objects),
    chooseApp(name: string) {
      localStorage.setItem(storageKey, name)
      setChosen(name)
    },
  }
}
