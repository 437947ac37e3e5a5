/** Names of what designers add without naming it. */

export function freeName(stem: string, taken: readonly { name: string }[]): string {
  const names = new Set(taken.map((one) => one.name))
  let number = taken.length + 1
  while (names.has(`${stem}_${number}`)) number += 1
  return `${stem}_${number}`
}
