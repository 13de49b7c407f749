import ArgumentParser
import BusOperations
import BusProtocol
import BusWire
import CommandInterface
import Foundation
import Logging
import RedisConnection

/// `busdriver tail`
struct Tail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows events as they pass.",
        discussion: """
            Subscribes an application of its own, whose queue and subscription go when the command ends. If it is killed, busdriver \
            run or the next busdriver tail removes them, and busdriver doctor tells. Other subscribers do not notice.

            Filters are those of busdriver subscribe; an event must satisfy all. Without any, every event is shown.

            Example:
              busdriver tail
              busdriver tail bus_event_type=/^order_/ user_id:present
              busdriver tail --count 1 --json | jq .user_id
            """)

    @Argument(help: "Filters: name=text, name=/regex/, name:present.", transform: FilterText.parse)
    var filters: [SubscriptionFilter] = []

    @Option(help: "End after this many events.")
    var count: Int?

    @Option(
        help: ArgumentHelp("The queue that events arrive on, to see whether anybody drives it.", valueName: "queue"))
    var incoming = "bus_incoming"

    @OptionGroup var redis: RedisOptions
    @OptionGroup var output: OutputOptions

    /// Elements that the queue keeps when they come faster than they can be shown.
    private static let mostWaiting = 100_000
    /// Elements popped in one round trip.
    private static let mostPopped = 256

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count must be positive.") }
        let names = filters.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw ValidationError("There are two filters on \(twice); one is possible.")
        }
    }

    func run() async throws {
        FilterRemarks(filters).tell()
        try await redis.withSession { session in
            let blocking = try await session.connectAgain()
            let tail = TailSubscription(
                connection: session.connection, bus: session.keys, random: .random(in: .min ... .max), filters: filters)
            // Unlike a service it ends with its terminal.
            let shutdown = Shutdown(
                on: Shutdown.usualSignals + [SIGHUP], executor: session.executor,
                logger: LogFormat.text.logger(level: .error))
            shutdown.onRequest(
                leaving: { "\(tail.name) stays subscribed until a driver or the next busdriver tail removes it" },
                { blocking.closeNow() })
            let abandoned = AbandonedTails(connection: session.connection, bus: session.keys)
            for name in try await abandoned.find() { try await abandoned.remove(name) }
            try await tail.open()
            do {
                try await noteWhoDrives(session)
                try await watch(tail, on: blocking)
            } catch {
                try? await tail.close()
                throw error
            }
            try await Self.close(tail)
            await blocking.close()
        }
    }

    private func noteWhoDrives(_ session: Session) async throws(RedisError) {
        let drivers = try await IncomingDrivers(connection: session.connection, bus: session.keys)
        if drivers.driving(incoming).isEmpty {
            StandardError.write(
                "note: nobody drives \(incoming), so no event will come; start a driver: busdriver run.\n")
        }
        StandardError.write("note: watching; Ctrl-C ends.\n")
    }

    /// Shows events until enough were shown, nobody reads any more, or a signal has closed the connection.
    private func watch(_ tail: TailSubscription, on blocking: RedisConnection) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await Self.keep(tail) }
            defer { group.cancelAll() }
            var rest = count ?? .max
            while rest > 0 {
                let elements: [[UInt8]]
                do throws(RedisError) {
                    elements = try await tail.next(on: blocking, most: min(rest, Self.mostPopped), within: 5)
                } catch {
                    guard error.code == .closed else { throw error }
                    return
                }
                rest -= elements.count
                for element in elements {
                    guard show(element, of: tail) else { return }
                }
            }
        }
    }

    private func show(_ element: [UInt8], of tail: TailSubscription) -> Bool {
        guard let event = PassingEvent(element: element, watcher: tail.name) else {
            StandardError.write("note: somebody put an element that is no event on \(tail.name).\n")
            return true
        }
        return StandardOutput.isWritten((output.json ? event.json.text : event.line) + "\n")
    }

    /// Renews the lease until the task is cancelled.
    private static func keep(_ tail: TailSubscription) async throws {
        while true {
            try await Task.sleep(for: .seconds(2))
            let (skipped, wasLost) = try await tail.renew(keeping: mostWaiting)
            if skipped > 0 {
                StandardError.write("note: \(skipped) events were skipped; they come faster than they can be shown.\n")
            }
            if wasLost {
                StandardError.write(
                    "note: this command was stopped for so long that it was taken for dead; events are missing.\n")
            }
        }
    }

    /// Twice, because a driver may still push what it had matched before.
    private static func close(_ tail: TailSubscription) async throws {
        try await tail.close()
        try await Task.sleep(for: .milliseconds(200))
        try await tail.close()
    }
}
