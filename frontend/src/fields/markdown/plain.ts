/** One line of what Markdown says, without its signs, for cells. */
export function plainOf(markdown: string): string {
  return markdown
    .slice(0, 500)
    .replace(/^[ \t]*(#{1,6}|>|[-*+]|\d+[.)])[ \t]+/gm, '')
    .replace(/^[ \t]*(```.*|[-*_|: ]{3,})$/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_~`]{1,3}([^*_~`]+)[*_~`]{1,3}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
