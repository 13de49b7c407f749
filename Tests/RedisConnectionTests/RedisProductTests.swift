import LibevExecutor
import Testing

@testable import RedisConnection

/// What servers say of themselves in `INFO server`: as recorded from redis-server 6.2.14 and 8.2.3 and valkey-server
/// 8.1.8 and 9.1.2, and as KeyDB's and Dragonfly's users show it.
@Suite(.timeLimit(.minutes(1))) struct RedisProductTests {
    private func info(_ report: String) -> RedisServerInfo {
        let pairs = report.split(separator: " ").map { $0.split(separator: ":", maxSplits: 1) }
        let fields = Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
        return RedisServerInfo(
            version: fields["redis_version"].map(RedisVersion.init(parsing:)), product: RedisProduct(fields),
            role: .master)
    }

    @Test(arguments: [
        ("redis_version:6.2.14 redis_mode:standalone executable:/usr/bin/redis-server", "Redis 6.2.14"),
        ("redis_version:8.2.3 redis_mode:standalone", "Redis 8.2.3"),
        (
            "redis_version:7.2.4 server_name:valkey valkey_version:8.1.8 valkey_release_stage:ga server_mode:standalone",
            "Valkey 8.1.8 (as Redis 7.2.4)"
        ),
        (
            "redis_version:7.2.4 server_name:valkey valkey_version:9.1.2 server_mode:standalone",
            "Valkey 9.1.2 (as Redis 7.2.4)"
        ),
        ("redis_version:6.3.4 redis_mode:standalone executable:/data/keydb-server", "KeyDB 6.3.4"),
        (
            "redis_version:7.4.0 dragonfly_version:df-v1.40.1 redis_mode:standalone executable:/usr/bin/dragonfly",
            "Dragonfly 1.40.1 (as Redis 7.4.0)"
        ),
        ("run_id:0", "a Redis of unknown version"),
    ])
    func aServerIsCalledByItsOwnName(_ report: String, _ name: String) {
        #expect(info(report).name == name)
    }

    @Test func anActiveReplicaIsNoProtocolViolation() async throws {
        let loop = LibevExecutor(name: "product")
        defer { loop.stop() }
        let server = FakeServer { peer in
            while let command = peer.readCommand() {
                switch command[0] {
                case "ROLE": peer.write("*1\r\n$14\r\nactive-replica\r\n")
                case "INFO": peer.write("$21\r\nredis_version:6.3.4\r\n\r\n")
                default: peer.write(":1\r\n")
                }
            }
        }
        defer { server.stop() }
        #expect(try await server.connection(on: loop).connect().role == .activeReplica)
    }
}
