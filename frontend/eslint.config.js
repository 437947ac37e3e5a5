import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const colourLiteral = '/#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?\\b/'

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts', 'dev-dist'] },
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    // The colours of records are values, not the product's own.
    ignores: ['src/ui/tokens.ts', 'src/fields/color/index.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=${colourLiteral}]`, message: 'Take colours from ui/tokens: var(--accent), var(--chip-teal-text), …' },
      ],
    },
  },
)
