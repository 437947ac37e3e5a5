/** Which sentence names which action. */
export const actionWords = { see: 'see', create: 'create', edit: 'edit', delete: 'delete_', import: 'import', export: 'export' } as const
