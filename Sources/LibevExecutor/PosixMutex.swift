import Glibc

/// A `pthread_mutex_t` at a stable address.
///
/// Not `Synchronization.Mutex`: its futex lives in the uninstrumented standard library, and ThreadSanitizer reports
/// every use of it as a race.
///
/// `@unchecked Sendable`: the pointer never changes, and what it points at is only handed to pthread functions.
package final class PosixMutex: @unchecked Sendable {
    private let handle: UnsafeMutablePointer<pthread_mutex_t>

    package init() {
        handle = .allocate(capacity: 1)
        handle.initialize(to: pthread_mutex_t())
        pthread_mutex_init(handle, nil)
    }

    deinit {
        pthread_mutex_destroy(handle)
        handle.deallocate()
    }

    package func withLock<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        pthread_mutex_lock(handle)
        defer { pthread_mutex_unlock(handle) }
        return try body()
    }
}
