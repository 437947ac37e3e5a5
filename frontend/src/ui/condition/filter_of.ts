/** A formula as a filter: sentences where they can say it, else the formula as it is. */
import { sameJson } from '@/lib/equal'
import type { Filter } from '@/lib/filter'
import { pathsIn } from '@/lib/formula/tree'
import { stored } from '@/lib/formula/typed'
import { formulaAsCondition } from '../formula/formula_to_condition'
import type { ObjectScope } from '../formula/object_scope'
import { keptText } from '../formula/reading'
import type { Reading } from '../formula/reading'

/** Null for text that is unfinished or wrong; `many` where it looks at records that link here, which no condition does. */
export function filterOf(reading: Reading, scope: ObjectScope): Filter | 'many' | null {
  if (!reading.typed || reading.problem) return null
  const tree = stored(reading.typed)
  const answer = formulaAsCondition(tree, scope)
  if ('filter' in answer) return answer.filter
  return pathsIn(tree).some((names) => isOverMany(names, scope)) ? 'many' : { formula: keptText(reading) }
}

function isOverMany(names: readonly string[], scope: ObjectScope): boolean {
  const path = scope.path(names)
  return 'unknown' in path || !path.field || path.hops.some((hop) => hop.isBackwards)
}

/** Whether handing it on changes anything. */
export function isNews(found: Filter | 'many' | null, before: Filter | null): found is Filter {
  return found !== null && found !== 'many' && !sameJson(found, before)
}
