/** Jest runs the TypeScript sources as ES modules through swc; see docs/adr/0006-esm-and-jest.md. */
export default {
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/support/once-more-in-ci.ts'],
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx', '**/*.e2e-spec.ts'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json', 'node'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
            react: { runtime: 'automatic', importSource: 'preact' },
          },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testTimeout: 180_000,
  maxWorkers: 2,
  // ES modules of a file that has been run are not let go: after a hundred files a worker held four gigabytes, as much as
  // Node gives it, and did little but collect. Past this a worker makes room for a new one.
  workerIdleMemoryLimit: '800MB',
};
