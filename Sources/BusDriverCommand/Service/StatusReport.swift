import BusDriver
import BusScheduler
import BusSession
import CommandInterface
import Logging

/// Says now and then what drivers and scheduler have done: a line a second on a terminal, a line a minute otherwise.
struct StatusReport: Sendable {
    private let drivers: [Driver]
    private let scheduler: Scheduler?
    private let logger: Logger
    private let interval: Duration

    init(drivers: [Driver], scheduler: Scheduler?, logger: Logger, isTerminal: Bool = StandardError.isTerminal) {
        self.drivers = drivers
        self.scheduler = scheduler
        self.logger = logger
        interval = isTerminal ? .seconds(1) : .seconds(60)
    }

    func repeatUntilCancelled() async {
        var last = Totals()
        var at = ContinuousClock.now
        while (try? await Task.sleep(for: interval)) != nil {
            let (current, now) = (await sum(), ContinuousClock.now)
            log(current, rate: Double(current.events - last.events) / ((now - at) / .seconds(1)))
            (last, at) = (current, now)
            await logScheduler()
        }
    }

    /// What was done in all.
    func tell() async {
        log(await sum(), rate: nil)
        await logScheduler()
    }

    private func logScheduler() async {
        guard let scheduler else { return }
        let statistics = await scheduler.statistics
        let state = await scheduler.trouble ?? (statistics.isLeading ? "leading" : "following")
        logger.info(
            "scheduled so far",
            metadata: [
                "state": "\(state)", "moved": .stringConvertible(statistics.promoted),
                "fired": .stringConvertible(statistics.fired), "heartbeats": .stringConvertible(statistics.heartbeats),
                "failed": .stringConvertible(statistics.failed), "schedules": .stringConvertible(statistics.schedules),
                "reconnects": .stringConvertible(statistics.reconnects),
            ])
    }

    private func log(_ totals: Totals, rate: Double?) {
        guard !drivers.isEmpty else { return }
        var details: Logger.Metadata = [
            "events": .stringConvertible(totals.events), "copies": .stringConvertible(totals.copies),
            "unmatched": .stringConvertible(totals.unmatched), "failed": .stringConvertible(totals.failed),
            "subscriptions": .stringConvertible(totals.subscriptions),
            "reconnects": .stringConvertible(totals.reconnects), "recovered": .stringConvertible(totals.recovered),
        ]
        details["rate"] = rate.map { .stringConvertible(Int($0.rounded())) }
        logger.info(rate == nil ? "driven in all" : "driven so far", metadata: details)
    }

    private func sum() async -> Totals {
        var totals = Totals()
        for driver in drivers { totals.add(await driver.statistics) }
        return totals
    }
}

/// What all drivers of a process have done together.
private struct Totals {
    var events = 0
    var copies = 0
    var unmatched = 0
    var failed = 0
    var reconnects = 0
    var recovered = 0
    /// Every driver of the process has the same.
    var subscriptions = 0

    mutating func add(_ statistics: DriverStatistics) {
        events += statistics.events
        copies += statistics.copies
        unmatched += statistics.unmatched
        failed += statistics.failed
        reconnects += statistics.reconnects
        recovered += statistics.recovered
        subscriptions = statistics.subscriptions
    }
}
