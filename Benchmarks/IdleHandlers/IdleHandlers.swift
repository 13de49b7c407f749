import ArgumentParser
import BusRider
import BusWire
import Glibc
import LibevExecutor
import Logging
import RedisConnection
import ResqueBus

/// Works on jobs by applications whose handlers do nothing, until so many are done.
@main
struct IdleHandlers: AsyncParsableCommand {
    @Option(help: "Where Redis is.")
    var redis: String
    @Option(help: "On how many queues, each of an application of its own.")
    var queues: Int
    @Option(help: "After how many jobs to end.")
    var jobs: Int
    @Option(help: "How many jobs run at once.")
    var concurrency = 100
    @Option(help: "Prints how long jobs took from their stamp to their handler, without so many first ones.")
    var latencyAfter: Int?

    /// `event_types` of ceiling/workload.h.
    private static let eventTypes = 20

    func run() async throws {
        let applications = (0..<queues).map { $0 < 10 ? "app_0\($0)" : "app_\($0)" }
        var configuration = RiderConfiguration(
            redis: RedisConfiguration(endpoint: try RedisEndpoint(parsing: redis)),
            queues: try QueueSelection(parsing: applications.map { $0 + "_default" }), host: "bench",
            processID: getpid(), now: { time(nil) })
        configuration.concurrency = concurrency
        let ledger = latencyAfter == nil ? nil : Latencies(capacity: jobs)
        let progress = Countdown(jobs)
        let router = try JobRouter(applications.map { application(named: $0, ledger, progress) })
        let executor = LibevExecutor(name: "rider")
        let rider = Rider(
            configuration: configuration, performer: router, executor: executor,
            logger: Logger(label: "rider") { _ in SwiftLogNoOpLogHandler() })
        let running = Task(executorPreference: executor) { try await rider.run() }
        await progress.isOver()
        try await WebView(configuration).expect(processed: jobs)
        await rider.stop(within: nil)
        guard try await running.value == .finished else { throw ValidationError("jobs are left over") }
        if let ledger, let latencyAfter { print(ledger.percentiles(after: latencyAfter)) }
    }

    private func application(named name: String, _ ledger: Latencies?, _ progress: Countdown) -> Application {
        Application(name) {
            for type in 0..<Self.eventTypes {
                Subscribe(type < 10 ? "event_0\(type)" : "event_\(type)") { event in
                    if let ledger { ledger.note(event) }
                    progress.jobIsDone()
                }
            }
        }
    }
}
