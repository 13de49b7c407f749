import BusCalendar
import BusWire

@_exported import enum BusCalendar.CatchUp

/// A recurring job as Redis keeps it, whoever wrote it.
public struct Schedule: Sendable, Hashable {
    /// When a schedule fires.
    public enum Timing: Sendable, Hashable {
        /// A line of cron as Ruby's fugit reads it, five or six fields and perhaps a time zone:
        /// `0 3 * * * Europe/Paris`. Without one it means the zone of the scheduler.
        case cron(String)
        /// At a fixed distance, 0.3 seconds at least, to the millisecond. For the first time when `firstIn` has passed
        /// since a scheduler saw the schedule; default: the same distance.
        case every(Duration, firstIn: Duration? = nil)
    }

    /// What the schedule is called. Ruby and Swift share these names.
    public let name: String
    /// The value that Redis has, a JSON object; byte for byte.
    public let bytes: [UInt8]
    /// Whether it was paused, and does not fire until it is resumed.
    public let isPaused: Bool
    /// Why Swift schedulers do not run it; nil if they do.
    public let problem: String?
    private let entry: ScheduleEntry?

    init(name: String, json: [UInt8], isPaused: Bool, zones: ZoneDirectory) {
        self.name = name
        bytes = json
        self.isPaused = isPaused
        var warnings: [ScheduleWarning] = []
        do throws(ScheduleError) {
            entry = try ScheduleEntry(name: name, json: json, zones: zones, warnings: &warnings)
            problem = nil
        } catch {
            entry = nil
            problem = error.description
        }
    }

    /// When it fires; nil if there is a ``problem``, as all that follows is empty then. Whether it begins or ends at a
    /// certain time, or fires a number of times only, ``bytes`` says alone.
    public var timing: Timing? {
        switch (entry?.timing.rhythm, entry?.timing.first) {
        case (.cron(let line), _): .cron(line.text)
        case (.every(let interval), .after(let firstIn)):
            .every(.milliseconds(interval), firstIn: .milliseconds(firstIn))
        case (.every(let interval), _): .every(.milliseconds(interval))
        case (nil, _): nil
        }
    }
    /// The class of the job, as the workers know it.
    public var className: String { entry?.jobClass ?? "" }
    /// What the job's `perform` gets.
    public var arguments: [JSONValue] { entry?.arguments ?? [] }
    /// The queue that the job goes to.
    public var queue: String { entry?.queue ?? "" }
    /// For people.
    public var description: String? { entry?.description }
    /// What becomes of the times at which no scheduler was there. Ruby's skip them all.
    public var catchUp: CatchUp { entry?.catchUp ?? .latest }
}

extension Schedule.Timing {
    /// The member that Ruby's schedules have for it.
    var member: JSONMember {
        switch self {
        case .cron(let line): JSONMember("cron", .string(line))
        case .every(let interval, nil): JSONMember("every", .string(Self.text(interval)))
        case .every(let interval, let firstIn?):
            JSONMember(
                "every", [.string(Self.text(interval)), ["first_in": .string(Self.text(firstIn))]])
        }
    }

    /// Seconds with as many decimals as it takes, down to milliseconds: `90s`, `0.5s`.
    private static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = abs(attoseconds) / 1_000_000_000_000_000
        let sign = duration < .zero ? "-" : ""
        guard milliseconds > 0 else { return "\(sign)\(seconds.magnitude)s" }
        var decimals = String(1000 + milliseconds).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        return "\(sign)\(seconds.magnitude).\(decimals)s"
    }
}
