import BusWire

/// The texts by which resque-web knows a rider: each slot of its process is a Resque worker (contract §6,
/// protocol §4.4).
package struct WorkerRecord: Sendable {
    /// What the ids of all slots begin with: `<host>+swift:<pid>`. No Ruby process has such a host, so a Ruby worker
    /// that starts on this machine does not take the slots for dead ones of its own.
    package let process: String
    /// What the ids end with: the queues as given, joined by commas.
    package let queues: String

    /// - Parameters:
    ///   - host: this machine's name. A colon in it would end it too early for resque-web and becomes `_`.
    ///   - processID: of this process.
    ///   - queues: as the user named them, patterns too.
    package init(host: String, processID: Int32, queues: [String]) {
        let host = String(String.UnicodeScalarView(host.unicodeScalars.map { $0 == ":" ? "_" : $0 }))
        process = "\(host)+swift:\(processID)"
        self.queues = queues.joined(separator: ",")
    }

    /// A worker's id: `<host>+swift:<pid>.<slot>:<queues>`.
    package func id(slot: Int) -> String { "\(process).\(slot):\(queues)" }

    /// The value of `worker:<id>`: what is in hand, with the job's own bytes if resque-web can read them.
    ///
    /// - Parameter runAt: when the run began, in epoch seconds.
    package static func inHand(_ job: ReservedJob, runAt: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(job.element.count + job.queue.utf8.count + 64)
        text += #"{"queue":"#.utf8
        job.queue.encodeJSON(into: &text)
        text += #","run_at":""#.utf8
        text += CivilTime(epoch: runAt).isoText.utf8
        text += #"","payload":"#.utf8
        _ = job.element.withUnsafeBytes { EmbeddedElement.append($0, to: &text) }
        text += "}".utf8
        return text
    }

    /// The value of `worker:<id>:started`.
    package static func started(_ epoch: Int) -> String { CivilTime(epoch: epoch).rubyText }
}
