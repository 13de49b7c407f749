import BusWire

/// Why a line of cron, an interval or the name of a time zone cannot be used.
package struct ScheduleError: Error, Hashable, CustomStringConvertible {
    /// One sentence that says what is wrong, and mostly what to write instead.
    package let description: String

    /// - Parameter description: is cut where it is long, and shown without control characters.
    package init(_ description: String) {
        self.description = ShownText.sentence(description)
    }
}
