/** The mark of the product: two rings that hold each other. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <g fill="none" stroke="var(--onAccent)" strokeWidth="3">
        <circle cx="12" cy="16" r="5.2" />
        <circle cx="20" cy="16" r="5.2" />
      </g>
    </svg>
  )
}
