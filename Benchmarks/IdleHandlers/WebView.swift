import ArgumentParser
import BusProtocol
import BusRider
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// What resque-web shows of a rider that is still there.
struct WebView {
    private let configuration: RiderConfiguration

    init(_ configuration: RiderConfiguration) { self.configuration = configuration }

    /// Waits until the slots have counted all jobs.
    ///
    /// - Throws: after five seconds.
    func expect(processed: Int) async throws {
        let redis = RedisConnection(
            configuration: configuration.redis, executor: LibevExecutor(name: "web view"),
            logger: Logger(label: "web view") { _ in SwiftLogNoOpLogHandler() })
        _ = try await redis.connect()
        let deadline = ContinuousClock.now + .seconds(5)
        var counted = 0
        repeat {
            let workers = try await redis.call("SMEMBERS", configuration.keys.workers).elements.compactMap(\.string)
            guard workers.count == configuration.concurrency else {
                throw ValidationError("resque-web shows \(workers.count) slots instead of \(configuration.concurrency)")
            }
            var pipeline = RedisPipeline()
            for worker in workers { pipeline.append("GET", configuration.keys.stat("processed", worker: worker)) }
            counted = try await redis.send(pipeline).reduce(0) { $0 + (Int($1.string ?? "") ?? 0) }
            if counted == processed { return await redis.close() }
            try await Task.sleep(for: .milliseconds(5))
        } while ContinuousClock.now < deadline
        throw ValidationError("the slots of this rider have counted \(counted) of \(processed) jobs in resque-web")
    }
}
