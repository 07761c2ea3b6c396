import js from '@eslint/js';
import { defineConfig, type OxlintConfig } from 'oxlint';
import typescript from 'typescript-eslint';
import { choices, offInPages } from './scripts/lint-rules.ts';

type Rules = NonNullable<OxlintConfig['rules']>;

/** The presets of ESLint and typescript-eslint, whose rules oxlint has by the same names, and our choices. */
const rules = new Map<string, unknown>(
  [js.configs.recommended, ...typescript.configs.recommendedTypeChecked, { rules: choices }].flatMap(
    (preset) => Object.entries(preset.rules ?? {}),
  ),
);

/** Checks .ts; eslint.config.js has what else is checked. */
export default defineConfig({
  plugins: ['typescript'],
  categories: { correctness: 'off' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ['build/', 'migrations/', '**/*.{svelte,js,mjs,cjs}', 'web/src/lib/api/schema.d.ts'],
  // Some that are off are unknown to oxlint. So is no-octal: in modules that is a syntax error.
  rules: Object.fromEntries(
    [...rules].filter(([name, level]) => level !== 'off' && name !== 'no-octal'),
  ) as Rules,
  overrides: [
    { files: ['web/src/**/*.ts'], rules: offInPages },
    {
      // Tests read answers of the API without types, because they check what those hold.
      files: ['tests/**/*.ts'],
      rules: {
        '@typescript-eslint/no-explicit-any': 'off',
        '@typescript-eslint/no-unsafe-argument': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
        '@typescript-eslint/no-unsafe-call': 'off',
        '@typescript-eslint/no-unsafe-member-access': 'off',
        '@typescript-eslint/no-unsafe-return': 'off',
      },
    },
    // ESLint checks it in them, with a rule that knows runes.
    { files: ['**/*.svelte.ts'], rules: { 'prefer-const': 'off' } },
  ],
});
