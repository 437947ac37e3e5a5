/** What stands for a secret wherever values stand. */
export const mask = '••••••'
