import Synchronization

/// Makes the ids of events, so that a test sees the same ones each time.
final class Identifiers: Sendable {
    private let count = Atomic<Int>(0)

    /// `00000000-0000-4000-8000-000000000001` and so on.
    func next() -> String {
        let number = String(count.add(1, ordering: .relaxed).newValue)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - number.utf8.count)) + number
    }
}
