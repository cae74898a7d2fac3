/** Stands in for EventSource: a test says what the server sends, and when it is lost. */
export class FakeEvents {
  static readonly open: FakeEvents[] = [];
  onopen?: () => void;
  onerror?: () => void;
  onmessage?: (message: { data: string }) => void;

  constructor(readonly path: string) {
    FakeEvents.open.push(this);
  }
  close() {
    FakeEvents.open.splice(FakeEvents.open.indexOf(this), 1);
  }
  send(event: unknown) {
    this.onmessage?.({ data: JSON.stringify(event) });
  }
}
