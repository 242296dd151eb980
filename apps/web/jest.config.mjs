import presets from 'jest-preset-angular/presets/index.js';

const preset = presets.createEsmPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' });

export default {
  ...preset,
  displayName: 'web',
  rootDir: '.',
  setupFilesAfterEnv: ['<rootDir>/src/testing/setup.ts'],
  moduleNameMapper: {
    ...preset.moduleNameMapper,
    '^@voxreach/contracts$': '<rootDir>/../../libs/contracts/src/index.ts',
    '^@voxreach/contracts/(sentences|vocabulary)$': '<rootDir>/../../libs/contracts/src/$1.ts',
  },
  maxWorkers: 2,
  // A busy machine draws slowly.
  testTimeout: 20_000,
};
