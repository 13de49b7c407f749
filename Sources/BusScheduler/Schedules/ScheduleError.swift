import BoundedYAML
import BusWire

/// Why a line of cron, an interval or the name of a time zone cannot be used.
public struct ScheduleError: Error, Hashable, CustomStringConvertible {
    /// One sentence that says what is wrong, and mostly what to write instead.
    public let description: String

    init(_ description: String) {
        self.description = ShownText.sentence(description)
    }

    init(_ error: YAMLError) {
        self.init("Line \(error.line): \(error.description)")
    }
}
