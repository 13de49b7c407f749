import ArgumentParser
import BusOperations
import BusWire
import CommandInterface

/// `busdriver workers`
struct WorkerList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workers",
        abstract: "Lists who works: Ruby's workers, drivers and riders, and the job that each has in hand.",
        discussion: """
            SEEN says when a worker last sent its heartbeat, or for how long the lease of a driver or rider still runs. A worker
            is stale when its heartbeat is older than five minutes, or its lease ran out.

            Example:
              busdriver workers
              busdriver workers --json | jq 'select(.stale)'
            """)

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await redis.withSession { session in
            let workers = try await WorkerOverview(connection: session.connection, bus: session.keys)
            if output.json {
                for view in workers.views { StandardOutput.write(view.json) }
            } else {
                show(workers.views)
            }
            for key in workers.unreadable {
                StandardError.write(
                    "note: \(TextTable.oneLine(key)) has another type of value than it should; rename or delete that key.\n"
                )
            }
            let unlisted = try await workers.unlisted()
            if !unlisted.isEmpty {
                StandardError.write(
                    "note: alive, but not in \(session.keys.workers), so resque-web does not show them: "
                        + "\(TextTable.oneLine(unlisted.joined(separator: ", "))).\n")
            }
            if try await workers.arePaused() {
                StandardError.write(
                    "note: \(session.keys.pauseAllWorkers) is true, so nobody takes jobs; DEL it to go on.\n")
            }
        }
    }

    private func show(_ views: [WorkerView]) {
        guard !views.isEmpty else {
            return StandardOutput.write("No workers are registered.\n")
        }
        var table = TextTable(
            ("HOST", .left), ("PID", .left), ("KIND", .left), ("QUEUES", .left), ("STARTED", .left), ("SEEN", .left),
            ("JOB", .left), ("PROCESSED", .right), ("FAILED", .right))
        for view in views {
            let worker = view.worker
            table.add(
                worker.host, worker.processID, worker.kind.rawValue, worker.queues.joined(separator: ","),
                view.started ?? "?", view.seen, view.jobText, String(worker.processed), String(worker.failed))
        }
        StandardOutput.write(table.text)
        let stale = views.filter(\.isStale)
        let working = views.count { $0.worker.job != nil }
        StandardOutput.write("\(views.count) workers, \(working) with a job in hand, \(stale.count) stale\n")
        if views.contains(where: \.worker.isPaused) {
            StandardOutput.write("PAUSED are those that got SIGUSR2; SIGCONT resumes them.\n")
        }
        if stale.contains(where: { $0.worker.kind == .ruby }) {
            StandardOutput.write(
                "Stale Ruby workers are removed when the next Ruby worker starts; what they had in hand fails or is retried then.\n"
            )
        }
        if stale.contains(where: { $0.worker.kind != .ruby }) {
            StandardOutput.write(
                "What stale drivers hold comes back by busdriver recover, or when a driver runs; of riders, when a rider runs.\n"
            )
        }
    }
}
