import LibevExecutor
import RedisTestSupport

@testable import LoadTest

/// A redis-server and what is needed to run trials on it.
struct TrialBench {
    let server: RedisServer
    let bed: TestBed
    private let executor: LibevExecutor

    init() async throws {
        server = try RedisServer()
        executor = LibevExecutor(name: "loadtest")
        var target = Scenario.Target()
        target.redis = "unix://\(server.socketPath)"
        bed = try await TestBed.open(target, executor: executor, interruption: Interruption(), progress: .hidden)
    }

    /// A scenario for a driver that runs already, by default two seconds at 1 000 events a second without a warm-up.
    func scenario(rate: Double = 1000, seconds: Double = 2) -> Scenario {
        var scenario = Scenario()
        scenario.target.redis = "unix://\(server.socketPath)"
        scenario.target.driver = .external
        scenario.load.curve = .constant(rate)
        scenario.load.duration = seconds
        scenario.load.warmUp = 0
        scenario.shape.applications = 1
        return scenario
    }

    func run(_ scenario: Scenario) async throws -> RunResult {
        try await Trial(bed: bed, scenario: scenario, label: "test", seed: 1, patience: 3).run()
    }

    func close() async {
        await bed.close()
        executor.stop()
        server.stop()
    }
}
