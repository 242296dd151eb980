import preset from '../../jest.preset.js';

export default { ...preset, displayName: 'vapi-sandbox', rootDir: '.' };
