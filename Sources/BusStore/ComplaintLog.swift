/// Turns a stream of equal troubles into one line per ten seconds, as a pure value.
package struct ComplaintLog {
    private var last: [String: (said: ContinuousClock.Instant, silenced: Int)] = [:]
    private static let interval = Duration.seconds(10)

    package init() {}

    /// The line to log, or nil when the same was said less than ten seconds ago.
    package mutating func line(_ subject: String, _ trouble: String, at now: ContinuousClock.Instant) -> String? {
        let topic = "\(subject): \(trouble)"
        guard let (said, silenced) = last[topic] else {
            last[topic] = (now, 0)
            return topic
        }
        guard now - said >= Self.interval else {
            last[topic] = (said, silenced + 1)
            return nil
        }
        last[topic] = (now, 0)
        return silenced == 0 ? topic : "\(topic) (\(silenced) more times since)"
    }
}
