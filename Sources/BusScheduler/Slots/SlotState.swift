import BusWire

/// What Redis keeps of a schedule's firing, a field of `busdriver:cron`: `<slot> <fingerprint> <anchor>`.
public struct SlotState: Hashable, Sendable {
    /// The last slot that fired or was passed over, in milliseconds since 1970.
    public var last: Int
    /// Of the timing that the slot is one of.
    public var fingerprint: String
    /// The first slot of an `every` schedule, in milliseconds since 1970.
    public var anchor: Int?

    public init(last: Int, fingerprint: String, anchor: Int?) {
        self.last = last
        self.fingerprint = fingerprint
        self.anchor = anchor
    }

    /// Nil if this is not what a scheduler wrote; the schedule is then as good as never seen.
    public init?(_ text: String) {
        let words = text.split(separator: " ")
        guard 2...3 ~= words.count, let last = NumberMeaning.epochMillisecond.read(String(words[0])) else {
            return nil
        }
        self.last = last
        fingerprint = String(words[1])
        if words.count == 3 {
            guard let anchor = NumberMeaning.epochMillisecond.read(String(words[2])) else { return nil }
            self.anchor = anchor
        }
    }

    /// As it stands in Redis.
    public var text: String {
        "\(last) \(fingerprint)" + (anchor.map { " \($0)" } ?? "")
    }
}
