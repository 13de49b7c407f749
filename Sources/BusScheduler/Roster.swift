import BusCalendar
import BusProtocol
import BusWire

/// The schedules that a leader runs: those of its own, and those that Redis keeps, which win over one of the same name
/// as they do in Ruby (contract §7).
struct Roster {
    private let environment: String?
    private let source: PublishedSchedule.Source
    private var own: [ExactString: ScheduleEntry] = [:]
    private var persistent: [ExactString: ScheduleEntry] = [:]

    /// - Parameters:
    ///   - own: of the leader itself.
    ///   - source: where it has these from.
    ///   - environment: leaves out what is not meant to run there; see ``ScheduleEntry/runs(in:)``.
    init(own: [ScheduleEntry], from source: PublishedSchedule.Source, in environment: String?) {
        self.environment = environment
        self.source = source
        for entry in own where entry.runs(in: environment) { self.own[ExactString(entry.name)] = entry }
    }

    /// Takes over what Redis keeps under a name now; nil if it keeps nothing that can run.
    mutating func putPersistent(_ entry: ScheduleEntry?, as name: String) {
        persistent[ExactString(name)] = entry.flatMap { $0.runs(in: environment) ? $0 : nil }
    }

    /// What runs under a name.
    subscript(name: String) -> ScheduleEntry? { persistent[ExactString(name)] ?? own[ExactString(name)] }

    /// All that runs, each once.
    var entries: [ScheduleEntry] { Array(own.merging(persistent) { $1 }.values) }

    /// How many run.
    var count: Int { own.count + persistent.keys.count { own[$0] == nil } }

    /// What others are told of an entry that runs.
    func published(_ entry: ScheduleEntry) -> PublishedSchedule {
        let isPersistent = persistent[ExactString(entry.name)] != nil
        return PublishedSchedule(name: entry.name, source: isPersistent ? .redis : source, definition: entry.json)
    }
}
