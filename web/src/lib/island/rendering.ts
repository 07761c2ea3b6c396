/** What only the server needs of islands. */
export { render } from 'svelte/server';
export { default as Island } from './Island.svelte';
