import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface
import RedisConnection

/// `busdriver delayed add`
struct DelayedAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Makes a job wait for a time.",
        discussion: """
            As Ruby's enqueue_at_with_queue and enqueue_in_with_queue: a job whose time has passed is pushed at once.

            Example:
              busdriver delayed add Emailer --args '[42,"welcome"]' --queue emails --in 1h30m
              busdriver delayed add Report --queue reports --at 2026-12-24T18:00:00Z
            """)

    @Argument(help: "The class of the job.")
    var className: String

    @Option(
        name: .customLong("args"), help: ArgumentHelp("Its arguments, a JSON array. Default: none.", valueName: "json"),
        transform: DelayedSelection.arguments)
    var arguments: [JSONValue] = []

    @Option(help: "Where it goes when its time has come.")
    var queue: String

    @Option(
        name: .customLong("at"), help: "Push it then: ISO 8601 with a zone, or epoch seconds.",
        transform: TimeText.parse)
    var time: Int?

    @Option(name: .customLong("in"), help: "Push it after so long: 5m, 1h30m.", transform: DurationText.parse)
    var delay: Duration?

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (time == nil) != (delay == nil) else { throw ValidationError("Say when: by --at or --in.") }
        guard !className.isEmpty, !queue.isEmpty else {
            throw ValidationError("The class and the queue must not be empty.")
        }
    }

    func run() async throws {
        try await redis.withSession { session in
            let now = try await session.now()
            let job = NewJob(
                JobPayload(className: className, arguments: arguments), on: queue,
                due: time ?? now + Int((delay ?? .zero) / .seconds(1)))
            _ = try await session.connection.sendChecked(try Self.commands(for: job, now: now, session))
            tell(job.due, isPushed: job.isDue(at: now))
        }
    }

    private static func commands(for job: NewJob, now: Int, _ session: Session) throws(Complaint) -> RedisPipeline {
        do throws(OperationError) {
            return try job.commands(now: now, bus: session.keys)
        } catch {
            throw Complaint(error.message, code: .validationFailure)
        }
    }

    private func tell(_ due: Int, isPushed: Bool) {
        if output.json {
            StandardOutput.write([
                "time": .integer(due), "at": .string(TimeText.text(due)), "queue": .string(queue),
                "pushed": .bool(isPushed),
            ])
        } else {
            let job = "\(TextTable.oneLine(className)) for \(TextTable.oneLine(queue))"
            StandardOutput.write(
                isPushed
                    ? "\(job) pushed at once: \(TimeText.text(due)) has passed\n"
                    : "\(job) waits until \(TimeText.text(due))\n")
        }
    }
}
