import BusRider
import BusWire
import Foundation
import RedisTestSupport

/// An application that does with each element what the test says.
struct ScriptedPerformer: JobPerforming {
    let body: @Sendable (ReservedJob) async -> JobReport

    init(_ body: @escaping @Sendable (ReservedJob) async -> JobReport) { self.body = body }

    func perform(_ job: ReservedJob) async -> JobReport { await body(job) }
}

extension ReservedJob {
    var text: String { String(decoding: element, as: UTF8.self) }
}

extension Rider: BenchRole {
    static var orderlyEnding: Ending { .finished }
    func finish() { stop(within: nil) }
    func giveUp() { stop(within: .zero) }
}

extension RoleBench {
    func riderConfiguration(
        _ queues: [String], concurrency: Int = 4, lease: Duration = .seconds(1), now: Int = 1_795_239_502
    ) throws -> RiderConfiguration {
        var configuration = RiderConfiguration(
            redis: try redisConfiguration(), queues: try QueueSelection(parsing: queues), host: "test-host",
            processID: getpid(), now: { now })
        configuration.concurrency = concurrency
        configuration.lease = lease
        return configuration
    }

    func rider(_ configuration: RiderConfiguration, log: CapturedLog? = nil, _ performer: any JobPerforming) -> Rider {
        Rider(
            configuration: configuration, performer: performer, executor: executor,
            logger: logger("rider", keptIn: log))
    }
}
