import BusWire

/// A compiled time zone, as `/usr/share/zoneinfo` holds them (RFC 8536, all versions).
struct ZoneFile {
    /// No instant of a file is further from 1970, in seconds: those that zic begins with are 2^59.
    private static let possibleTimes = -(1 << 59)...(1 << 59)

    /// - Throws: `ScheduleError` if these are not the bytes of such a file.
    static func rules(name: String, bytes: [UInt8]) throws(ScheduleError) -> ZoneRules {
        guard let rules = ZoneFile(bytes: bytes).rules(name: name) else {
            throw ScheduleError(
                "'\(name.abbreviated)' is no time zone in the form that zic makes; write another, or install tzdata anew."
            )
        }
        return rules
    }

    private let bytes: [UInt8]

    private func rules(name: String) -> ZoneRules? {
        guard let old = Block(bytes, at: 0, timeSize: 4) else { return nil }
        guard old.version > 0 else { return rules(name: name, old, rule: nil) }
        guard let block = Block(bytes, at: old.end, timeSize: 8) else { return nil }
        let footer = bytes[block.end...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
        guard !footer.isEmpty else { return rules(name: name, block, rule: nil) }
        guard let rule = RecurringOffset(Array(footer)) else { return nil }
        return rules(name: name, block, rule: rule)
    }

    private func rules(name: String, _ block: Block, rule: RecurringOffset?) -> ZoneRules? {
        guard let firstOffset = offset(ofType: 0, block), var changes = changes(block), let leaps = leaps(block) else {
            return nil
        }
        if let rule { changes += rule.changes(after: changes.last?.epoch ?? .min) }
        let merged = Self.sum(OffsetChange(epoch: .min, offset: firstOffset), changes, leaps)
        guard merged.allSatisfy({ ZoneRules.possibleOffsets ~= $0.offset }) else { return nil }
        return ZoneRules(name: name, firstOffset: merged[0].offset, changes: Array(merged.dropFirst()))
    }

    private func changes(_ block: Block) -> [OffsetChange]? {
        var changes: [OffsetChange] = []
        for index in 0..<block.times {
            let epoch = bytes.integer(at: block.start + index * block.timeSize, size: block.timeSize)
            guard let offset = offset(ofType: Int(bytes[block.kinds + index]), block),
                Self.possibleTimes ~= epoch, epoch > changes.last?.epoch ?? .min
            else { return nil }
            changes.append(OffsetChange(epoch: epoch, offset: offset))
        }
        return changes
    }

    private func offset(ofType type: Int, _ block: Block) -> Int? {
        type < block.types ? bytes.integer(at: block.typesStart + 6 * type, size: 4) : nil
    }

    /// What the leap seconds of a zone of `right/` take away from its local time.
    private func leaps(_ block: Block) -> [OffsetChange]? {
        var leaps: [OffsetChange] = []
        for index in 0..<block.leaps {
            let position = block.leapsStart + index * (block.timeSize + 4)
            let epoch = bytes.integer(at: position, size: block.timeSize)
            guard Self.possibleTimes ~= epoch, epoch > leaps.last?.epoch ?? .min else { return nil }
            leaps.append(
                OffsetChange(epoch: epoch, offset: -bytes.integer(at: position + block.timeSize, size: 4)))
        }
        return leaps
    }

    /// The changes of an offset that is made of two; the first element is what holds before all of them.
    ///
    /// A change of the zone's abbreviation alone is none to us.
    private static func sum(
        _ first: OffsetChange, _ changes: [OffsetChange], _ leaps: [OffsetChange]
    ) -> [OffsetChange] {
        var sums = [first]
        var (change, leap) = (changes[...], leaps[...])
        var (offset, correction) = (first.offset, 0)
        while let epoch = [change.first?.epoch, leap.first?.epoch].compactMap(\.self).min() {
            while change.first?.epoch == epoch { offset = change.removeFirst().offset }
            if leap.first?.epoch == epoch { correction = leap.removeFirst().offset }
            if offset + correction != sums[sums.count - 1].offset {
                sums.append(OffsetChange(epoch: epoch, offset: offset + correction))
            }
        }
        return sums
    }

    /// One of the two parts of a file, by the counts at its head: all of it is there.
    private struct Block {
        /// `2` and later in ASCII, 0 in the oldest files.
        let version: UInt8
        /// Bytes that an instant takes.
        let timeSize: Int
        let start: Int
        let times: Int
        let types: Int
        let leaps: Int
        private let characters: Int
        private let flags: Int

        private static let headerSize = 44

        init?(_ bytes: [UInt8], at position: Int, timeSize: Int) {
            guard position + Self.headerSize <= bytes.count, bytes[position...].starts(with: Array("TZif".utf8)) else {
                return nil
            }
            func count(_ index: Int) -> Int { bytes.integer(at: position + 20 + 4 * index, size: 4) & 0xffff_ffff }
            version = bytes[position + 4]
            self.timeSize = timeSize
            start = position + Self.headerSize
            (times, types, characters, leaps, flags) = (count(3), count(4), count(5), count(2), count(0) + count(1))
            guard end <= bytes.count else { return nil }
        }

        var kinds: Int { start + times * timeSize }
        var typesStart: Int { kinds + times }
        var leapsStart: Int { typesStart + types * 6 + characters }
        var end: Int { leapsStart + leaps * (timeSize + 4) + flags }
    }
}

extension [UInt8] {
    /// A signed big-endian number.
    fileprivate func integer(at position: Int, size: Int) -> Int {
        let sign = self[position] >= 0x80 ? -1 : 0
        return self[position..<position + size].reduce(sign) { $0 << 8 | Int($1) }
    }
}
