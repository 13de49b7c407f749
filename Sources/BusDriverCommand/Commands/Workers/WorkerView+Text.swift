import BusOperations
import BusWire
import CommandInterface

/// Cells of a table.
extension WorkerView {
    /// How fresh the last sign of life is.
    var seen: String {
        let mark = isStale ? " STALE" : ""
        switch (worker.kind, worker.lease, heartbeatAge) {
        case (.ruby, _, let age?): return "\(Self.text(seconds: age)) ago\(mark)"
        case (.ruby, _, nil): return worker.heartbeat == nil ? "never" : "?"
        case (_, let lease?, _) where lease > .zero:
            return "lease \(Self.text(seconds: Int(lease / .seconds(1))))\(worker.isPaused ? " PAUSED" : "")"
        case (_, .some, _): return "lease ran out\(mark)"
        case (_, nil, _): return "no lease\(mark)"
        }
    }

    /// The job in hand: its class, or for one of the bus the event and the subscription; its queue, for how long.
    var jobText: String {
        guard let job = worker.job else { return "-" }
        guard let className = job["payload"]?["class"]?.string else { return "(unreadable)" }
        let queue = job["queue"]?.string.map { " from \($0)" } ?? ""
        let name = EventInHand(job)?.text ?? className
        return name + queue + (jobAge.map { " for \(Self.text(seconds: $0))" } ?? "")
    }

    private static func text(seconds: Int) -> String { DurationText.text(.seconds(max(0, seconds))) }
}
