internal import CPostgreSQL
internal import Foundation
internal import Telemetry

/// One thread that waits for all sockets of the process with `epoll`, so that nobody else has to.
///
/// A wait is for one event. (Dispatch sources were tried first: after a peer has hung up they tell
/// of it once, also when there is more to read.)
final class SocketPoller: Sendable {
    /// What is waited for.
    enum Direction {
        case reading, writing
    }

    private struct Wait {
        var descriptor: Int32
        var deadline: ContinuousClock.Instant
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var waits: [UInt64: Wait] = [:]
        var count: UInt64 = 0
        var isRunning = false
    }

    /// The process's own.
    static let shared = SocketPoller()

    /// How exactly deadlines are kept.
    private static let tickMilliseconds: Int32 = 250
    private static let eventsMax = 64

    private let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    private let state = Lock(State())

    /// Waits for an open descriptor, which must stay open meanwhile and have one waiter at a time.
    /// - Returns: whether it is ready; `false` when the deadline has passed.
    func wait(
        for descriptor: Int32, _ direction: Direction, until deadline: ContinuousClock.Instant
    ) async -> Bool {
        await withCheckedContinuation { continuation in
            let (id, isFirst) = state.withLock { state in
                state.count += 1
                state.waits[state.count] = Wait(
                    descriptor: descriptor, deadline: deadline, continuation: continuation)
                defer { state.isRunning = true }
                return (state.count, !state.isRunning)
            }
            if isFirst { Thread.detachNewThread { self.run() } }
            if !arm(descriptor, direction, id) { finish(id, isReady: false) }
        }
    }

    private func arm(_ descriptor: Int32, _ direction: Direction, _ id: UInt64) -> Bool {
        let wanted = direction == .reading ? EPOLLIN : EPOLLOUT
        var event = epoll_event()
        event.events = wanted.rawValue | EPOLLONESHOT.rawValue
        event.data.u64 = id
        if epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) == 0 { return true }
        return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0
    }

    private func finish(_ id: UInt64, isReady: Bool) {
        state.withLock { $0.waits.removeValue(forKey: id) }?.continuation
            .resume(returning: isReady)
    }

    private func run() {
        var events = [epoll_event](repeating: epoll_event(), count: Self.eventsMax)
        while true {
            let count = epoll_wait(
                epoll, &events, Int32(Self.eventsMax), Self.tickMilliseconds)
            for event in events.prefix(Int(max(0, count))) {
                finish(event.data.u64, isReady: true)
            }
            expire()
        }
    }

    private func expire() {
        let now = ContinuousClock.now
        let late = state.withLock { state in
            let late = state.waits.filter { $0.value.deadline <= now }
            for (id, wait) in late {
                state.waits[id] = nil
                epoll_ctl(epoll, EPOLL_CTL_DEL, wait.descriptor, nil)
            }
            return late
        }
        for wait in late.values { wait.continuation.resume(returning: false) }
    }
}
