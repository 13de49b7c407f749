import BusWire
import LibevExecutor

/// The lists that subscriptions have named since all were last read, each with a number that stays: what is written for
/// a list finds its way there whichever segment names it.
///
/// It only grows. `@unchecked Sendable`: a lock guards it, never for longer than one list takes.
final class DestinationTable: @unchecked Sendable {
    /// A list of jobs.
    struct Destination: Sendable {
        let queue: String
        let key: String
    }

    private let keys: BusKeys
    private let lock = PosixMutex()
    private var destinations: [Destination] = []
    private var numbers: [String: Int32] = [:]
    private var byteCount = 0
    private var expectedByteCount = 0

    /// Names of lists that nothing leads to any more may take so many bytes beside the others.
    private static let mostForgottenBytes = 16 << 20

    init(keys: BusKeys) { self.keys = keys }

    var count: Int { lock.withLock { destinations.count } }

    /// Every list.
    var all: [Destination] { lock.withLock { destinations } }

    /// - Precondition: the number comes from this table.
    subscript(_ number: Int32) -> Destination { lock.withLock { destinations[Int(number)] } }

    /// The number of a list, which is a new one where need be.
    ///
    /// - Parameter queue: normalised.
    func number(of queue: String) -> Int32 {
        lock.withLock {
            // Normalised names are ASCII, so equal texts have equal bytes.
            if let number = numbers[queue] { return number }
            let number = Int32(destinations.count)
            numbers[queue] = number
            destinations.append(Destination(queue: queue, key: keys.queue(queue)))
            byteCount += 2 * queue.utf8.count + MemoryLayout<Destination>.size
            return number
        }
    }

    /// What is in the table now is in use.
    func expectThese() { lock.withLock { expectedByteCount = byteCount } }

    /// So much has been added that the table should be made anew.
    var isOvergrown: Bool { lock.withLock { byteCount > 2 * expectedByteCount + Self.mostForgottenBytes } }
}
