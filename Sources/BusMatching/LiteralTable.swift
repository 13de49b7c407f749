/// The hash of a literal or of a value to look up.
enum LiteralHash {
    /// Eight bytes at a time with a last word that overlaps; seeded, so that nobody can aim at one slot.
    /// - Parameter ends: `ByteText.ends` of the text.
    @inline(__always)
    static func hash(
        _ text: UnsafePointer<UInt8>, count: Int, ends: TextEnds, attribute: UInt32, seed: UInt64
    ) -> UInt32 {
        var state = seed ^ (UInt64(truncatingIfNeeded: count) &+ UInt64(attribute) << 32) &* 0x9E37_79B9_7F4A_7C15
        state = mix(state ^ ends.head)
        if count > 8 {
            state = mix(state ^ ends.tail)
            let base = UnsafeRawPointer(text)
            var offset = 8
            while offset < count &- 8 {
                state = mix(state ^ base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset &+= 8
            }
        }
        return UInt32(truncatingIfNeeded: state ^ state >> 32)
    }

    /// Where a hash belongs in a table of any size.
    @inline(__always)
    static func slot(of hash: UInt32, capacity: Int) -> Int {
        Int(truncatingIfNeeded: (UInt64(hash) &* UInt64(truncatingIfNeeded: capacity)) >> 32)
    }

    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0x8EBC_6AF0_9C88_C6E3).multipliedFullWidth(by: 0x5899_65CC_7537_4CC3)
        return product.high ^ product.low
    }
}

/// Gives equal (attribute, text) pairs one number while an index is built.
struct LiteralInterner {
    struct Entry {
        let hash: UInt32
        let attribute: UInt32
        let textStart: UInt32
        let textCount: UInt32
        /// How many filters could be found through this literal.
        var useCount = 0
    }

    let seed = UInt64.random(in: .min ... .max)
    private(set) var entries: [Entry] = []
    private var slots: [UInt32] = Array(repeating: 0, count: 64)

    /// The number of the pair; its text is appended to `arena` when it is new.
    mutating func intern(attribute: UInt32, text: [UInt8], arena: inout [UInt8]) -> Int {
        if (entries.count + 1) * 2 > slots.count { grow() }
        let hash = text.withUnsafeBufferPointer { bytes in
            // Literals are never empty.
            let base = bytes.baseAddress.unsafelyUnwrapped
            return LiteralHash.hash(
                base, count: bytes.count, ends: ByteText.ends(base, count: bytes.count), attribute: attribute,
                seed: seed)
        }
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.attribute == attribute, entry.textCount == text.count,
                isEqual(text, to: arena, at: Int(entry.textStart))
            {
                return Int(slots[slot]) - 1
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        entries.append(
            Entry(
                hash: hash, attribute: attribute, textStart: UInt32(arena.count), textCount: UInt32(text.count)))
        arena.append(contentsOf: text)
        slots[slot] = UInt32(entries.count)
        return entries.count - 1
    }

    private func isEqual(_ text: [UInt8], to arena: [UInt8], at start: Int) -> Bool {
        arena.withUnsafeBufferPointer { arena in
            text.withUnsafeBufferPointer {
                ByteText.isEqual($0, UnsafeBufferPointer(rebasing: arena[start..<start + $0.count]))
            }
        }
    }

    mutating func countUse(of literal: Int) { entries[literal].useCount += 1 }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for (number, entry) in entries.enumerated() {
            var slot = Int(entry.hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }

    /// The table that lookups use, and the slot of each literal in it.
    func table(
        lists: CandidateLists, candidates: [IndexTables.Candidate], arena: [UInt8]
    ) -> (slots: [IndexTables.Literal], places: [UInt32]) {
        let capacity = max(8, entries.count * 10 / 7)
        var table = Array(repeating: IndexTables.Literal.free, count: capacity)
        var places: [UInt32] = []
        places.reserveCapacity(entries.count)
        for (number, entry) in entries.enumerated() {
            var slot = LiteralHash.slot(of: entry.hash, capacity: capacity)
            while table[slot].owner != 0 { slot = slot + 1 == capacity ? 0 : slot + 1 }
            let ends = arena.withUnsafeBufferPointer { arena in
                ByteText.ends(arena.baseAddress.unsafelyUnwrapped + Int(entry.textStart), count: Int(entry.textCount))
            }
            let run = lists.run(of: number)
            var literal = IndexTables.Literal(
                owner: entry.attribute + 1, textStart: entry.textStart, textCount: entry.textCount,
                candidatesCount: UInt32(run.count), ends: ends, loneCandidate: IndexTables.Literal.free.loneCandidate)
            if run.count == 1 {
                literal.loneCandidate = candidates[run.lowerBound]
            } else {
                literal.candidatesStart = UInt32(run.lowerBound)
            }
            table[slot] = literal
            places.append(UInt32(slot))
        }
        return (table, places)
    }
}
