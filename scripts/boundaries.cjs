// Who may import whom, enforced by `npm run check`.

/** Feature -> the features whose service, schema, events and refusals it may import. One that is missing there fails a test. */
const mayUse = require('./may-use.json');

const features = Object.keys(mayUse);
const strangersOf = (feature) =>
  features.filter((other) => other !== feature && !mayUse[feature].includes(other));
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const visibility = features
  .filter((feature) => strangersOf(feature).length > 0)
  .map((feature) =>
    forbid(
      `${feature}-sees-its-list`,
      `${feature} may use: ${mayUse[feature].join(', ') || 'no other feature'}`,
      // Wire shapes may quote any other wire shape.
      { path: `^server/${feature}/`, pathNot: '/schema[.]ts$' },
      { path: `^server/(?:${strangersOf(feature).join('|')})/` },
    ),
  );

module.exports = {
  forbidden: [
    ...visibility,
    forbid(
      'internals-are-private',
      'Another feature is reached by its service, schema, events or refusals only.',
      { path: '^server/(?!platform/|common/)([^/]+)/' },
      {
        path: '^server/(?!platform/|common/)[^/]+/(?!(?:service|schema|events|refusals)[.]ts$)',
        pathNot: '^server/$1/',
      },
    ),
    forbid(
      'platform-knows-no-feature',
      'The platform serves the features, not the reverse.',
      { path: '^server/platform/' },
      { path: `^server/(?:${features.join('|')})/|^server/[^/]+[.]ts$`, pathNot: '^server/context[.]ts$' },
    ),
    forbid(
      'context-by-type-only',
      'Platform code may name the context it is handed, not build one.',
      { path: '^server/platform/' },
      { path: '^server/context[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'nobody-imports-the-process',
      'main, app, worker, topics, hooks and features put features together; a feature must not know them.',
      { path: '^server/[^/]+/' },
      { path: '^server/(?:main|app|worker|topics|hooks|features)[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'production-loads-no-demo',
      'What only the demo has is loaded when a demo starts, and by nothing else.',
      { path: '^server/(?!dev/)' },
      { path: '^server/dev/', dependencyTypesNot: ['type-only', 'dynamic-import'] },
    ),
    forbid(
      'rules-schema-events-are-pure',
      'Rules, schemas, events and refusals decide and describe; they touch no database, clock or network.',
      { path: '^server/(?!platform/).+/(?:rules|schema|events|refusals)[.]ts$' },
      {
        path:
          '^db/|^server/(?!platform/).+/(?:queries|service|routes|jobs)[.]ts$' +
          '|^node_modules/(?:drizzle-orm|fastify|postgres|nodemailer|twilio|pg-boss)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'schemas-quote-schemas',
      'Of another feature a schema knows the schema.',
      { path: '^server/([^/]+)/.*schema[.]ts$' },
      { path: '^server/[^/]+/', pathNot: '^server/.+/schema[.]ts$|^server/($1|platform|common)/' },
    ),
    forbid(
      'sql-lives-in-queries',
      'SQL is written in queries.ts; elsewhere only the type of a database handle is needed.',
      { path: '^server/', pathNot: '/queries[.]ts$|^server/(?:platform/|context[.]ts|main[.]ts)' },
      { path: '^db/(?!seed/)|^node_modules/(?:drizzle-orm|postgres)/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'routes-leave-jobs-alone',
      'A route calls the service or a query; the service enqueues.',
      { path: '^server/.+/routes[.]ts$' },
      { path: '^server/.+/jobs[.]ts$' },
    ),
    forbid(
      'services-know-no-web-framework',
      'A verb works the same from a route, a job or a test.',
      { path: '^server/(?!platform/).+/(?:service|queries|rules)[.]ts$' },
      { path: '^node_modules/(?:@fastify|fastify|twilio|nodemailer)/' },
    ),
    forbid(
      'lucia-behind-one-module',
      'lucia is no longer developed; one module knows it.',
      { pathNot: '^server/platform/auth/' },
      { path: '^node_modules/lucia/' },
    ),
    forbid(
      'temporal-behind-one-module',
      'The polyfill is large: only the server loads it, and pages use Intl.',
      { pathNot: '^server/platform/zones[.]ts$' },
      { path: '^node_modules/temporal-polyfill/' },
    ),
    forbid(
      'web-sees-wire-types-only',
      'Pages know the service by its wire shapes and the code that both share.',
      { path: '^web/' },
      { path: '^(?:db|server|scripts|tests)/', pathNot: '^server/(?:common/|.+/schema[.]ts$)' },
    ),
    forbid(
      'web-takes-types-not-code',
      'Pages import types from schema.ts, never code; what both run is in server/common/.',
      { path: '^web/' },
      { path: '^server/(?!common/)', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'common-is-pure',
      'Server and browser both run it: it needs nothing but itself, neither node: nor a package.',
      { path: '^server/common/' },
      { pathNot: '^server/common/' },
    ),
    forbid(
      'ui-kit-knows-no-feature',
      'The kit renders; it neither fetches nor knows a feature.',
      { path: '^web/src/lib/ui/' },
      { path: '^web/src/(?:routes/|lib/(?!ui/|styles/|i18n/))' },
    ),
    forbid(
      'server-knows-no-page',
      'The server and its data know neither pages nor tools.',
      { path: '^(?:server|db)/' },
      { path: '^(?:web|scripts|tests)/' },
    ),
    forbid(
      'tables-know-tables',
      'db/ stands below the server; the words of the wire it shares with it.',
      { path: '^db/' },
      { path: '^server/(?!common/)' },
    ),
    forbid('nobody-imports-tests', 'Tests are not a library.', { pathNot: '^tests/' }, { path: '^tests/' }),
    forbid(
      'no-cycles',
      'Two modules that need each other are one, or lack a third.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'resolvable',
      'The import leads nowhere.',
      {},
      { couldNotResolve: true, pathNot: '^(?:[$]app/|[.]/[$]types|[.]{1,2}/build/|virtual:)' },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]svelte-kit/|/node_modules/[.]|^build/' },
    enhancedResolveOptions: { conditionNames: ['import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
