internal import Foundation
internal import Glibc
internal import Telemetry

/// Takes connections and deals them out to the library's threads, on a thread of its own.
///
/// The library would listen by itself, but cannot stop listening: `MHD_quiesce_daemon` and a
/// thread of it that wakes up at that moment both take the socket out of the thread's epoll set,
/// and the second one aborts the process, because it is not there any more. So it never gets it.
final class Acceptor: Sendable {
    private struct State {
        var isStopping = false
        /// The socket is closed, its number may be another's.
        var isOver = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    let listener: Listener
    private let core: ServerCore
    private let daemons: Daemons
    private let state = Lock(State())

    /// Begins at once, and goes on until ``stop()``, which closes the socket of `listener`.
    init(_ listener: Listener, _ core: ServerCore, _ daemons: Daemons) {
        self.listener = listener
        self.core = core
        self.daemons = daemons
        Thread.detachNewThread { self.run() }
    }

    /// Who comes now is refused; afterwards the library is given no more connections.
    func stop() async {
        state.withLock { state in
            state.isStopping = true
            if !state.isOver { shutdown(listener.socket, Int32(SHUT_RDWR)) }
        }
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.isOver { state.waiting = continuation }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func run() {
        var taken = 0
        while !isStopping {
            guard core.hasRoom else {
                pause()
                continue
            }
            if let peer = Peer(of: listener) {
                core.admit()
                if !daemons.add(peer, turn: taken) { core.dismiss() }
                taken &+= 1
            } else if errno != EINTR, errno != ECONNABORTED {
                // No descriptors or no memory left, most likely: that may pass.
                pause()
            }
        }
        end()
    }

    private func pause() {
        if !isStopping { usleep(5_000) }
    }

    private func end() {
        let waiting = state.withLock { state in
            close(listener.socket)
            state.isOver = true
            return state.waiting
        }
        waiting?.resume()
    }
}
