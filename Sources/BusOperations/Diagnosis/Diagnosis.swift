package import BusProtocol
package import BusWire
import RedisConnection

/// The checks of `busdriver doctor`. They change nothing but scratch keys below `<namespace>:busdriver:scratch:`.
///
/// Each returns what it found, and throws only when the connection is lost.
package struct Diagnosis: Sendable {
    let connection: any RedisClient
    let bus: BusKeys
    /// The queues that events arrive on.
    let incoming: [String]

    /// - Parameters:
    ///   - connection: used for nothing else meanwhile.
    ///   - bus: the namespace.
    ///   - incoming: the queues that events arrive on.
    package init(connection: any RedisClient, bus: BusKeys, incoming: [String]) {
        self.connection = connection
        self.bus = bus
        self.incoming = incoming
    }

    /// The keys that begin with `prefix`, at most `limit` of them.
    func keys(beginningWith prefix: String, limit: Int) async throws(RedisError) -> [String] {
        var found: Set<String> = []
        try await connection.scanKeys(beginningWith: prefix) { keys in
            found.formUnion(keys)
            return found.count < limit
        }
        return Array(found.sorted().prefix(limit))
    }

    /// A few names in a sentence.
    static func enumeration(_ names: [String], atMost shown: Int = 5) -> String {
        let head = names.prefix(shown).joined(separator: ", ")
        return names.count > shown ? "\(head) and \(names.count - shown) more" : head
    }
}
