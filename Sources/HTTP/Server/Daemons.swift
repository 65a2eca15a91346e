internal import CMicroHTTPD
internal import Glibc

/// The library's threads: one a daemon, as it knows no pool without a socket that listens.
// Safe: the library's daemons may be used from any thread, and are stopped by one alone.
struct Daemons: @unchecked Sendable {
    private let daemons: [OpaquePointer]

    /// `nil` if the library refuses, and then none runs.
    init?(_ settings: traqora_mhd_settings, count: Int) {
        var daemons: [OpaquePointer] = []
        for _ in 0..<count {
            guard let daemon = traqora_mhd_start(settings) else {
                let reason = errno
                for daemon in daemons { MHD_stop_daemon(daemon) }
                errno = reason
                return nil
            }
            daemons.append(daemon)
        }
        self.daemons = daemons
    }

    /// Hands over a connection, whose socket is now the library's; `false` if that has closed it.
    func add(_ peer: Peer, turn: Int) -> Bool {
        traqora_mhd_add(daemons[turn % daemons.count], peer.accepted) == .YES
    }

    /// Joins the threads; nobody may be suspended, and nothing may be added any more.
    func stop() {
        for daemon in daemons { MHD_stop_daemon(daemon) }
    }
}

/// Who has connected, and has not been handed over.
struct Peer {
    fileprivate let accepted: traqora_mhd_peer

    /// Waits for one; `nil` if there is none, and `errno` says why.
    init?(of listener: Listener) {
        accepted = traqora_mhd_accept(listener.socket)
        if accepted.socket < 0 { return nil }
    }
}
