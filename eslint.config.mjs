import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Features of the API, each with what it may import. Whatever is not listed in a row is closed to it. */
const API_FEATURES = {
  audit: [],
  organizations: ['audit'],
  'api-keys': ['audit'],
  auth: ['organizations', 'api-keys', 'audit'],
  referables: ['audit'],
  agents: ['referables', 'audit'],
  credentials: ['referables', 'audit'],
  events: [],
  idempotency: [],
  'phone-numbers': ['credentials', 'agents', 'referables', 'idempotency', 'audit', 'events'],
  webhooks: ['phone-numbers'],
  health: [],
  recovery: ['phone-numbers', 'credentials', 'agents', 'events'],
  demo: ['agents', 'auth'],
  operator: ['organizations', 'auth', 'audit', 'recovery'],
  docs: [],
};

/** What every feature may use, and which itself imports no feature. */
const API_FOUNDATION = [
  'access',
  'common',
  'config',
  'limits',
  'metrics',
  'tracing',
  'redis',
  'stop',
  'prisma',
  'vapi',
  'providers',
  'jobs',
  'dashboard',
];

const app = (folder) => `./apps/api/src/app/${folder}`;
const features = Object.keys(API_FEATURES);

const apiZones = [
  ...features.map((feature) => ({
    target: app(feature),
    from: features.filter((other) => other !== feature && !API_FEATURES[feature].includes(other)).map(app),
    message: `${feature} may import of other features only: ${API_FEATURES[feature].join(', ') || 'none'}`,
  })),
  ...API_FOUNDATION.map((folder) => ({
    target: app(folder),
    from: features.map(app),
    message: `${folder} imports no feature`,
  })),
  { target: app('providers'), from: [app('prisma'), app('jobs')], message: 'adapters are pure: no I/O' },
];

const A_PROVIDER = 'Literal[value=/^(twilio|vonage|telnyx|byo-phone-number|byo-sip-trunk|vapi)$/]';

const NO_BRANCH_ON_A_PROVIDER = [
  `BinaryExpression[operator=/^[!=]==?$/] > ${A_PROVIDER}`,
  `SwitchCase > ${A_PROVIDER}`,
].map((selector) => ({
  selector,
  message: 'A provider is told apart in its folder only: put it into the descriptor or adapter.',
}));

export default ts.config(
  {
    ignores: [
      '**/dist',
      '**/node_modules',
      '**/.angular',
      'tmp',
      'apps/api/src/generated',
      'libs/client/src/generated',
      '**/test-results',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.ts'],
    extends: [...ts.configs.strict, ...ts.configs.stylistic],
    plugins: { '@nx': nx, 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })] },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Nest's modules are classes with decorators and nothing in them.
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowWithDecorator: true, allowEmpty: true, allowStaticOnly: true },
      ],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          // The tools belong to no project.
          allow: ['../../tools/browser.mjs'],
          depConstraints: [
            { sourceTag: 'scope:web', onlyDependOnLibsWithTags: ['scope:web', 'scope:shared'] },
            {
              sourceTag: 'scope:api',
              onlyDependOnLibsWithTags: ['scope:api', 'scope:shared', 'scope:sandbox', 'scope:client'],
            },
            { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
            { sourceTag: 'scope:sandbox', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'scope:client', onlyDependOnLibsWithTags: [] },
          ],
        },
      ],
    },
  },
  {
    files: ['apps/api/src/**/*.ts'],
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: apiZones }],
      // Constructor parameters are read through metadata, which needs the class itself.
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-restricted-syntax': [
        'error',
        ...NO_BRANCH_ON_A_PROVIDER,
        {
          selector: 'CallExpression[callee.property.name=/^findUnique/]',
          message:
            'Prisma joins the calls of one moment in the scope of the first caller, whoever that is: use findFirst.',
        },
      ],
    },
  },
  {
    files: ['libs/contracts/src/**/*.ts', 'libs/client/src/**/*.ts'],
    ignores: ['libs/client/**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['@nestjs/*', '@angular/*', '@prisma/*', 'axios', 'rxjs', 'node:*', '@voxreach/*'] },
      ],
    },
  },
  {
    files: ['libs/contracts/src/**/*.ts', 'apps/web/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...NO_BRANCH_ON_A_PROVIDER] },
  },
  {
    files: ['apps/web/src/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      'no-restricted-imports': ['error', { patterns: ['@nestjs/*', '@prisma/*', 'axios', 'node:*'] }],
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'app', style: 'kebab-case' },
      ],
      '@angular-eslint/directive-selector': [
        'error',
        { type: 'attribute', prefix: 'app', style: 'camelCase' },
      ],
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
    },
  },
  {
    // Tests run in Node.
    files: ['apps/web/src/**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['@nestjs/*', '@prisma/*', 'axios'] }] },
  },
  {
    // Playwright's fixtures are called with a pattern, an empty one when they need nothing.
    files: ['apps/web-e2e/**/*.ts'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  {
    files: ['apps/web/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
);
