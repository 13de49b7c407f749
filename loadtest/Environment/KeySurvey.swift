import BusProtocol
import BusWire
import RedisConnection

/// What a database holds, as far as a load test must know.
struct KeySurvey: Sendable {
    /// Keys that are neither drivers' bookkeeping nor a load test's.
    private(set) var foreignCount = 0
    /// Some of these.
    private(set) var examples: [String] = []
    /// Keys in which drivers keep their own affairs.
    private(set) var bookkeeping: [String] = []

    private static let exampleCount = 2

    /// Looks at every key of the connection's database.
    init(connection: any RedisClient, bus: BusKeys) async throws(RedisError) {
        let prefix = bus.key("")
        let own = bus.loadTest
        // A key may come twice in a scan.
        var known: Set<String> = []
        try await connection.scanKeys(beginningWith: "") { keys in
            for key in keys where key != own {
                if Self.isBookkeeping(key, prefix) {
                    if known.insert(key).inserted { bookkeeping.append(key) }
                } else {
                    count(key)
                }
            }
            return true
        }
    }

    private mutating func count(_ key: String) {
        foreignCount += 1
        if examples.count < Self.exampleCount, !examples.contains(key) { examples.append(key) }
    }

    private static func isBookkeeping(_ key: String, _ prefix: String) -> Bool {
        guard key.hasPrefix(prefix) else { return false }
        let name = key.dropFirst(prefix.count)
        return ["stat:", "busdriver:", "worker"].contains { name.hasPrefix($0) }
    }
}

extension BusKeys {
    /// Set of the marks of the load test that works here.
    var loadTest: String { own("loadtest") }
}
