import Glibc
import ResqueBus
import Synchronization

/// How long each job took from its push to the first line of its handler.
///
/// `@unchecked Sendable`: every job writes a place of its own, and they are read when all jobs are done.
final class Latencies: @unchecked Sendable {
    private let nanoseconds: UnsafeMutableBufferPointer<Int>
    private let count = Atomic(0)

    init(capacity: Int) {
        nanoseconds = .allocate(capacity: capacity)
        nanoseconds.initialize(repeating: 0)
    }

    deinit { nanoseconds.deallocate() }

    /// Called first thing by a handler.
    func note(_ event: Event) {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        guard case .number(let stamp)? = event["stamp"], let sent = Int(stamp) else { return }
        let place = count.add(1, ordering: .relaxed).oldValue
        nanoseconds[place] = now.tv_sec * 1_000_000_000 + now.tv_nsec - sent
    }

    /// In the words of ceiling/latencies.c.
    func percentiles(after skipped: Int) -> String {
        let sorted = nanoseconds[skipped...].sorted()
        let places = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999), ("max", 1)]
        return places.map { name, share in
            "\(name)_us=\(sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)] / 1000)"
        }.joined(separator: " ")
    }
}
