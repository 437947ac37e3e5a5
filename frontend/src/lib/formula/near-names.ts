/** The known name most like a written one, by the ratio of Ratcliff and Obershelp (1988) that the server uses too. */
import { compare } from './text.ts'

const usual = 0.6

export function nearest(written: string, known: readonly string[], least = usual): string | null {
  let best: string | null = null
  let score = least
  for (const name of known) {
    const found = likeness(Array.from(name), Array.from(written))
    if (found > score || (found === score && (best === null || compare(name, best) > 0))) {
      best = name
      score = found
    }
  }
  return best
}

function likeness(first: readonly string[], second: readonly string[]): number {
  const whole = first.length + second.length
  return whole === 0 ? 1 : (2 * matching(first, second)) / whole
}

/** Characters in the longest common stretch and, again, in what lies before and after it. */
function matching(first: readonly string[], second: readonly string[]): number {
  let [length, start, other] = [0, 0, 0]
  for (let one = 0; one < first.length; one += 1) {
    for (let two = 0; two < second.length; two += 1) {
      let run = 0
      while (one + run < first.length && two + run < second.length && first[one + run] === second[two + run]) run += 1
      if (run > length) [length, start, other] = [run, one, two]
    }
  }
  if (length === 0) return 0
  const before = matching(first.slice(0, start), second.slice(0, other))
  return length + before + matching(first.slice(start + length), second.slice(other + length))
}
