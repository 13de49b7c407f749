import BusCalendar
import BusProtocol
import BusScheduler
import BusWire
import RedisTestSupport
import Synchronization

/// A Redis whose leading scheduler has a bus heartbeat, and a clock that is moved by hand.
struct HeartbeatBench {
    /// An epoch minute: 2026-11-21 06:00 UTC.
    static let minute = 29_920_680
    /// The start of that minute, in milliseconds.
    static let now = minute * 60_000
    static let uuid = "00000000-0000-4000-8000-000000000000"

    let store: StoreBench

    init() async throws {
        store = try await StoreBench()
        try lead("host:1:a")
    }

    func lead(_ value: String) throws { try store.raw.call("SET", store.bus.schedulerLock, value) }

    func heartbeat(
        _ mode: BusHeartbeat.Mode = .on, mostBack: Int? = nil, zone: ZoneRules = .utc
    ) -> BusHeartbeat {
        Self.heartbeat(on: store.connection, as: "host:1:a", mode, mostBack: mostBack, zone: zone)
    }

    static func heartbeat(
        on connection: any RedisClient, as value: String, _ mode: BusHeartbeat.Mode = .on, mostBack: Int? = nil,
        zone: ZoneRules = .utc
    ) -> BusHeartbeat {
        BusHeartbeat(
            connection: connection, bus: BusKeys(), lock: .init(bus: BusKeys(), value: value), queue: "bus_incoming",
            zone: zone, host: "test-host", uuid: { uuid }, mode: mode, mostBack: mostBack)
    }

    func setTimestamp(_ minute: Int) throws {
        try store.raw.call("SET", store.bus.busHeartbeatTimestamp, String(minute))
    }

    func setLock(_ second: Int) throws { try store.raw.call("SET", store.bus.busHeartbeatLock, String(second)) }

    func timestamp() throws -> Int? {
        try store.raw.call("GET", store.bus.busHeartbeatTimestamp).string.flatMap { Int($0) }
    }

    /// The events on the incoming list, in order.
    func events() throws -> [JSONValue] {
        try store.raw.call("LRANGE", store.bus.queue("bus_incoming"), "0", "-1").strings.map {
            let inner = JobPayload(parsing: Array($0.utf8))?.arguments.first?.string
            return try JSONValue.parse(inner ?? "")
        }
    }

    /// The minutes on the incoming list, in order.
    func minutes() throws -> [Int] { try events().map { Self.integer($0["epoch_minutes"]) } }

    /// -1 for what is no integer.
    static func integer(_ value: JSONValue?) -> Int {
        if case .number(let text) = value { Int(text) ?? -1 } else { -1 }
    }
}

/// Milliseconds since 1970 for all who take part in a test.
final class SharedClock: Sendable {
    private let time: Mutex<Int>

    init(_ time: Int) { self.time = Mutex(time) }

    var now: Int { time.withLock { $0 } }

    func advance(by milliseconds: Int) { time.withLock { $0 += milliseconds } }
}
