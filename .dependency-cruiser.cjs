/** Import rules of ARCHITECTURE.md; `npm run lint:imports` checks them. */
const features = ['people', 'boards', 'series', 'journal', 'documents', 'referrals', 'meetings', 'reminders', 'intake', 'register'];

/** A feature may import only from the features to its left in the list. */
const order = features.map((name, index) => ({
  name: `feature-order-${name}`,
  severity: 'error',
  from: { path: `^src/features/${name}/` },
  to: { path: `^src/features/(${features.slice(index + 1).join('|') || 'none-after-the-last'})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', '^node_modules/date-fns/'] },
    },
    { name: 'platform-knows-no-feature', severity: 'error', from: { path: '^src/platform/' }, to: { path: '^src/(features|cli)/' } },
    { name: 'features-know-no-entry', severity: 'error', from: { path: '^src/features/' }, to: { path: '^src/(cli/|[^/]+\\.ts$)' } },
    { name: 'not-to-dev-dep', severity: 'error', from: { path: '^src/' }, to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] } },
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
