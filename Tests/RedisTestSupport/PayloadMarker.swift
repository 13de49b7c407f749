import Testing

/// A text inside every event and job that the benches make. No log may hold it: what is in a payload is nobody's
/// business.
public enum PayloadMarker {
    public static let text = "in-no-log-4711"

    /// Fails the test if a log holds the marker.
    ///
    /// - Parameter program: whose log it is.
    public static func expectAbsence(from log: String, of program: String) {
        for line in log.split(separator: "\n") where line.contains(text) {
            Issue.record("\(program) has logged a payload: \(line.prefix(1000))")
        }
    }
}
