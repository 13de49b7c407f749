package import BusCalendar
package import BusProtocol
import BusWire

/// A schedule as it is found in Redis.
package struct KnownSchedule: Sendable {
    /// What becomes of it at present.
    package enum Status: String, Sendable {
        /// It fires.
        case running
        case paused
        /// It is in Redis, and the leader has not taken it over: it is just about to, or its environment is another.
        case notLoaded = "not loaded"
        /// Nobody leads, or a Ruby scheduler that has it from nowhere.
        case notRunning = "not running"
        /// Nobody can run it.
        case refused
    }

    package let name: String
    package let source: PublishedSchedule.Source
    /// What it is, or why it cannot run.
    package let entry: Result<ScheduleEntry, ScheduleError>
    package let status: Status
    /// What is noted of its firings; nil when it was never seen.
    package let state: FiringState?
    /// When it last fired, as Ruby's `Time#to_s` has it; nil when it never did.
    package let lastEnqueued: String?

    /// The entry of one that can run.
    ///
    /// - Throws: `OperationError` that says why it cannot.
    package func runnable() throws(OperationError) -> ScheduleEntry {
        do throws(ScheduleError) {
            return try entry.get()
        } catch {
            throw OperationError("\(name) cannot run: \(error.description)")
        }
    }

    /// Its next firings after a time, in milliseconds since 1970; none of one that cannot run.
    ///
    /// - Parameter zone: of lines of cron that name none.
    package func upcoming(_ count: Int, after time: Int, zone: ZoneRules) -> [Int] {
        guard case .success(let entry) = entry else { return [] }
        return FiringSequence(timing: entry.timing, zone: zone).upcoming(count, after: time, state: state)
    }

    /// The last firing, or the last that was passed over, in milliseconds since 1970.
    package func lastFiring(zone: ZoneRules) -> Int? {
        guard case .success(let entry) = entry, let state else { return nil }
        return FiringSequence(timing: entry.timing, zone: zone).lastFiring(in: state)
    }

    /// Whether it runs in an environment; of what nobody can run nobody can tell, so it counts as meant for all.
    package func isMeant(for environment: String) -> Bool {
        guard case .success(let entry) = entry else { return true }
        return entry.runs(in: environment)
    }

    /// Makes sure that it can be removed from Redis.
    ///
    /// - Throws: `OperationError` that says where it is instead.
    package func checkRemoval() throws(OperationError) {
        let place =
            switch source {
            case .redis: String?.none
            case .file: "the scheduler's file; edit the file"
            case .code: "the code of the scheduler's program; change it there"
            }
        guard let place else { return }
        throw OperationError("\(name) comes from \(place), or stop it here: busdriver schedule pause '\(name)'.")
    }
}
