/** Figures as they stand in the table. */
export const rate = (value) => `${value.toFixed(0)}/s`;
export const ms = (value) => `${value.toFixed(1)} ms`;
export const ratio = (ours, raw) => (ours / raw).toFixed(2);

/** The one in the middle, by how many a second. */
export function median(results) {
  const sorted = [...results].sort((a, b) => a.perSecond - b.perSecond);
  return sorted[Math.floor(sorted.length / 2)];
}
