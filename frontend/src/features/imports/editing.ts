/** Keeps what a person decides about an import: shown at once, sent when they rest, checked afterwards by itself. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { atWork, changeImport, checkImport } from '@/api/imports'
import type { ImportChanges } from '@/api/imports'
import { keys } from '@/api/keys'
import type { Import, ImportColumn, ImportReport, Unmatched } from '@/api/import_types'
import { changedWishes, mergeWishes, rememberedKey, withWishes } from './mapping'

const rest = 500

export interface Editing {
  /** The import with decisions that are still on their way. */
  import_: Import
  /** The latest report; while a new check runs, the one before. */
  report: ImportReport | null
  /** The report does not yet know the last decisions. */
  isStale: boolean
  isSaving: boolean
  problem: unknown
  /** Values met in earlier reports, so that a settled one keeps its count and suggestion. */
  remembered: ReadonlyMap<string, Unmatched>
  changeColumns: (change: (columns: readonly ImportColumn[]) => ImportColumn[]) => void
  change: (changes: ImportChanges) => void
  checkAgain: () => void
}

function merged(earlier: ImportChanges | null, later: ImportChanges): ImportChanges {
  // Reading the file in another way makes all that was said about its columns void.
  if (later.file) return { ...later, file: { ...earlier?.file, ...later.file } }
  const mapping = mergeWishes(earlier?.mapping, later.mapping)
  return { ...earlier, ...later, ...(mapping.length > 0 ? { mapping } : {}) }
}

function overlaid(import_: Import, changes: ImportChanges | null): Import {
  if (!changes) return import_
  return {
    ...import_,
    ...(changes.duplicates ? { duplicates: changes.duplicates } : {}),
    ...(changes.people ? { people: changes.people } : {}),
    file: { ...import_.file, ...changes.file },
    columns: withWishes(import_.columns, changes.mapping ?? []),
  }
}

export function useEditing(known: Import): Editing {
  const client = useQueryClient()
  const [waiting, setWaiting] = useState<ImportChanges | null>(null)
  const [sent, setSent] = useState<ImportChanges | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [isCheckRefused, setCheckRefused] = useState(false)
  const [report, setReport] = useState<ImportReport | null>(known.report)
  const remembered = useRef(new Map<string, Unmatched>())
  const { id, status } = known
  const isBusy = atWork.has(status)

  useEffect(() => {
    if (!known.report) return
    setReport(known.report)
    for (const column of known.report.columns) {
      if (column.column === null) continue
      for (const one of column.unmatched) remembered.current.set(rememberedKey(column.column, one.value), one)
    }
  }, [known.report])

  useEffect(() => {
    if (!waiting || sent || isBusy) return undefined
    const timer = setTimeout(() => {
      setSent(waiting)
      setWaiting(null)
      changeImport(id, waiting)
        .then((answer) => {
          client.setQueryData(keys.import(id), answer)
          setCheckRefused(false)
        })
        .catch((error: unknown) => setProblem(error))
        .finally(() => setSent(null))
    }, rest)
    return () => clearTimeout(timer)
  }, [client, id, isBusy, sent, waiting])

  const hasColumns = known.columns.some((column) => column.field !== null)
  const isCheckDue = status === 'mapping' && !waiting && !sent && !isCheckRefused && hasColumns
  useEffect(() => {
    if (!isCheckDue) return undefined
    const timer = setTimeout(() => {
      checkImport(id)
        .then((answer) => client.setQueryData(keys.import(id), answer))
        .catch((error: unknown) => {
          setCheckRefused(true)
          setProblem(error)
        })
    }, rest / 2)
    return () => clearTimeout(timer)
  }, [client, id, isCheckDue])

  const import_ = useMemo(() => {
    const under = overlaid(known, sent)
    return overlaid(under, waiting)
  }, [known, sent, waiting])

  const change = useCallback((changes: ImportChanges) => {
    setProblem(null)
    setWaiting((before) => merged(before, changes))
  }, [])

  const changeColumns = useCallback(
    (act: (columns: readonly ImportColumn[]) => ImportColumn[]) => {
      const mapping = changedWishes(import_.columns, act(import_.columns))
      if (mapping.length > 0) change({ mapping })
    },
    [change, import_.columns],
  )

  const checkAgain = useCallback(() => {
    setProblem(null)
    setCheckRefused(false)
    if (status === 'failed') {
      checkImport(id)
        .then((answer) => client.setQueryData(keys.import(id), answer))
        .catch((error: unknown) => setProblem(error))
    }
  }, [client, id, status])

  return {
    import_,
    report,
    isStale: isBusy || waiting !== null || sent !== null || known.report === null,
    isSaving: waiting !== null || sent !== null,
    problem,
    remembered: remembered.current,
    changeColumns,
    change,
    checkAgain,
  }
}
