import BusWire
import Foundation

/// What the spectator reads: on a terminal one table that is repainted in place, otherwise one after the other.
actor Screen {
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private var last: Outcome?

    func introduce(_ bus: PrivateBus, eventsPerSecond: Int) throws {
        let path = PrivateBus.busdriver
        try write(
            """
            This is BusDriver at work, on a Redis of its own. Press Ctrl-C to end it.

            Three made-up Ruby applications have subscribed to events: shop, mailer and
            analytics. \(eventsPerSecond) events a second are published just as Ruby's resque-bus does it:
            most of them plainly, some for a later time that has come, some in the format
            of old versions, some damaged. busdriver run, a process of its own, copies each
            to the queue of every subscription that it matches, and a rider on each queue
            takes the copies as they come.

            The table counts the copies and tells how long they took, from just before
            publishing until a rider had them: half of them at most p50, 99 of 100 at most
            p99. A machine with little to do takes longer, because it has to wake up.

            Look inside from another terminal:
              cd \(FileManager.default.currentDirectoryPath)
              export REDIS_URL=unix://\(bus.socket)
              \(path) subscriptions
              \(path) failed list
              echo '{"bus_event_type":"order_placed","plan":"pro"}' | \(path) explain
              redis-cli -s \(bus.socket) monitor
              tail -f \(bus.log)


            """)
    }

    /// Shows the table of this moment.
    func show(_ outcome: Outcome) throws {
        var lines = ["\(outcome.totals.published) events published, \(outcome.totals.malformed) of them damaged"]
        lines += table(outcome)
        if isTerminal {
            // Up to the first line of the last table; each line is cleared behind its text, and none may wrap.
            let up = last == nil ? "" : "\r\u{1B}[\(lines.count)A"
            try write(up + "\u{1B}[?7l" + lines.map { "\($0)\u{1B}[K\n" }.joined() + "\u{1B}[?7h")
        } else {
            try write(lines.map { $0 + "\n" }.joined() + "\n")
        }
        last = outcome
    }

    private func table(_ outcome: Outcome) -> [String] {
        var table = Table()
        for subscription in SampleSubscription.all {
            let queue = subscription.record.queue
            let now = outcome.totals.queues[queue] ?? Ledger.Arrivals()
            table.add(
                queue, "\(subscription.record.appKey): \(subscription.interest)", copies: now.copies,
                recent: now.copies - (last?.totals.queues[queue]?.copies ?? 0),
                latencies: now.latencies.percentiles([0.5, 0.99, 1]))
        }
        table.add(
            "failed", "what cannot be driven", copies: outcome.failed, recent: outcome.failed - (last?.failed ?? 0))
        return table.lines
    }

    /// The last word.
    func sumUp(_ outcome: Outcome) throws {
        let totals = outcome.totals
        try write(
            """
            Ended: first the publisher, then, when nothing was left to do, the driver and its Redis.
            published \(totals.published), of these damaged \(totals.malformed)
            copies expected \(totals.expected), arrived \(totals.arrived), unexpected \(totals.unexpected)
            failed \(outcome.failed)
            \(outcome.isSound ? "All is well: each copy has arrived exactly once." : "That is NOT as it should be.")

            """)
    }

    /// - Throws: `CancellationError` when nobody reads any more, which is as good as Ctrl-C.
    private func write(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw CancellationError()
        }
    }
}
