import BusProtocol
import BusSession
import BusWire
import LibevExecutor
import Logging
import RedisConnection

/// Puts subscriptions in force, at the cost of what has changed.
extension Driver {
    /// Reads what has changed; it is in force from then on.
    func loadSubscriptions() async {
        guard let session else { return }
        let isCurrent = lasting()
        DriverCrashPoint.pass(.beforeLoad)
        do throws(RedisError) {
            guard let load = try await feed.load(session.control, while: isCurrent) else { return }
            for problem in load.problems {
                complaints.report("a subscription is left out", ["problem": "\(problem)"], most: 20)
            }
            if load.mayBePaused { try await readPause(session) }
            DriverCrashPoint.pass(.afterLoad)
            guard isCurrent() else { return }
            tally.loaded(feed.compiled)
            feed.finishLoad()
            mergeSegments()
            advanceFreshness()
        } catch {
            guard isCurrent() else { return }
            end(.lost(error))
        }
    }

    /// Keeps segments few: light ones are merged at once, others beside the loop.
    private func mergeSegments() {
        for inputs in feed.mergeLightSegments() {
            startTask { driver in
                let merged = await DetachedThread.value { CompiledSubscriptions.merged(inputs) }
                driver.feed.takeOver(merged, of: inputs)
                driver.mergeSegments()
            }
        }
    }
}
