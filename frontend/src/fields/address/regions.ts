/** The regions of China, fetched when an address is chosen or shown whole. The server reads the same file. */

export interface Region {
  code: string
  name: string
  /** The last year of a code that is no longer used. */
  until: number | null
}

export interface RegionNode {
  value: string
  label: string
  children?: RegionNode[]
}

export interface Regions {
  find: (code: string) => Region | undefined
  /** The codes from the province down to the region. */
  pathOf: (code: string) => string[]
  /** What can be chosen, down to so many levels; of the codes that were given up only the one that is held. */
  tree: (depth: Depth, held?: string) => RegionNode[]
}

export type Depth = 'province' | 'city' | 'county'

/** How much of a code names what is that large. */
const digits: Readonly<Record<Depth, number>> = { province: 2, city: 4, county: 6 }

export function prefixOf(code: string): string {
  return code.endsWith('0000') ? code.slice(0, 2) : code.endsWith('00') ? code.slice(0, 4) : code
}

export function readRegions(file: string): Regions {
  const known = new Map<string, Region>()
  for (const line of file.split('\n')) {
    const [code, name, , until] = line.split(' ')
    if (code === undefined || name === undefined || line.startsWith('#')) continue
    const before = known.get(code)
    const last = until === undefined ? null : Number(until)
    if (before === undefined || (before.until !== null && (last === null || last >= before.until))) known.set(code, { code, name, until: last })
  }
  const pathOf = (code: string): string[] => [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])].filter((one) => known.has(one))
  return {
    find: (code) => known.get(code),
    pathOf,
    tree: (depth, held) => {
      const kept = new Set(held ? pathOf(held) : [])
      const nodes = new Map<string, RegionNode>()
      const roots: RegionNode[] = []
      for (const region of known.values()) {
        if (region.until !== null && !kept.has(region.code)) continue
        if (prefixOf(region.code).length > digits[depth] && !kept.has(region.code)) continue
        const node = { value: region.code, label: region.name }
        nodes.set(region.code, node)
        const above = pathOf(region.code).slice(0, -1).findLast((code) => nodes.has(code))
        const siblings = above === undefined ? roots : ((nodes.get(above) as RegionNode).children ??= [])
        siblings.push(node)
      }
      return roots
    },
  }
}

let fetched: Promise<Regions> | undefined

export function fetchRegions(): Promise<Regions> {
  fetched ??= import('../../../../src/guanxi/fields/regions.txt?raw').then(({ default: file }) => readRegions(file))
  return fetched
}
