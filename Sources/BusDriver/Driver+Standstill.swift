import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging

/// What keeps a driver from driving, and what proves that nothing does.
extension Driver {
    /// Redis has accepted what a driver lives on. Called for every claim.
    func proveWork() {
        guard !life.isProven, !isStopping else { return }
        life.proved()
        guard !isAnnounced else { return }
        isAnnounced = true
        announce()
    }

    /// Says once that and what it drives.
    private func announce() {
        logger.notice(
            """
            driving \(keys?.incoming ?? "") with \(feed.compiled.count) subscriptions of \
            \(feed.compiled.applicationCount) applications; \(session?.server ?? ""), namespace \
            \(configuration.keys.namespace.isEmpty ? "(none)" : configuration.keys.namespace), lease \
            \(configuration.lease)\(trackingRemark)
            """)
    }
}
