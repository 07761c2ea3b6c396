// Which modules may import which, enforced by `npm run check`.

/** Feature -> the features whose service, schema, events and refusals it may import. A test fails if a feature is missing. */
const mayUse = require('./may-use.json');

const features = Object.keys(mayUse);
const forbiddenFor = (feature) =>
  features.filter((other) => other !== feature && !mayUse[feature].includes(other));
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const visibility = features
  .filter((feature) => forbiddenFor(feature).length > 0)
  .map((feature) =>
    forbid(
      `${feature}-sees-its-list`,
      `${feature} may use: ${mayUse[feature].join(', ') || 'no other feature'}`,
      // API schemas may import any other API schema.
      { path: `^server/${feature}/`, pathNot: '/schema[.]ts$' },
      { path: `^server/(?:${forbiddenFor(feature).join('|')})/` },
    ),
  );

module.exports = {
  forbidden: [
    ...visibility,
    forbid(
      'internals-are-private',
      'Of another feature only service, schema, events and refusals may be imported.',
      { path: '^server/(?!platform/|common/)([^/]+)/' },
      {
        path: '^server/(?!platform/|common/)[^/]+/(?!(?:service|schema|events|refusals)[.]ts$)',
        pathNot: '^server/$1/',
      },
    ),
    forbid(
      'platform-knows-no-feature',
      'Features use the platform; the platform must not import a feature.',
      { path: '^server/platform/' },
      { path: `^server/(?:${features.join('|')})/|^server/[^/]+[.]ts$`, pathNot: '^server/context[.]ts$' },
    ),
    forbid(
      'context-by-type-only',
      'Platform code may use the type of the context, not create a context.',
      { path: '^server/platform/' },
      { path: '^server/context[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'nobody-imports-the-process',
      'main, search-main, access, app, worker, topics, hooks, attachments, stores, forgetting and features import all features; a feature must not import them.',
      { path: '^server/[^/]+/' },
      {
        path: '^server/(?:main|search-main|access|app|worker|topics|hooks|attachments|stores|forgetting|features)[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'production-loads-no-demo',
      'Code of the demo is imported only when a demo starts.',
      { path: '^server/(?!dev/)' },
      { path: '^server/dev/', dependencyTypesNot: ['type-only', 'dynamic-import'] },
    ),
    forbid(
      'rules-schema-events-are-pure',
      'Rules, schemas, events and refusals use no database, clock or network.',
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
      'A schema may import only the schemas of another feature.',
      { path: '^server/([^/]+)/.*schema[.]ts$' },
      { path: '^server/[^/]+/', pathNot: '^server/.+/schema[.]ts$|^server/($1|platform|common)/' },
    ),
    forbid(
      'sql-lives-in-queries',
      'SQL is written in queries.ts; other files may import only the types of db/.',
      {
        path: '^server/',
        pathNot: '/queries[.]ts$|^server/(?:platform/|context[.]ts|main[.]ts|search-main[.]ts)',
      },
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
      'Services must work the same from a route, a job or a test.',
      { path: '^server/(?!platform/).+/(?:service|queries|rules)[.]ts$' },
      { path: '^node_modules/(?:@fastify|fastify|twilio|nodemailer)/' },
    ),
    forbid(
      'lucia-behind-one-module',
      'lucia is no longer developed, so one module imports it.',
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
      'Pages may import only API schemas and server/common/ of the server.',
      { path: '^web/' },
      { path: '^(?:db|server|scripts|tests)/', pathNot: '^server/(?:common/|.+/schema[.]ts$)' },
    ),
    forbid(
      'web-takes-types-not-code',
      'Pages import only types from schema.ts; code for both is in server/common/.',
      { path: '^web/' },
      { path: '^server/(?!common/)', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'common-is-pure',
      'Server and browser both run it, so it imports neither node: nor a package.',
      { path: '^server/common/' },
      { pathNot: '^server/common/' },
    ),
    forbid(
      'ui-kit-knows-no-feature',
      'UI components render; they neither fetch nor import a feature.',
      { path: '^web/src/lib/ui/' },
      { path: '^web/src/(?:routes/|lib/(?!ui/|styles/|i18n/))' },
    ),
    forbid(
      'server-knows-no-page',
      'The server and db/ must not import pages, scripts or tests.',
      { path: '^(?:server|db)/' },
      { path: '^(?:web|scripts|tests)/' },
    ),
    forbid(
      'tables-know-tables',
      'Of the server, db/ may import only server/common/.',
      { path: '^db/' },
      { path: '^server/(?!common/)' },
    ),
    forbid('nobody-imports-tests', 'Only tests import tests.', { pathNot: '^tests/' }, { path: '^tests/' }),
    forbid(
      'no-cycles',
      'Merge modules that import each other, or move what both need to a third.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'resolvable',
      'The imported module does not exist.',
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
