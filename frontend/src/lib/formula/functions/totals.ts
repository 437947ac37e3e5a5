/** Figures over many values: single ones, lists, and rows of lists. */
import { divide } from '../arithmetic.ts'
import { Decimal, plus, times, whole, ZERO } from '../decimal.ts'
import type { Environment } from '../environment.ts'
import type { Evaluate, Implementations } from '../function.ts'
import type { Single, Value } from '../value.ts'
import { compare } from '../value.ts'
import { flat, forEach } from './gathering.ts'

const HALF = new Decimal(5n, 1)

function total(values: readonly Decimal[]): Decimal {
  let sum = ZERO
  for (const one of values) sum = plus(sum, one)
  return sum
}

function mean(values: readonly Decimal[]): Decimal | null {
  return values.length > 0 ? divide(total(values), whole(values.length)) : null
}

function median(...values: Value[]): Decimal | null {
  const given = flat<Decimal>(values).sort(compare)
  const high = given[Math.floor(given.length / 2)]
  const low = given[Math.ceil(given.length / 2) - 1]
  return low && high ? times(plus(low, high), HALF) : null
}

function extreme(sign: number): (...values: Value[]) => Single {
  return (...values) => {
    let best: Single = null
    for (const one of flat(values)) if (best === null || compare(one, best) * sign > 0) best = one
    return best
  }
}

function count(...values: Value[]): Decimal {
  return whole(flat(values).length)
}

function chosen(environment: Environment, items: Evaluate, condition: Evaluate, value: Evaluate): Decimal[] {
  const found: Decimal[] = []
  for (const [, holds] of forEach(environment, items, condition)) {
    const one = holds === true ? value(environment) : null
    if (one instanceof Decimal) found.push(one)
  }
  return found
}

export const totals: Implementations = {
  SUM: (...values: Value[]) => total(flat<Decimal>(values)),
  AVERAGE: (...values: Value[]) => mean(flat<Decimal>(values)),
  MEDIAN: median,
  MAX: extreme(1),
  MIN: extreme(-1),
  COUNT: count,
  COUNTA: count,
  COUNTIF: (environment: Environment, items: Evaluate, condition: Evaluate) =>
    whole([...forEach(environment, items, condition)].filter(([, holds]) => holds === true).length),
  SUMIF: (environment: Environment, items: Evaluate, condition: Evaluate, value: Evaluate) =>
    total(chosen(environment, items, condition, value)),
  AVERAGEIF: (environment: Environment, items: Evaluate, condition: Evaluate, value: Evaluate) =>
    mean(chosen(environment, items, condition, value)),
  SUMPRODUCT: (first: readonly (Decimal | null)[], second: readonly (Decimal | null)[]) =>
    total(first.slice(0, second.length).map((one, place) => times(one ?? ZERO, second[place] ?? ZERO))),
}
