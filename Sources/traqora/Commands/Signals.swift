import Foundation

/// The wish of whoever runs the program that it end.
enum Signals {
    /// Waits for an interrupt (control-C) or a request to terminate.
    static func waitForStop() async {
        let queue = DispatchQueue(label: "traqora.signals")
        let signals = [SIGINT, SIGTERM]
        let sources = signals.map { number in
            // The default action would end the process before anything is put in order.
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        await withCheckedContinuation { continuation in
            var waiting: CheckedContinuation<Void, Never>? = continuation
            for source in sources {
                source.setEventHandler {
                    waiting?.resume()
                    waiting = nil
                }
                source.resume()
            }
        }
        for source in sources { source.cancel() }
    }
}
