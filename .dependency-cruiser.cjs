/** The import directions: who may know of whom. A breach fails `npm run check`. */
const layers = [
  ['model', '^shared/model/'],
  ['contract', '^shared/contract/'],
  ['errors', '^shared/errors\\.ts$'],
  ['domain', '^shared/domain/'],
  ['observe', '^shared/observe/'],
  ['ports', '^shared/(store|queues|push|blobs|bus|secrets|directory|sql|hookHost)/'],
  ['runtime', '^shared/runtime/'],
  ['actions', '^shared/actions/'],
  ['http', '^shared/http/'],
  ['functions', '^functions/'],
  ['outermost', '^(local|infra)/'],
];

/** Each layer imports only itself and what stands left of it. */
const layering = layers.slice(0, -1).map(([name, path], index) => ({
  name: `${name}-imports-only-to-its-left`,
  severity: 'error',
  from: { path },
  to: { path: layers.slice(index + 1).map(([, right]) => right) },
}));

/** Folders beside each other that do not know of each other. */
const apart = (name, folders, except = '^$') => ({
  name,
  severity: 'error',
  from: { path: `^${folders}/([^/]+)/`, pathNot: except },
  to: { path: `^${folders}/([^/]+)/`, pathNot: `^${folders}/$1/` },
});

/** Each AWS client has one importer. */
const soleImporter = (client, importer) => ({
  name: `${client}-has-one-importer`,
  severity: 'error',
  from: { path: '^(shared|functions|templates|local|infra)/', pathNot: importer },
  to: { path: `node_modules/@aws-sdk/${client}/` },
});

module.exports = {
  forbidden: [
    ...layering,
    // Decision 0010: the REST API is a client of the groups within one function.
    apart('functions-do-not-import-each-other', 'functions', '^functions/rest/areas/'),
    {
      name: 'ports-do-not-import-each-other',
      severity: 'error',
      from: { path: '^shared/(store|queues|push|blobs|bus|secrets|directory|sql|hookHost)/' },
      to: {
        path: '^shared/(store|queues|push|blobs|bus|secrets|directory|sql|hookHost)/',
        pathNot: '^shared/$1/',
      },
    },
    {
      name: 'domain-does-no-io',
      comment: 'Hashing is pure; the rest of Node is not.',
      severity: 'error',
      from: { path: '^shared/(domain|model|contract)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'templates-know-contract-and-domain-only',
      severity: 'error',
      from: { path: '^templates/' },
      to: {
        path: '^(shared|functions|local|client|cli|nodeagent)/',
        pathNot: '^shared/(model|contract|domain)/',
      },
    },
    {
      name: 'programs-know-the-generated-client-only',
      comment: 'Command line and node agent run on other machines than the dispatcher.',
      severity: 'error',
      from: { path: '^(cli|nodeagent|console)/' },
      to: { path: '^(shared|functions|local|infra|templates|test|scripts)/' },
    },
    {
      name: 'programs-do-not-know-each-other',
      severity: 'error',
      from: { path: '^(cli|nodeagent|client)/' },
      to: { path: '^(cli|nodeagent)/', pathNot: '^$1/' },
    },
    {
      name: 'the-client-knows-nobody',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(shared|functions|local|infra|templates|cli|nodeagent)/' },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { path: '^(shared|functions|local|client|cli|nodeagent|templates)/' },
      to: { path: '^(test|scripts|bench)/' },
    },
    {
      name: 'no-circles',
      comment: 'Except in types, and among the actions of one recursive rule.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    soleImporter('client-dynamodb', '^shared/store/dynamoTable\\.ts$'),
    soleImporter('client-apigatewaymanagementapi', '^shared/push/'),
    soleImporter('client-eventbridge', '^shared/bus/'),
    soleImporter('client-lambda', '^shared/hookHost/'),
    soleImporter('client-sqs', '^shared/queues/'),
    soleImporter('client-sts', '^shared/queues/'),
    soleImporter('client-ssm', '^shared/secrets/parameterStore\\.ts$'),
    {
      name: 'directories-have-one-importer',
      severity: 'error',
      from: { path: '^(shared|functions|templates|local|infra)/', pathNot: '^shared/directory/' },
      to: { path: 'node_modules/(ldapts|openid-client)/' },
    },
    {
      name: 'infra-starts-functions-by-path',
      comment:
        'What a function is bundled from is a path; its code does not run on the machine that deploys it.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(functions|local|templates|client|cli|nodeagent|test|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
