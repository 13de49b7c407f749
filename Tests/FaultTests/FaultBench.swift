import RedisTestSupport

/// A private redis-server with a ledger on it, for one scenario with drivers as processes.
struct FaultBench: LeasedProcessBench {
    let server: RedisServer
    let ledger = Ledger()

    init(on server: RedisServer) { self.server = server }

    static let scenariosAtATime = 3
    static let registry = "resque:busdriver:drivers"

    func prepare(_ redis: RawRedis) throws { try ledger.subscribe(on: redis) }

    func start() throws -> BusDriverProcess { try driver() }

    /// Starts a driver that dies at a point, or of every event that contains the marker.
    func driver(crash: BusDriverProcess.PlannedCrash? = nil, marker: String? = nil) throws -> BusDriverProcess {
        try BusDriverProcess(
            on: server, crash: crash, environment: marker.map { ["BUSDRIVER_CRASH_MARKER=\($0)"] } ?? [])
    }

    /// Publishes ten events at a time, a few hundred batches a second.
    func startPublishing() -> RepeatingThread {
        RepeatingThread(every: .milliseconds(3)) { [server, ledger] in
            let redis = try server.connect()
            return { try ledger.publish(10, on: redis) }
        }
    }
}
