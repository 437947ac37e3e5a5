/** Chooses a region from province down to county, or several of them; fetched with the table of regions when one is chosen. */
import { Cascader } from 'antd'
import { useMemo } from 'react'
import { useRegions } from './use_regions'
import { useText } from './messages'
import type { Depth, RegionNode } from './regions'
import styles from './address.module.css'

interface Common {
  depth: Depth
  disabled?: boolean | undefined
  invalid?: boolean | undefined
  autoFocus?: boolean | undefined
  id?: string | undefined
  'aria-labelledby'?: string | undefined
  'aria-describedby'?: string | undefined
}

interface OneProps extends Common {
  code: string
  onChange: (code: string, names: string) => void
}

interface SeveralProps extends Common {
  codes: readonly string[]
  onChange: (regions: string[]) => void
}

const search = { filter: (typed: string, path: RegionNode[]) => path.map((node) => node.label).join('').includes(typed.replace(/\s/g, '')) }

function useShared({ depth, disabled, invalid, autoFocus, id, ...aria }: Common, held?: string) {
  const regions = useRegions()
  const say = useText()
  const options = useMemo(() => {
    const mark = (nodes: RegionNode[]): RegionNode[] =>
      nodes.map((node) => ({
        ...node,
        label: regions?.find(node.value)?.until ? say('retired_name', { name: node.label }) : node.label,
        ...(node.children ? { children: mark(node.children) } : {}),
      }))
    return regions ? mark(regions.tree(depth, held)) : []
  }, [regions, depth, held, say])
  return {
    regions,
    shared: {
      className: styles.full ?? '',
      options,
      loading: regions === null,
      showSearch: search,
      changeOnSelect: true,
      placeholder: say('region'),
      popupMenuColumnStyle: { minWidth: 88, maxWidth: 'min(240px, 31vw)' },
      disabled: disabled === true || regions === null,
      ...(invalid ? { status: 'error' as const } : {}),
      ...(autoFocus ? { autoFocus } : {}),
      ...(id ? { id } : {}),
      'aria-labelledby': aria['aria-labelledby'],
      'aria-describedby': aria['aria-describedby'],
    },
  }
}

export function RegionCascader({ code, onChange, ...rest }: OneProps) {
  const { regions, shared } = useShared(rest, code)
  const namesOf = (path: readonly string[]): string => path.map((one) => regions?.find(one)?.name ?? '').join('')
  return (
    <Cascader<RegionNode>
      {...shared}
      value={code === '' || regions === null ? [] : regions.pathOf(code)}
      displayRender={(labels) => labels.join(' / ')}
      onChange={(path: (string | number | null)[] | undefined) => {
        const codes = (path ?? []).map(String)
        onChange(codes.at(-1) ?? '', namesOf(codes))
      }}
    />
  )
}

/** Each as `310000 上海市`, so that conditions can be told without the table. */
export function RegionsCascader({ codes, onChange, ...rest }: SeveralProps) {
  const { regions, shared } = useShared(rest)
  return (
    <Cascader<RegionNode, 'value'>
      {...shared}
      multiple
      maxTagCount="responsive"
      showCheckedStrategy={Cascader.SHOW_PARENT}
      value={regions ? codes.map((code) => regions.pathOf(code)) : []}
      onChange={(paths: (string | number | null)[][]) =>
        onChange(paths.map((path) => `${String(path.at(-1))} ${path.map((one) => regions?.find(String(one))?.name ?? '').join('')}`))
      }
    />
  )
}
