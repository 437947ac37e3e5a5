/** Finds cards on the screen: to let a refused one travel back, and to keep the focus on one that was moved by keys. */

export interface Place {
  left: number
  top: number
}

function cardElement(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)
}

export function placeOf(id: string): Place | null {
  return cardElement(id)?.getBoundingClientRect() ?? null
}

/** Once the card stands in its new column. */
function whenPlaced(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

export function focusCard(id: string): void {
  whenPlaced(() => cardElement(id)?.focus())
}

export function glideFrom(id: string, from: Place | null): void {
  if (!from || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
  whenPlaced(() => {
    const card = cardElement(id)
    if (!card) return
    const to = card.getBoundingClientRect()
    card.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: 'none' }], {
      duration: 260,
      easing: 'cubic-bezier(0.2, 0, 0, 1)',
    })
  })
}
