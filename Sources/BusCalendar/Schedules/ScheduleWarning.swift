import BusWire

/// What an entry has that means nothing here.
package struct ScheduleWarning: Hashable, Sendable, CustomStringConvertible {
    /// A phrase without a full stop.
    package let description: String
    /// The keys that lead to it within the entry: `["every", "first_in"]`.
    package let path: [String]

    package init(_ description: String, at path: [String]) {
        self.description = description
        self.path = path
    }
}

extension [ScheduleWarning] {
    /// Nobody mends more of one entry at once, and a guess takes its time.
    private static let mostGuesses = 20

    /// Says that a name means nothing, and which one was probably meant.
    ///
    /// - Parameters:
    ///   - name: as it is written.
    ///   - kind: what it should be, `key` or `option`.
    ///   - parent: the member whose option it is.
    ///   - known: the names that would mean something.
    mutating func appendUnknown(_ name: String, _ kind: String, of parent: String? = nil, among known: [String]) {
        let belonging = parent.map { " of \($0)" } ?? ""
        let guess = count < Self.mostGuesses ? NameDistance.nearest(to: name, among: known) : nil
        let hint = guess.map { "; did you mean \($0)?" } ?? ""
        append(
            ScheduleWarning(
                "the \(kind) \(name.abbreviated)\(belonging) is unknown\(hint)",
                at: (parent.map { [$0] } ?? []) + [name]))
    }
}
