import BusProtocol
import BusWire

/// Queues on which jobs wait for nobody: no living worker or rider lists them.
struct QueueCheck {
    private(set) var findings: [Finding]

    /// - Parameters:
    ///   - queues: all there are, incoming ones aside: a driver's list has a check of its own.
    ///   - workers: the living ones.
    init(_ queues: [Queues.Queue], workers: [RegisteredWorker]) {
        let name = "Queues"
        let known = queues.map(\.name)
        let attended = Set(
            Set(workers.filter { $0.kind != .driver }.map(\.queues))
                .flatMap { QueueSelection(ofWorker: $0).queues(known: known) })
        let unattended = queues.filter { queue in
            (queue.length ?? 0) > 0 && !attended.contains(queue.name) && !AbandonedTails.isTail(queue.name)
        }
        guard !unattended.isEmpty else {
            findings = [Finding(name, .ok, "Somebody works on each queue on which jobs wait.")]
            return
        }
        findings = unattended.prefix(Self.most).map { queue in
            Finding(
                name, .warning, "Nobody works on \(queue.name), where jobs wait: \(queue.length ?? 0).",
                remedy: "Start a rider or a worker with it among its QUEUES.")
        }
        if unattended.count > Self.most {
            findings.append(
                Finding(
                    name, .warning, "There are \(unattended.count - Self.most) more such queues.",
                    remedy: "busdriver queues and busdriver workers show all."))
        }
    }

    /// Queues that get a finding of their own.
    private static let most = 10
}
