import type { Context } from '#server/context.ts';
import type { App } from '#server/platform/http.ts';

export function routes(_app: App, _ctx: Context): void {}

export function linkRoutes(_app: App, _ctx: Context): void {}
