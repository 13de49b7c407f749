import Foundation

/// What a Ruby application with resque-bus sends to Redis, command by command (contract §2, §3, §5).
///
/// As blocking as the connection it uses, and like that one for one task at a time.
public struct RubyClient {
    /// The attributes of an event, or the filters of a subscription, in the caller's order.
    public typealias Members = KeyValuePairs<String, RubyValue>

    /// One `subscribe` of the Ruby DSL.
    public struct Subscription: Sendable {
        /// The field in the application's hash.
        public var key: String
        /// The queue as it is stored, such as `shop_default`.
        public var queue: String
        /// The class that a rider runs.
        public var className: String
        /// Attribute name and pattern, in order.
        public var matcher: [(String, String)]

        /// A subscription with the DSL's default class.
        public init(
            key: String, queue: String, className: String = "::QueueBus::Rider", matcher: KeyValuePairs<String, String>
        ) {
            self.key = key
            self.queue = queue
            self.className = className
            self.matcher = matcher.map { ($0.key, $0.value) }
        }

        /// The record that Ruby stores.
        public var json: String {
            RubyValue.object([
                ("queue_name", .string(queue)), ("key", .string(key)), ("class", .string(className)),
                ("matcher", .object(matcher.map { ($0.0, .string($0.1)) })),
            ]).json
        }
    }

    let redis: RawRedis
    let prefix: String
    private let incoming: String

    /// - Parameters:
    ///   - namespace: Resque's; empty for keys without a prefix.
    ///   - incoming: the name of the driver's queue.
    public init(_ redis: RawRedis, namespace: String = "resque", incoming: String = "bus_incoming") {
        self.redis = redis
        self.prefix = namespace.isEmpty ? "" : namespace + ":"
        self.incoming = incoming
    }

    // MARK: - Publishing

    /// `QueueBus.publish`: one pipeline of SADD and RPUSH.
    ///
    /// - Returns: the event's `bus_id`.
    @discardableResult
    public func publish(_ eventType: String, _ attributes: Members = [:]) throws -> String {
        let (element, id) = RubyClient.event(eventType, attributes)
        try push(element)
        return id
    }

    /// `QueueBus.publish_at`: a delayed Publisher job, or, when the time has come, one on the incoming list.
    ///
    /// - Parameter time: epoch seconds.
    @discardableResult
    public func publish(_ eventType: String, _ attributes: Members = [:], at time: Int) throws -> String {
        let (element, id) = RubyClient.delayedEvent(eventType, attributes, at: time)
        guard time > RubyClient.now else {
            try push(element)
            return id
        }
        let item = String(element.dropLast()) + #","queue":\#(RubyValue.quoted(incoming))}"#
        try redis.call("RPUSH", "\(prefix)delayed:\(time)", item)
        try redis.call("SADD", "\(prefix)timestamps:\(item)", "delayed:\(time)")
        try redis.call("ZADD", "\(prefix)delayed_queue_schedule", String(time), String(time))
        return id
    }

