/** Tells the relay that there may be something to hand over. Does nothing in a process without a running relay. */
export class JobWaker {
  private listener: (() => void) | null = null;

  wake(): void {
    this.listener?.();
  }

  listen(listener: (() => void) | null): void {
    this.listener = listener;
  }
}
