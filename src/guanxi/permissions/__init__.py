"""Who may see and change what: roles, grants, scopes, field rights."""
