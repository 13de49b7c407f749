public import Foundation
import Synchronization

/// The clock of a ``TestBus``: it stands still until the test moves it. May be read from anywhere.
public final class ManualClock: Sendable {
    private let second: Atomic<Int>

    init(startingAt second: Int) {
        self.second = Atomic(second)
    }

    /// Epoch seconds.
    public var now: Int { second.load(ordering: .sequentiallyConsistent) }

    /// The same as a `Date`.
    public var date: Date { Date(timeIntervalSince1970: Double(now)) }

    func set(_ second: Int) { self.second.store(second, ordering: .sequentiallyConsistent) }
}
