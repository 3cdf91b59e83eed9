// The stream of events, shared by all tabs of the preview: a browser opens no more than six connections to one server, and each stream holds one.
// The tab that holds the lock has the stream and tells the others; when it is closed or put away, the next one gets the lock.

export function listen(url, heard) {
  const sharing = navigator.locks && window.BroadcastChannel; // Not available over plain HTTP from another machine.
  let end = () => {};

  function open(tell) {
    let source;
    let again;
    function connect() {
      source = new EventSource(url);
      source.addEventListener("hello", () => tell({ kind: "hello" }));
      source.addEventListener("change", (event) => tell({ kind: "change", id: event.lastEventId, change: JSON.parse(event.data) }));
      source.addEventListener("error", () => {
        tell({ kind: "lost" });
        // Most of the time the browser tries again by itself; where it gives up, we do not.
        if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, 1000);
      });
    }
    connect();
    return () => {
      clearTimeout(again);
      source.close();
    };
  }

  function begin() {
    if (!sharing) {
      end = open(heard);
      return;
    }
    const channel = new BroadcastChannel("backstory-preview");
    const waiting = new AbortController();
    let release = () => {};
    channel.addEventListener("message", (event) => heard(event.data));
    navigator.locks
      .request("backstory-preview", { signal: waiting.signal }, () => {
        const close = open((message) => {
          heard(message);
          channel.postMessage(message);
        });
        return new Promise((resolve) => {
          release = () => {
            close();
            resolve();
          };
        });
      })
      .catch(() => {}); // Put away while waiting.
    end = () => {
      waiting.abort();
      release();
      channel.close();
    };
  }

  // A page that was left may be kept by the browser for “back”: it lets go of the stream, and takes it up when it is shown again.
  addEventListener("pagehide", () => end());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    begin();
    heard({ kind: "hello" });
  });
  begin();
}
