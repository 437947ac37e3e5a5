import { describe, expect, it, vi } from 'vitest'
import { bounds, draw } from './strokes'

describe('a signature', () => {
  it('is cut to what was drawn, with room around it', () => {
    expect(bounds([])).toBeNull()
    expect(bounds([[{ x: 40, y: 30 }], [{ x: 100, y: 50 }, { x: 60, y: 90 }]])).toEqual({ x: 28, y: 18, width: 84, height: 84 })
  })

  it('draws a tap as a dot and a stroke as a curve to its end', () => {
    const context = { beginPath: vi.fn(), arc: vi.fn(), fill: vi.fn(), moveTo: vi.fn(), quadraticCurveTo: vi.fn(), lineTo: vi.fn(), stroke: vi.fn() }
    draw(context as unknown as CanvasRenderingContext2D, [[{ x: 1, y: 2 }], [{ x: 0, y: 0 }, { x: 10, y: 10 }, { x: 20, y: 0 }]], 'black')
    expect(context.arc).toHaveBeenCalledOnce()
    expect(context.quadraticCurveTo).toHaveBeenCalledTimes(2)
    expect(context.lineTo).toHaveBeenCalledWith(20, 0)
  })
})
