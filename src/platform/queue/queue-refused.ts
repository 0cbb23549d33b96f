/** The queue cannot be used as it is. The message, in Swedish, names the setting and the cause. */
export class QueueRefused extends Error {
  override readonly name = 'QueueRefused';
}
