/// The lines of a file that are published in their order, some at once: which are, and what is to be said where that
/// ends midway, so that nobody publishes a line twice.
package struct LinePublication<Event> {
    /// One line that waits to be published.
    package typealias Line = (number: Int, event: Event)

    /// What is known of a line that was published alone, and whose publishing has failed.
    package enum Failure: Sendable {
        /// It may be published.
        case uncertain
        /// It is at fault, and nothing was sent.
        case faulty
        /// Nothing was sent.
        case unsent
    }

    /// How many are published.
    package private(set) var count = 0
    /// The last line that is published, with all before it.
    private var last = 0
    private var waiting: [Line] = []

    /// Lines that are published at once.
    private static var batchSize: Int { 512 }

    package init() {}

    /// Adds the next line.
    ///
    /// - Returns: whether it is time to publish what waits.
    package mutating func add(_ event: Event, line number: Int) -> Bool {
        waiting.append((number, event))
        return waiting.count == Self.batchSize
    }

    /// What is to be published next; it does not wait any more.
    package mutating func takeWaiting() -> [Line] {
        defer { waiting.removeAll(keepingCapacity: true) }
        return waiting
    }

    /// These lines, which came next, are published.
    package mutating func note(published lines: [Line]) {
        count += lines.count
        last = lines.last?.number ?? last
    }

    /// What is published, in half a sentence.
    package var account: String {
        count == 0 ? "No event is published" : "\(count) events (lines 1–\(last)) are published"
    }

    /// What is published, and what to do about lines whose publishing, all at once, has failed.
    ///
    /// - Parameters:
    ///   - lines: not empty.
    ///   - isUncertain: whether some of them may be published.
    package func account(of lines: [Line], isUncertain: Bool) -> String {
        guard let first = lines.first?.number, let last = lines.last?.number else { return "\(account)." }
        return "\(account); " + (isUncertain ? "of lines \(first)–\(last) some may be." : "publish from line \(first).")
    }

    /// What is published, and what to do about a line whose publishing has failed.
    package func account(of line: Line, after failure: Failure) -> String {
        let rest =
            switch failure {
            case .uncertain: "line \(line.number) may be."
            case .faulty: "line \(line.number) is not: mend it and publish from there."
            case .unsent: "publish from line \(line.number)."
            }
        return "\(account); \(rest)"
    }
}
