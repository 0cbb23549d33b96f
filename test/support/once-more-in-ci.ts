import { jest } from '@jest/globals';

/**
 * CI's machine is shared, and these tests kill processes and drive browsers. There a test that fails is run once more,
 * and the first failure is printed, so that it is seen and mended; for a developer a failure is a failure.
 */
if (process.env['CI']) jest.retryTimes(1, { logErrorsBeforeRetry: true });
