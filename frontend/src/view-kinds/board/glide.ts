/** Lets a refused card travel back from where it was dropped to where it stands again. */

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

export function glideFrom(id: string, from: Place | null): void {
  if (!from || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const card = cardElement(id)
      if (!card) return
      const to = card.getBoundingClientRect()
      card.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: 'none' }], {
        duration: 260,
        easing: 'cubic-bezier(0.2, 0, 0, 1)',
      })
    }),
  )
}
