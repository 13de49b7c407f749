import ArgumentParser
import BusWire
import CommandInterface
import Foundation
import LibevExecutor
import RedisConnection

/// `loadtest capture`
struct Capture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies subscriptions and waiting events of a live Redis to a file, for --events-file.",
        discussion: """
            It only reads: nothing is consumed, nothing written to Redis. Events that a driver takes within milliseconds may go \
            unseen, so capture longer, or while the driver is stopped. Ctrl-C ends it with what is there. The file holds real data.

            Example:
              loadtest capture --redis redis://localhost:6379 --for 5m day.jsonl
              loadtest run --events-file day.jsonl --rate 5k
            """)

    @Option(
        help: ArgumentHelp(
            "The Redis to read: redis://[user:password@]host[:port][/db], unix:///path or host:port:db/namespace.",
            valueName: "url"))
    var redis: String

    @Option(help: "What all keys begin with. Default: resque.")
    var namespace: String?

    @Option(help: ArgumentHelp("The list on which events arrive.", valueName: "queue"))
    var incoming = "bus_incoming"

    @Option(help: ArgumentHelp("Events to write at most.", valueName: "n"))
    var count = 10_000

    @Option(name: .customLong("for"), help: ArgumentHelp("How long to look at most.", valueName: "time"))
    var patience = "30s"

    @Argument(help: "The file to write. It must not be there yet.")
    var file: String

    func validate() throws {
        guard count > 0 else { throw ValidationError("--count: \(count) events are none; choose 1 or more.") }
        do {
            _ = try NumberText.seconds(patience)
        } catch {
            throw ValidationError("--for: \(error)")
        }
    }

    func run() async throws {
        try await Complaint.onFailure {
            let executor = LibevExecutor(name: "loadtest")
            defer { executor.stop() }
            let redis = try await TestRedis.open(url: redis, executor: executor)
            let connection = try await redis.connect(executor: executor)
            let capture = TrafficCapture(
                connection: connection,
                bus: BusKeys(namespace: namespace ?? redis.configuration.endpoint.namespace ?? "resque"),
                incoming: incoming, count: count, patience: .seconds(try NumberText.seconds(patience)))
            let output = try CaptureOutput(path: file)
            let work = Task {
                var progress = TrafficCapture.Progress()
                let result: Result<Void, any Error>
                do {
                    try await capture.run(&progress, write: output.write)
                    result = .success(())
                } catch {
                    result = .failure(error)
                }
                return (progress, result)
            }
            for signal in Interruption.signals { executor.onSignal(signal) { work.cancel() } }
            let (progress, result) = await work.value
            await connection.close()
            try conclude(progress, result, output)
        }
    }

    /// Says what was written, and then what went wrong.
    private func conclude(
        _ progress: TrafficCapture.Progress, _ result: Result<Void, any Error>, _ output: CaptureOutput
    ) throws {
        guard progress.elements > 0 else {
            output.remove()
            try result.get()
            throw Complaint("No event was to be seen on \(incoming), so \(file) is not written; look longer by --for.")
        }
        StandardOutput.write(
            """
            Wrote \(file). Events: \(progress.elements), subscriptions: \(progress.subscriptions), applications: \
            \(progress.applications).
            It holds real data: guard it as you guard that Redis.

            """)
        if progress.leftOut > 0 {
            StandardOutput.write("Left out, because they are not UTF-8: \(progress.leftOut).\n")
        }
        try result.get()
    }
}
