import BusDriver
import BusRider
import BusScheduler
import BusSession
import BusWire
import Foundation
import RedisConnection
import RedisTestSupport
import Testing

/// A driver, a rider and a scheduler of one namespace, each with its log, and work for all three.
final class Fleet: Sendable {
    let driver: Driver
    let rider: Rider
    let scheduler: Scheduler
    let ledger = Ledger()
    let book = RunBook()
    let logs = (driver: CapturedLog(), rider: CapturedLog(), scheduler: CapturedLog())

    /// What the log says of somebody who works.
    static let signs = (driver: "driving ", rider: "working ", scheduler: "leading ")

    /// - Parameter configure: changes where all three connect to.
    init(
        on bench: RoleBench, lease: Duration = .seconds(1), namespace: String = "resque",
        configure: (inout RedisConfiguration) -> Void = { _ in }
    ) throws {
        var redis = try bench.redisConfiguration()
        configure(&redis)
        var driving = try bench.configuration(lease: lease)
        driving.redis = redis
        driving.keys = BusKeys(namespace: namespace)
        driver = bench.driver(driving, log: logs.driver)
        var riding = try bench.riderConfiguration(["jobs"], lease: lease)
        riding.redis = redis
        riding.keys = BusKeys(namespace: namespace)
        rider = bench.rider(riding, log: logs.rider, book.performer)
        var scheduling = try bench.schedulerConfiguration()
        scheduling.redis = redis
        scheduling.keys = BusKeys(namespace: namespace)
        scheduler = bench.scheduler(scheduling, log: logs.scheduler)
    }

    /// Runs all three beside `body`, then stops them in order.
    func run(on bench: RoleBench, _ body: () async throws -> Void) async throws {
        try await bench.whileRunning(driver) {
            try await bench.whileRunning(rider) { try await bench.whileRunning(scheduler, body) }
        }
    }

    /// Work for each: events, and a delayed job that is due and that the rider works on.
    func addWork(_ name: String, on redis: RawRedis) throws {
        try ledger.publish(100, on: redis)
        try redis.delay(#"{"class":"Job","args":["\#(name)"],"queue":"jobs"}"#, until: Int(try redis.time()))
    }

    func hasDone(_ name: String, on redis: RawRedis) throws -> Bool {
        try ledger.isDriven(on: redis) && book.jobs.contains { $0.contains("\"\(name)\"") }
    }

    /// The lines with a text in each log.
    func lines(with text: String) -> [[String]] {
        [logs.driver, logs.rider, logs.scheduler].map { $0.lines(with: text) }
    }

    /// The lines in each log that say what Redis cannot do for now, with a text in them.
    func standstills(_ text: String) -> [[String]] {
        lines(with: text).map { $0.filter { $0.hasPrefix("Redis cannot work; ") } }
    }

    /// Who says that it works, so many times.
    var announcements: [Int] {
        zip([logs.driver, logs.rider, logs.scheduler], [Self.signs.driver, Self.signs.rider, Self.signs.scheduler])
            .map { log, sign in log.lines.count { $0.hasPrefix(sign) } }
    }

    var allLines: [[String]] { [logs.driver.lines, logs.rider.lines, logs.scheduler.lines] }

    /// What keeps each of them from working.
    var troubles: [String?] { get async { [await driver.trouble, await rider.trouble, await scheduler.trouble] } }
}
