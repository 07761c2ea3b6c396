/** Our choices among the rules of typescript-eslint's preset, for oxlint (.ts) and ESLint (.svelte). */
export const choices = {
  // An interface may need a promise from a function that awaits nothing.
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
} as const;

/** To linters, generated types ('./$types') and props of components are "any"; svelte-check knows them and checks these files. */
export const offInPages = {
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
  '@typescript-eslint/no-redundant-type-constituents': 'off',
  '@typescript-eslint/no-base-to-string': 'off',
  '@typescript-eslint/unbound-method': 'off',
  // SvelteKit's redirect() and error() are thrown.
  '@typescript-eslint/only-throw-error': 'off',
} as const;
