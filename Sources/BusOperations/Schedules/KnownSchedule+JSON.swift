package import BusCalendar
import BusProtocol
package import BusWire

extension KnownSchedule {
    /// As a JSON object in a list.
    ///
    /// - Parameters:
    ///   - time: after which `next` is, in milliseconds since 1970.
    ///   - zone: of lines of cron that name none.
    package func json(after time: Int, zone: ZoneRules) -> JSONValue {
        var members = [JSONMember("name", .string(name))]
        if case .success(let entry) = entry {
            members += entry.summary
            members += [
                JSONMember("last_slot", lastFiring(zone: zone).map { .seconds($0) } ?? nil),
                JSONMember("next", upcoming(1, after: time, zone: zone).first.map { .seconds($0) } ?? nil),
            ]
        }
        members += [
            JSONMember("last_enqueued_at", lastEnqueued.map { .string($0) } ?? nil),
            JSONMember("source", .string(source.rawValue)), JSONMember("status", .string(status.rawValue)),
        ]
        if case .failure(let error) = entry { members.append(JSONMember("error", .string(error.description))) }
        return .object(members)
    }
}

extension ScheduleEntry {
    /// What it is, as members of a JSON object in a list.
    package var summary: [JSONMember] {
        timing.members + [
            JSONMember("queue", .string(queue)), JSONMember("class", .string(jobClass)),
            JSONMember("args", .array(arguments)),
            JSONMember("description", description.map { .string($0) } ?? nil),
            JSONMember("catch_up", .string(catchUp.rawValue)),
        ]
    }
}

extension JSONValue {
    /// Milliseconds as seconds, whole ones without a point.
    package static func seconds(_ milliseconds: Int) -> JSONValue {
        milliseconds.isMultiple(of: 1000) ? .integer(milliseconds / 1000) : .float(Double(milliseconds) / 1000)
    }
}
