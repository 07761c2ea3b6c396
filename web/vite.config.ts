import { writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { fontSubsets } from './fonts.ts';
import { iconNames } from './src/lib/ui/icons.ts';

const require = createRequire(import.meta.url);

/**
 * Writes one SVG sprite with the icons the pages use, before Vite resolves anything.
 * `Icon.svelte` imports its address, so icons cost the pages neither markup nor script.
 */
function iconSprite(): Plugin {
  const body = (name: string) =>
    readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), 'utf8')
      .replace(/^[\s\S]*?<svg[^>]*>/, '')
      .replace('</svg>', '')
      .replace(/\s*\n\s*/g, '');
  return {
    name: 'icon-sprite',
    config() {
      const folder = join(import.meta.dirname, '.svelte-kit');
      const symbols = iconNames.map(
        (name) => `<symbol id="${name}" viewBox="0 0 24 24">${body(name)}</symbol>`,
      );
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, 'icons.svg'),
        `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`,
      );
    },
  };
}

/**
 * What every page runs, Svelte and Kit, is one file instead of many small ones, which compress badly and name each other
 * at length. Files with styles stay as they come: Kit finds a page's styles by them.
 */
const chunks = [
  // Kit sets it before anything that reads it is loaded, so it stands alone.
  { name: 'payload', test: /runtime.client.payload\.js$/, priority: 2 },
  {
    name: 'core',
    // Kit finds these by their own files.
    test: (id: string) =>
      /node_modules.(svelte|@sveltejs|devalue|esm-env|clsx)|preload-helper/.test(id) &&
      !/runtime.client.(client-)?entry\.js$/.test(id),
    priority: 1,
  },
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    iconSprite(),
    fontSubsets(),
    sveltekit({
      adapter: adapter({ out: 'build' }),
      compilerOptions: {
        runes: true,
        // Tables that become cards lose their meaning with their display; written roles keep it.
        warningFilter: ({ code }) => code !== 'a11y_no_redundant_roles',
      },
      paths: { relative: false },
      // Forms are checked in hooks.server.ts: pages opened by a signed link send no referrer, so
      // their forms arrive with `Origin: null`, which the built-in check would refuse.
      csrf: { trustedOrigins: ['*'] },
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The route announcer and progress widths are style attributes; sheets stay external.
          'style-src-attr': ['unsafe-inline'],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: { assetsInlineLimit: 0 },
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: chunks } } } } } },
});
