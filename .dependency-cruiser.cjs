/** Import rules of ARCHITECTURE.md and docs/adr/0001-layers.md; `npm run lint:imports` checks them. */

/** A feature may import only from the features to its left. */
const features = [
  'journal',
  'people',
  'accounts',
  'boards',
  'series',
  'documents',
  'ledger',
  'referrals',
  'meetings',
  'reminders',
  'organisation',
  'register',
  'intake',
  'operations',
  'pages',
];

const order = features.map((name, index) => ({
  name: `feature-order-${name}`,
  severity: 'error',
  from: { path: `^src/features/${name}/` },
  to: { path: `^src/features/(${features.slice(index + 1).join('|') || 'none-after-the-last'})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', '^node_modules/date-fns/'] },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(features|cli)/' },
    },
    {
      name: 'known-features-only',
      comment: 'A new feature folder takes its place in the list above.',
      severity: 'error',
      from: {},
      to: { path: '^src/features/', pathNot: `^src/features/(${features.join('|')})/` },
    },
    {
      name: 'features-know-no-entry',
      severity: 'error',
      from: { path: '^src/features/' },
      to: { path: '^src/(cli/|[^/]+\\.tsx?$)' },
    },
    {
      name: 'no-unlisted-package',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    { name: 'src-knows-no-test', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench)/' } },
    ...order,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
