internal import Glibc

/// A few words of state that several threads touch.
///
/// Over a pthread mutex, because the thread sanitizer sees through that and not through
/// `Synchronization.Mutex` (Swift 6.3). Never call foreign code or `await` while holding it.
// Safe: `value` is only touched between lock and unlock of `mutex`.
package final class Lock<State>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: State

    /// A lock around `value`.
    package init(_ value: State) {
        self.value = value
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` alone with the state.
    package func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