    /// `ResqueBus.publish` of resque-bus before 0.4: the attributes are the argument, not a string.
    public func publishOld(_ eventType: String, _ attributes: Members = [:]) throws {
        let members = RubyClient.metadata(eventType, attributes, id: RubyClient.newID())
        try push(#"{"class":"ResqueBus::Driver","args":[\#(RubyValue.object(members).json)]}"#)
    }

    /// Appends any element to the incoming list the way Ruby's `enqueue` does.
    public func push(_ element: String) throws {
        for reply in try redis.pipeline(pushCommands(element)) {
            if let message = reply.errorMessage { throw TestSupportError("push: \(message)") }
        }
    }

    /// The commands of `push`, for tests that put many events into one pipeline.
    public func pushCommands(_ element: String) -> [[String]] {
        [["SADD", prefix + "queues", incoming], ["RPUSH", prefix + "queue:" + incoming, element]]
    }

    /// The element that `publish` appends to the incoming list, and its `bus_id`.
    public static func event(_ eventType: String, _ attributes: Members = [:]) -> (element: String, id: String) {
        let id = newID()
        return (job(metadata(eventType, attributes, id: id), proxy: "QueueBus::Driver"), id)
    }

    /// The element of a Publisher job as `publish_at` writes it, without the `queue` member of a delayed item.
    public static func delayedEvent(
        _ eventType: String, _ attributes: Members = [:], at time: Int
    ) -> (element: String, id: String) {
        let id = newID()
        var members = metadata(eventType, attributes, id: id)
        members = merge([("bus_delayed_until", .integer(time))], over: members, existingWins: true)
        if !attributes.contains(where: { $0.key == "bus_published_at" }) {
            members.removeAll { $0.0 == "bus_published_at" }
        }
        return (job(members, proxy: "QueueBus::Publisher"), id)
    }

    /// `{"class":"QueueBus::Worker","args":["…"]}` around these members; `bus_class_proxy` keeps a place it already
    /// has.
    public static func job(_ members: [(String, RubyValue)], proxy: String) -> String {
        let inner = merge([("bus_class_proxy", .string(proxy))], over: members, existingWins: false)
        return #"{"class":"QueueBus::Worker","args":[\#(RubyValue.quoted(RubyValue.object(inner).json))]}"#
    }

    // MARK: - Subscribing

    /// `Application#subscribe`: a temporary hash that takes the place of the application's own, then the set of
    /// applications.
    ///
    /// - Parameter application: normalised already, as `shop_b`.
    public func subscribe(_ application: String, _ subscriptions: [Subscription]) throws {
        guard !subscriptions.isEmpty else { return try unsubscribe(application) }
        let temporary = "\(prefix)temp_bus_app:\(application):\(Int.random(in: 0..<999_999_999))"
        for subscription in subscriptions {
            try redis.call("HSET", temporary, subscription.key, subscription.json)
        }
        try redis.call("RENAME", temporary, "\(prefix)bus_app:\(application)")
        try redis.call("SADD", "\(prefix)bus_apps", application)
    }

    /// `Application#unsubscribe`.
    public func unsubscribe(_ application: String) throws {
        try redis.call("SREM", "\(prefix)bus_apps", application)
        try redis.call("DEL", "\(prefix)bus_app:\(application)")
    }

    /// `Application#unsubscribe_queue`: the application itself stays.
    public func unsubscribe(_ application: String, queue: String) throws {
        let key = "\(prefix)bus_app:\(application)"
        for (field, record) in try redis.call("HGETALL", key).fields {
            let decoded = try? JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any]
            if decoded?["queue_name"] as? String == queue { try redis.call("HDEL", key, field) }
        }
    }

    // MARK: - Attributes

    /// Metadata first, then the caller's attributes; a caller's value takes the metadata's place (contract §2.3).
    private static func metadata(_ eventType: String, _ attributes: Members, id: String) -> [(String, RubyValue)] {
        let own: [(String, RubyValue)] = [
            ("bus_published_at", .integer(now)), ("bus_event_type", .string(eventType)), ("bus_id", .string(id)),
            ("bus_app_hostname", "web-1"),
        ]
        return merge(attributes.map { ($0.key, $0.value) }, over: own, existingWins: false)
    }

    /// Ruby's `Hash#merge`: a key that is there keeps its position.
    private static func merge(
        _ additions: [(String, RubyValue)], over members: [(String, RubyValue)], existingWins: Bool
    ) -> [(String, RubyValue)] {
        var result = members
        for (name, value) in additions {
            if let index = result.firstIndex(where: { $0.0 == name }) {
                if !existingWins { result[index].1 = value }
            } else {
                result.append((name, value))
            }
        }
        return result
    }

    private static var now: Int { Int(Date().timeIntervalSince1970) }

    private static func newID() -> String { "\(now)-\(UUID().uuidString.lowercased())" }
}
