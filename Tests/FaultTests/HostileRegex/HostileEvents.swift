import RedisTestSupport
import Testing

/// Events with texts that hostile patterns explode on, and subscriptions that want them by cheap patterns on the same
/// text.
struct HostileEvents {
    private static let queue = "beside"
    /// One is read by an automaton, the other takes a machine, and a few of its steps.
    private static let cheapPatterns = ["(?-mix:^[ax])", "(?-mix:\\A(?=[ax])(.)(?!z))"]

    private(set) var published = 0
    private let redis: RawRedis
    /// Elements of `HostileSubscription.texts`, each in two parts between which its number belongs.
    private let elements: [(head: String, tail: String)]

    init(_ redis: RawRedis) throws {
        self.redis = redis
        elements = HostileSubscription.texts.map { text in
            let element = RubyClient.job(
                [("bus_event_type", "hostile"), ("bus_id", "#"), ("text", .string(text))], proxy: "QueueBus::Driver")
            let parts = element.split(separator: "#", maxSplits: 1)
            return (String(parts[0]), String(parts[1]))
        }
        try RubyClient(redis).subscribe(
            "beside",
            Self.cheapPatterns.enumerated().map { number, pattern in
                .init(
                    key: "cheap_\(number)", queue: Self.queue,
                    matcher: ["bus_event_type": "hostile", "text": pattern])
            })
    }

    /// Publishes one event of each text, and calls `pause` behind each.
    mutating func publishOneOfEach(_ pause: () async throws -> Void) async throws {
        for element in elements {
            published += 1
            try redis.call("RPUSH", "resque:queue:bus_incoming", "\(element.head)\(published)\(element.tail)")
            try await pause()
        }
    }

    /// Whether every copy has come.
    func areDriven() throws -> Bool {
        try redis.call("LLEN", "resque:queue:\(Self.queue)").integer == published * Self.cheapPatterns.count
    }

    /// Expects each event as often as there are cheap subscriptions.
    func expectEveryCopy() throws {
        var copies: [Int: Int] = [:]
        for place in 0..<published * Self.cheapPatterns.count {
            guard case .bytes(let job) = try redis.call("LINDEX", "resque:queue:\(Self.queue)", "\(place)"),
                let number = Ledger.id(of: job)
            else { continue }
            copies[number, default: 0] += 1
        }
        #expect(copies.count == published && copies.values.allSatisfy { $0 == Self.cheapPatterns.count }, "\(copies)")
    }
}
