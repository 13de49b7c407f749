import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging

/// What keeps a driver from driving, and what proves that nothing does.
extension Driver {
    /// What keeps the driver from driving now, as an operator would say it, without a full stop; nil while nothing does.
    package var trouble: String? { standstill.trouble }

    /// Redis has accepted what a driver lives on. Called for every claim.
    func proveWork() {
        guard !isProven, !isStopping else { return }
        isProven = true
        standstill.ended()
        guard !isAnnounced else { return }
        isAnnounced = true
        announce()
    }

    /// This is a drain that has not begun: nothing is in flight that it should wait for.
    var cannotBegin: Bool { configuration.drains && !isAnnounced && !isStopping && inFlight.isEmpty }

    /// A drain waits for one lease, in which it has what is in flight to itself.
    func limitPatience() {
        guard configuration.drains, !isLosingPatience else { return }
        isLosingPatience = true
        executor.schedule(after: configuration.lease) { [events = statistics.events] in
            self.assumeIsolated { driver in
                driver.isLosingPatience = false
                if driver.trouble != nil, driver.statistics.events == events { driver.abandon() }
            }
        }
    }

    /// Says once that and what it drives.
    private func announce() {
        logger.notice(
            """
            driving \(keys?.incoming ?? "") with \(compiled.count) subscriptions of \
            \(compiled.applicationCount) applications; \(session?.server ?? ""), namespace \
            \(configuration.keys.namespace.isEmpty ? "(none)" : configuration.keys.namespace), lease \
            \(configuration.lease)\(tracking.remark(Self.pollingHabit))
            """)
    }
}
