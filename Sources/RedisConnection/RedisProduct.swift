/// A server by the name and the version that it gives itself in `INFO server`.
package struct RedisProduct: Sendable, Equatable {
    /// Redis, or a server that speaks like it.
    package enum Name: String, Sendable {
        case redis = "Redis"
        case valkey = "Valkey"
        case keyDB = "KeyDB"
        case dragonfly = "Dragonfly"
    }

    package var name: Name
    /// Its own version, which is not the version of Redis that it is compatible with.
    package var version: RedisVersion

    /// - Parameter report: the fields of `INFO server`; nil comes of one without a version.
    init?(_ report: [Substring: Substring]) {
        func version(_ field: Substring) -> RedisVersion? {
            report[field].map { RedisVersion(parsing: $0.drop { !$0.isNumber }) }
        }
        if let valkey = version("valkey_version") {
            (name, self.version) = (.valkey, valkey)
        } else if let dragonfly = version("dragonfly_version") {
            (name, self.version) = (.dragonfly, dragonfly)  // "df-v1.40.1"
        } else if let redis = version("redis_version") {
            // KeyDB counts its own versions in the field of Redis.
            name = report["executable"]?.hasSuffix("keydb-server") == true ? .keyDB : .redis
            self.version = redis
        } else {
            return nil
        }
    }
}
