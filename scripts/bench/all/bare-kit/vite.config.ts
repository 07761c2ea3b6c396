import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/** A site of two pages, as little as could show a product and a search: what our pages are compared with. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [sveltekit({ adapter: adapter({ out: process.env['BARE_KIT_BUILD'] ?? 'build' }) })],
});
