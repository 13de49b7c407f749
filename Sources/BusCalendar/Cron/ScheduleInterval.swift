import BusWire

/// The time between two firings of an `every` schedule, as fugit 1.5.2 reads a duration (contract §7).
///
/// `1h30m`, `2 weeks`, `1 year and 2 months`, `1h-15m`, ISO 8601 (`PT1H30M`), or a number of seconds. Units may repeat
/// and come in any order; a month is 30 days, a year 365, and `M` is months, `m` minutes.
package struct ScheduleInterval: Hashable, Sendable {
    /// May be zero or negative; see `isAccepted`.
    package let seconds: Double

    /// Whether a schedule may have it: rufus-scheduler's least is 0.3 s.
    package var isAccepted: Bool { seconds >= 0.3 }

    /// - Throws: `ScheduleError` if the text is not a duration.
    package init(_ text: String) throws(ScheduleError) {
        let stripped = text.strippedLikeRuby
        guard let seconds = DurationGrammar.plain(stripped) ?? DurationGrammar.iso(stripped), seconds.isFinite else {
            throw ScheduleError("'\(text.abbreviated)' is not a duration; write for example 30s, 5m, 1h30m or 2 weeks.")
        }
        self.seconds = seconds
    }

    /// Seconds; a hundred years as fugit counts them.
    private static let longest = 100.0 * 365 * 86400

    /// Rounded.
    ///
    /// - Parameter text: as it was written.
    /// - Throws: `ScheduleError` for less than none and more than a hundred years.
    func milliseconds(_ text: String) throws(ScheduleError) -> Int {
        guard 0...Self.longest ~= seconds else {
            throw ScheduleError("'\(text.abbreviated)' is out of range; write a time between 0s and 100y.")
        }
        return Int((seconds * 1000).rounded())
    }
}

extension String {
    fileprivate var strippedLikeRuby: [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0 || byte == 32 || 9...13 ~= byte }
        var rest = Array(utf8)[...].drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return Array(rest)
    }
}
