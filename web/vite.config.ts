import { writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { fontSubsets } from './fonts.ts';
import { builtPath, type IslandScript, islandScripts } from './src/lib/island/scripts.ts';
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

// One for all files of a build.
const version = Date.now().toString(36);

/** Builds the scripts of pages with islands among SvelteKit's files, so that they share modules with its pages. */
function buildIslandScripts(): Plugin {
  return {
    name: 'island-scripts',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    buildStart() {
      for (const script of Object.keys(islandScripts) as IslandScript[]) {
        const id = join(import.meta.dirname, 'src', islandScripts[script]);
        this.emitFile({ type: 'chunk', id, fileName: builtPath(script, version) });
      }
    },
  };
}

/**
 * Files of modules that pages share. Many small files compress badly and name each other at length. A file of a route,
 * of words or of a part that is loaded by `import()` stays as it comes: Kit finds the styles of pages by them.
 * Each takes what its modules import, too, unless one before it has taken that.
 */
const chunks = Object.entries({
  // Kit sets it before anything that reads it is loaded, so it stands alone.
  payload: /runtime.client.payload\.js$/,
  svelte: /node_modules.(svelte|esm-env|clsx)\b/,
  // Kit finds the others by their own files.
  kit: /node_modules.(devalue\b|@sveltejs.kit\b(?!.*runtime.client.(client-)?entry\.js$))/,
  search: /lib.shell.searchBox\b/,
  // All that a page without Svelte loads.
  preload: /preload-helper/,
  plain: /lib.plain.(forms|page)|lib.shell.(frame|timeZone)\b/,
  money: /server.common.(money|amounts|prices)\.ts/,
  // What every other page loads, and small parts of most.
  frame:
    /server.common.currencies|lib.catalog.paths|lib.(i18n|api).[^/]*\.ts|i18n.generated.areas|icons\.svg|lib.ui.(Button|Empty|Icon|Money|Note|PartnerTile|partnerLine|Table|Tag|icons)\b/,
  island: /lib.island.island\.svelte\.ts|lib.plain.visit/,
  forms: /lib.ui.(ErrorSummary|Field|TextField|fieldIds)\b/,
  offer:
    /lib.calls.[rR]ating\b|lib.solution.(additionKeys|quantities)|lib.ui.([cC]ategoryArt|art\.svg|About|Breadcrumbs|CheckBox|RatesNote|Stepper)/,
  // Lists show it, too: it must not bring theirs to the desk.
  presence: /lib.calls.(Presence|PresenceGlyph)\.svelte/,
  row: /lib.catalog.(AddForm|Availability|Marked|ResultRow|actionPath|offers|words)\.(svelte|ts)/,
  calls: /lib.calls.(agents|seconds|times|words)\.(svelte|ts)|lib.(live\.svelte|backoff)/,
  panel: /lib.calls.(PhoneField|memory|phones|stay)\.(svelte|ts)/,
  deadlines: /server.common.zones|lib.requests.deadlines/,
  desk: /lib.desk.[^/]*\.ts|routes.agent.*(CallTable|EnquiryTable)\.svelte/,
  // The frame of pages with Kit.
  shell: /routes.\+error|lib.shell.(Logo|Menu|Preferences|Title|theme)|lib.ui.(Toasts|toasts)\b/,
}).map(([name, test], index, all) => ({
  name,
  test,
  priority: all.length - index,
  ...(/node_modules|payload/.test(test.source) ? {} : { minShareCount: 2 }),
}));

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    iconSprite(),
    fontSubsets(),
    buildIslandScripts(),
    sveltekit({
      adapter: adapter({ out: 'build' }),
      compilerOptions: {
        runes: true,
        // Tables that become cards lose their meaning with their display; written roles keep it.
        warningFilter: ({ code }) => code !== 'a11y_no_redundant_roles',
      },
      paths: { relative: false },
      // Styles of a few rules cost less in the page than as a request of their own.
      inlineStyleThreshold: 400,
      version: { name: version },
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
          // A form that buys credit by card leads to Stripe's page.
          'form-action': ['self', 'https://checkout.stripe.com'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  build: {
    assetsInlineLimit: 0,
    // Lists of the scripts of every page would be a third of what each page begins with.
    modulePreload: { resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')) },
  },
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: chunks } } } } } },
});
