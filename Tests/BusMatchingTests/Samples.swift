import BusMatching
import BusWire

/// A generator whose numbers are the same for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

func subscription(_ number: Int, _ filters: [(String, String)]) -> Subscription {
    Subscription(
        appKey: "app", key: "key \(number)", queue: "app_default", className: "::QueueBus::Rider",
        filters: filters.map { SubscriptionFilter(name: $0.0, pattern: $0.1) })
}

/// The element of an incoming list that carries these attributes.
func incomingElement(_ attributes: [JSONMember]) throws -> [UInt8] {
    let inner = JSONValue.object(attributes).setting("bus_class_proxy", to: "QueueBus::Driver")
    let text = String(decoding: try inner.encoded(), as: UTF8.self)
    return try JSONValue.object([
        JSONMember("class", "QueueBus::Worker"), JSONMember("args", .array([.string(text)])),
    ]).encoded()
}

extension SubscriptionIndex {
    /// The matches by way of a tree.
    func matches(_ attributes: [JSONMember], using scratch: MatchScratch = MatchScratch()) -> [Int] {
        match(attributes, using: scratch)
        return scratch.matches.map { Int($0) }
    }

    /// The matches by way of the scanner.
    func matchesScanned(_ attributes: [JSONMember], using scratch: MatchScratch = MatchScratch()) throws -> [Int]? {
        let scan = EventScan()
        return try incomingElement(attributes).withUnsafeBytes { element in
            guard scan.scan(element) == .event else { return nil }
            match(scan, using: scratch)
            return scratch.matches.map { Int($0) }
        }
    }
}
