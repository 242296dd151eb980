/** False for pages and their files, and for checks of health, which come too often to be news. */
export const isWorthRecording = (url: string): boolean =>
  url.startsWith('/api/') && !url.startsWith('/api/health/');
