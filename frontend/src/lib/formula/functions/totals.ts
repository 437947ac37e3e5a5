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

type OfRows<Of> = (environment: Environment, items: Evaluate, condition: Evaluate, value: Evaluate) => Of

const chosen: OfRows<Value[]> = (environment, items, condition, value) => {
  const found: Value[] = []
  for (const [, holds] of forEach(environment, items, condition)) if (holds === true) found.push(value(environment))
  return found
}

const sum = (...values: Value[]) => total(flat<Decimal>(values))
const average = (...values: Value[]) => mean(flat<Decimal>(values))

function ofChosen(of: (...values: Value[]) => Value): OfRows<Value> {
  return (...given) => of(...chosen(...given))
}

/** Of chosen items that all have a value; else nothing. */
function ofChosenKept(of: (...values: Value[]) => Value): OfRows<Value> {
  return (...given) => {
    const values = chosen(...given)
    return values.length === 0 || values.includes(null) ? null : of(...values)
  }
}

export const totals: Implementations = {
  SUM: sum,
  AVERAGE: average,
  MEDIAN: median,
  MAX: extreme(1),
  MIN: extreme(-1),
  COUNT: count,
  COUNTA: count,
  COUNTIF: (environment: Environment, items: Evaluate, condition: Evaluate) =>
    whole([...forEach(environment, items, condition)].filter(([, holds]) => holds === true).length),
  SUMIF: ofChosen(sum),
  AVERAGEIF: ofChosen(average),
  SUMPRODUCT: (first: readonly (Decimal | null)[], second: readonly (Decimal | null)[]) =>
    total(first.slice(0, second.length).map((one, place) => times(one ?? ZERO, second[place] ?? ZERO))),
}

/** What they do inside KEEPEMPTY, where their arguments are not evaluated beforehand. */
export const keptTotals: Implementations = { SUMIF: ofChosenKept(sum), AVERAGEIF: ofChosenKept(average) }
