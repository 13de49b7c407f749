import BusMatching
import BusProtocol
import BusWire
import RedisTestSupport

/// What stands in Redis: members of `bus_apps` and hashes, changed at random, with the naive matcher's answers.
struct RegistryModel {
    struct Copy: Hashable {
        let application: String
        let key: String
        let queue: String
    }

    /// What Redis says has changed.
    struct Announcement {
        var names = false
        var keys: Set<String> = []
    }

    private(set) var names: [String] = []
    private(set) var hashes: [String: [(field: String, value: String)]] = [:]
    private var announcement = Announcement()
    private var version = 0

    /// Several are one when normalised.
    private static let someNames = ["shop", "Shop", "stock", "Stock 1", "stock-1", "mail", "tail", "é", "_"]
    private static let someQueues = ["shop_default", "shop_slow", "stock_default", "Mail"]
    private static let values = ["a", "b", "ab", "user_created", "user_deleted", ""]
    private static let patterns = [
        "a", "b", "user_.*", "a|b", "(?-mix:^u)", "[ab]+", "(", "bus_special_value_present", "(?-mix:b$)", ".*",
    ]

    static func event(_ random: inout Chance) -> [JSONMember] {
        ["bus_event_type", "page"].filter { _ in Int.random(in: 0..<5, using: &random) > 0 }.map {
            JSONMember($0, .string(values.randomElement(using: &random)!))
        }
    }

    // MARK: - Changes

    mutating func change(_ random: inout Chance) {
        let name = Self.someNames.randomElement(using: &random)!
        let key = BusName.normalize(name)
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: add(name)
        case 2: remove(name)
        case 3:  // As Redis does when a key expires.
            hashes[key] = nil
            announcement.keys.insert(key)
        case 4 where !names.isEmpty:  // The set's order is nobody's.
            names.shuffle(using: &random)
        case 5:
            remove(name)
            put(Self.someNames.randomElement(using: &random)!, records: 2, &random)
        case 6:  // The record of nobody who has subscribed.
            hashes[key] = [record(&random)]
            announcement.keys.insert(key)
        default: put(name, records: Int.random(in: 0...3, using: &random), &random)
        }
    }

    /// An application is all this from now on.
    mutating func put(_ name: String, records: Int, _ random: inout Chance) {
        add(name)
        let key = BusName.normalize(name)
        hashes[key] = records == 0 ? nil : (0..<records).map { _ in record(&random) }
        announcement.keys.insert(key)
    }

    mutating func put(_ name: String, _ records: [(field: String, value: String)]) {
        add(name)
        hashes[BusName.normalize(name)] = records
        announcement.keys.insert(BusName.normalize(name))
    }

    static func record(key: String, filter: String) -> String {
        let filter = SubscriptionFilter(name: "page", pattern: filter)
        return encode(key, "shop_default", [filter])
    }

    private static func encode(_ key: String, _ queue: String, _ filters: [SubscriptionFilter]) -> String {
        let subscription = Subscription(
            appKey: "", key: key, queue: queue, className: "::QueueBus::Rider", filters: filters)
        return String(decoding: SubscriptionRecord.encode(subscription), as: UTF8.self)
    }

    private mutating func add(_ name: String) {
        guard !names.contains(name) else { return }
        names.append(name)
        announcement.names = true
    }

    private mutating func remove(_ name: String) {
        guard let place = names.firstIndex(of: name) else { return }
        names.remove(at: place)
        announcement.names = true
    }

    private mutating func record(_ random: inout Chance) -> (field: String, value: String) {
        version += 1
        guard Int.random(in: 0..<10, using: &random) > 0 else { return ("field \(version)", "no JSON") }
        let filters = ["bus_event_type", "page"].prefix(Int.random(in: 0...2, using: &random)).map {
            SubscriptionFilter(name: $0, pattern: Self.patterns.randomElement(using: &random)!)
        }
        let queue = Self.someQueues.randomElement(using: &random)!
        return ("field \(version)", Self.encode("key \(version)", queue, Array(filters)))
    }

    /// What has changed since it was last asked.
    mutating func takeAnnouncement() -> Announcement {
        defer { announcement = Announcement() }
        return announcement
    }

    // MARK: - What stands there

    /// By normalised key, in the order of the names.
    var byKey: [(key: String, names: [String])] {
        var byKey: [(key: String, names: [String])] = []
        for name in names {
            let key = BusName.normalize(name)
            if let place = byKey.firstIndex(where: { $0.key == key }) {
                byKey[place].names.append(name)
            } else {
                byKey.append((key, [name]))
            }
        }
        return byKey
    }

    private var decoded: [ApplicationRecord] {
        names.map { ApplicationRecord(name: $0, fields: hashes[BusName.normalize($0)] ?? []) }
    }

    var subscriptions: [Subscription] { decoded.flatMap(\.subscriptions) }
    var problemCount: Int { decoded.reduce(0) { $0 + $1.faults.count } }

    /// Who gets a copy of an event: application by application, each in the order of its hash.
    func copies(of event: [JSONMember]) -> [String: [Copy]] {
        let matching = subscriptions.filter { Matcher.naive($0.filters, event) == true }
        return Dictionary(
            grouping: matching.map { Copy(application: $0.appKey, key: $0.key, queue: $0.queue) }, by: \.application)
    }
}
