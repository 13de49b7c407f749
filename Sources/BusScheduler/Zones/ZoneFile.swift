import BusWire

/// A compiled time zone, as `/usr/share/zoneinfo` holds them (RFC 8536, version 2 and later).
struct ZoneFile {
    /// Changes that the file's last rule makes are worked out to the end of this year.
    private static let lastYear = 2200

    private static let headerSize = 44

    /// - Throws: `ScheduleError` if these are not the bytes of such a file.
    static func rules(name: String, bytes: [UInt8]) throws(ScheduleError) -> ZoneRules {
        guard let rules = ZoneFile(bytes: bytes).rules(name: name) else {
            throw ScheduleError(
                "The time zone database holds '\(name.abbreviated)' in a form that cannot be read; install tzdata.")
        }
        return rules
    }

    private let bytes: [UInt8]

    private func rules(name: String) -> ZoneRules? {
        guard let old = header(at: 0), let header = header(at: old.end(timeSize: 4)) else { return nil }
        let times = header.start
        let kinds = times + 8 * header.times
        let types = kinds + header.times
        guard header.types > 0, header.end(timeSize: 8) <= bytes.count else { return nil }

        func offset(ofType type: Int) -> Int? {
            type < header.types ? integer(at: types + 6 * type, size: 4) : nil
        }
        guard var last = offset(ofType: 0) else { return nil }
        let first = last
        var changes: [OffsetChange] = []
        for index in 0..<header.times {
            guard let offset = offset(ofType: Int(bytes[kinds + index])) else { return nil }
            // A change of the zone's abbreviation alone is none to us.
            if offset != last {
                changes.append(OffsetChange(epoch: integer(at: times + 8 * index, size: 8), offset: offset))
            }
            last = offset
        }
        let footer = bytes[header.end(timeSize: 8)...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
        if !footer.isEmpty {
            guard let rule = RecurringOffset(Array(footer)) else { return nil }
            let start = changes.last?.epoch ?? 0
            changes += rule.changes(after: start, throughYear: Self.lastYear)
        }
        return ZoneRules(name: name, firstOffset: first, changes: changes)
    }

    /// The counts at the head of one of the two blocks.
    private struct Header {
        let start: Int
        let times: Int
        let types: Int
        let characters: Int
        let leaps: Int
        let flags: Int

        func end(timeSize: Int) -> Int {
            start + times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + flags
        }
    }

    private func header(at position: Int) -> Header? {
        guard position + Self.headerSize <= bytes.count, bytes[position...].starts(with: Array("TZif".utf8)),
            bytes[position + 4] >= UInt8(ascii: "2")
        else { return nil }
        func count(_ index: Int) -> Int { integer(at: position + 20 + 4 * index, size: 4) & 0xffff_ffff }
        return Header(
            start: position + Self.headerSize, times: count(3), types: count(4), characters: count(5), leaps: count(2),
            flags: count(0) + count(1))
    }

    /// A signed big-endian number.
    private func integer(at position: Int, size: Int) -> Int {
        let sign = bytes[position] >= 0x80 ? -1 : 0
        return bytes[position..<position + size].reduce(sign) { $0 << 8 | Int($1) }
    }
}
