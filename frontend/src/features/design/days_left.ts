const kept = 30

/** Days until something removed can no longer be restored. */
export function daysLeft(retiredAt: string, now: Date = new Date()): number {
  return Math.max(0, Math.ceil(kept - (now.getTime() - new Date(retiredAt).getTime()) / 86_400_000))
}
