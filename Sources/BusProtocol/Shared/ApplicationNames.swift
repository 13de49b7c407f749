import BusWire
package import RedisConnection

/// Members of `bus_apps` by the hash that they lead to: several names may be one when normalised.
package struct ApplicationNames: Sendable {
    /// Normalised keys in the order of their first names; no key twice.
    package private(set) var byKey: [(key: String, names: [String])] = []

    package init(_ applications: [(key: String, names: [String])]) { byKey = applications }

    /// Takes apart what ``SubscriptionRegistry/names()`` has read.
    package init(_ members: RedisReply) {
        var places: [String: Int] = [:]
        members.forEachElement { bytes in
            let name = String(decoding: bytes, as: UTF8.self)
            let key = BusName.normalize(name)
            if let place = places[key] {
                byKey[place].names.append(name)
            } else {
                places[key] = byKey.count
                byKey.append((key, [name]))
            }
        }
    }
}
