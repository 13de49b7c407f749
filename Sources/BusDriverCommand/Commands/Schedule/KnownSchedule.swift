import BusCalendar
import BusProtocol
import BusWire
import CommandInterface

/// A schedule as it is found in Redis.
struct KnownSchedule {
    /// What becomes of it at present.
    enum Status: String {
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

    let name: String
    let source: PublishedSchedule.Source
    /// What it is, or why it cannot run.
    let entry: Result<ScheduleEntry, ScheduleError>
    let status: Status
    /// What is noted of its firings; nil when it was never seen.
    let state: FiringState?
    /// When it last fired, as Ruby's `Time#to_s` has it; nil when it never did.
    let lastEnqueued: String?

    /// The entry of one that can run.
    ///
    /// - Throws: `Complaint` that says why it cannot.
    func runnable() throws(Complaint) -> ScheduleEntry {
        do throws(ScheduleError) {
            return try entry.get()
        } catch {
            throw Complaint("\(name) cannot run: \(error.description)")
        }
    }

    /// Its next firings after a time, in milliseconds since 1970; none of one that cannot run.
    ///
    /// - Parameter zone: of lines of cron that name none.
    func upcoming(_ count: Int, after time: Int, zone: ZoneRules) -> [Int] {
        guard case .success(let entry) = entry else { return [] }
        return FiringSequence(timing: entry.timing, zone: zone).upcoming(count, after: time, state: state)
    }

    /// The last firing, or the last that was passed over, in milliseconds since 1970.
    func lastFiring(zone: ZoneRules) -> Int? {
        guard case .success(let entry) = entry, let state else { return nil }
        return FiringSequence(timing: entry.timing, zone: zone).lastFiring(in: state)
    }
}

extension JSONValue {
    /// Milliseconds as seconds, whole ones without a point.
    static func seconds(_ milliseconds: Int) -> JSONValue {
        milliseconds.isMultiple(of: 1000) ? .integer(milliseconds / 1000) : .float(Double(milliseconds) / 1000)
    }
}
