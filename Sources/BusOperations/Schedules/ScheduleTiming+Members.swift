package import BusCalendar
package import BusWire

extension ScheduleTiming {
    /// The members that tell it in JSON; of the two that do not apply one is null.
    package var members: [JSONMember] {
        var members: [JSONMember]
        switch rhythm {
        case .cron(let line): members = [JSONMember("cron", .string(line.text)), JSONMember("every", nil)]
        case .every(let interval): members = [JSONMember("cron", nil), JSONMember("every", .seconds(interval))]
        }
        if let first { members.append(first.member("first")) }
        if let last { members.append(last.member("last")) }
        if let times { members.append(JSONMember("times", .integer(times))) }
        return members
    }
}

extension ScheduleMoment {
    /// ISO 8601; without a zone, where none was named.
    package var time: String {
        switch self {
        case .after: ""
        case .at(let epoch): CivilTime(epoch: epoch).isoText
        case .local(let epoch): String(CivilTime(epoch: epoch).isoText.dropLast())
        }
    }

    /// - Parameter name: what the member's name begins with.
    fileprivate func member(_ name: String) -> JSONMember {
        if case .after(let time) = self {
            JSONMember("\(name)_in", .seconds(time))
        } else {
            JSONMember("\(name)_at", .string(time))
        }
    }
}
