import Foundation

/// The wish of whoever runs the program that it end: an interrupt (control-C), or a request to
/// terminate.
///
/// Listen first, then say that the program is ready: who asks it to end at once is heard too.
struct Signals: Sendable {
    private let wishes: AsyncStream<Void>

    /// Notes such wishes from now on.
    static func listen() async -> Signals {
        let (wishes, wish) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        for number in [SIGINT, SIGTERM] { await listen(to: number) { wish.yield() } }
        return Signals(wishes: wishes)
    }

    /// Returns once such a wish has come.
    func wait() async {
        for await _ in wishes { return }
    }

    /// Returns when the source is in place. Until then a signal ends the process, which has not
    /// begun anything yet; to ignore it would be to lose it.
    private static func listen(to number: Int32, _ heard: @escaping @Sendable () -> Void) async {
        let source = DispatchSource.makeSignalSource(
            signal: number, queue: DispatchQueue(label: "traqora.signals"))
        #if !os(Linux)
            // There the default action would happen beside the source's.
            signal(number, SIG_IGN)
        #endif
        source.setEventHandler {
            // It lives as long as the process.
            withExtendedLifetime(source) { heard() }
        }
        await withCheckedContinuation { continuation in
            source.setRegistrationHandler { continuation.resume() }
            source.resume()
        }
    }
}
