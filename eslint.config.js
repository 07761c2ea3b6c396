import js from '@eslint/js';
import globals from 'globals';
import typescript from 'typescript-eslint';
import { choices, offInPages } from './scripts/lint-rules.ts';

// Gives typescript-eslint all components as TypeScript; without it, it builds the types of all pages again for each
// component. The parser reads this while it loads, hence before the plugin.
process.env.SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK = '1';
const { default: svelte } = await import('eslint-plugin-svelte');

/** Checks components, scripts in JavaScript, and the use of Svelte in .ts; .oxlint.config.ts has the other rules for .ts. */
export default typescript.config(
  {
    ignores: ['build/', 'migrations/', '**/.svelte-kit/', '**/node_modules/', 'web/src/lib/api/schema.d.ts'],
  },
  {
    files: ['**/*.svelte', '**/*.{js,mjs,cjs}'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  {
    files: ['**/*.svelte'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] },
    },
    rules: choices,
  },
  {
    files: ['web/**/*.ts'],
    languageOptions: { parser: typescript.parser },
  },
  svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
    },
  },
  {
    files: ['**/*.svelte', 'web/src/**/*.ts'],
    // The service is at the root of its origin, so links need no base path.
    rules: { 'svelte/no-navigation-without-resolve': 'off' },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      ...offInPages,
      // TypeScript already reports undefined names.
      'no-undef': 'off',
    },
  },
  {
    // Svelte has rendered this HTML.
    files: ['web/src/lib/island/Island.svelte'],
    rules: { 'svelte/no-at-html-tags': 'off' },
  },
  {
    files: ['scripts/boundaries.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
);
