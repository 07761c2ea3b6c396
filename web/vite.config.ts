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
 * Files of modules that pages share. Many small files compress badly and name each other at length. A file of a route,
 * of words or of a part that is loaded by `import()` stays as it comes: Kit finds the styles of pages by them.
 */
const chunks = [
  // Kit sets it before anything that reads it is loaded, so it stands alone.
  { name: 'payload', test: /runtime.client.payload\.js$/, priority: 3 },
  {
    name: 'core',
    // Kit finds these by their own files.
    test: (id: string) =>
      /node_modules.(svelte|@sveltejs|devalue|esm-env|clsx)|preload-helper/.test(id) &&
      !/runtime.client.(client-)?entry\.js$/.test(id),
    priority: 2,
  },
  // Of two that take the same module, the first gets it.
  ...Object.entries({
    // What every page loads, and small parts of most.
    frame:
      /server.common.(locales|words)\.ts|lib.catalog.paths|lib.calls.memory|lib.(i18n|api).[^/]*\.ts|i18n.generated.areas|icons\.svg|routes.\+error|lib.shell.(Logo|Menu|Preferences|Title|theme|timeZone)|lib.ui.(Button|Empty|Icon|Money|Note|PartnerTile|partnerLine|Table|Tag|Toasts|icons|toasts)\b/,
    art: /lib.ui.([cC]ategoryArt|art\.svg)/,
    forms: /lib.ui.(ErrorSummary|Field|Select|Stepper|TextArea|TextField|fieldIds)\b/,
    // Lists show it, too: it must not bring theirs to the desk.
    presence: /lib.calls.Presence/,
    products:
      /lib.catalog.(AddForm|Availability|Marked|ResultRow|listing|offers|words)\.(svelte|ts)|lib.calls.([rR]ating)\b|lib.solution.(additionKeys|quantities)|lib.ui.Breadcrumbs/,
    calls: /lib.calls.(PhoneField|agents|phones|seconds|stay|times|words)\.(svelte|ts)/,
  }).map(([name, test]) => ({ name, test, minShareCount: 2, priority: 1 })),
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
