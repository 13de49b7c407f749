/// Remembers what scans have found in event types: types are few, and the same ones come again and again.
///
/// Bounded: when one of its parts is full, everything is forgotten.
struct EventTypeMemo {
    // 1.5 MB in all, which holds as many types as 10 000 subscriptions are likely to name.
    private static let slotCount = 1 << 15
    private static let entryLimit = 1 << 14
    private static let textCapacity = 1 << 19
    private static let patternCapacity = 1 << 16
    private static let longestText = 128

    private struct Entry: BitwiseCopyable {
        var hash: UInt32 = 0
        var textStart: UInt32 = 0
        var textCount: UInt32 = 0
        var patternsStart: UInt32 = 0
        var patternsCount: UInt32 = 0
        var isUsed = false
    }

    // Allocated on first use: most indices have no patterns on the event type.
    private var slots: FlatArray<Entry>?
    private var text: FlatArray<UInt8>?
    private var patterns: FlatArray<UInt32>?
    private var entryCount = 0
    private var textCount = 0
    private var patternCount = 0

    func deallocate() {
        slots?.deallocate()
        text?.deallocate()
        patterns?.deallocate()
    }

    mutating func removeAll() {
        entryCount = 0
        textCount = 0
        patternCount = 0
        guard let slots else { return }
        for place in 0..<Self.slotCount { slots[place].isUsed = false }
    }

    /// The patterns that were found in `type`, nil when it is not remembered.
    @inline(__always)
    func patterns(in type: UnsafeBufferPointer<UInt8>, hash: UInt32) -> UnsafeBufferPointer<UInt32>? {
        guard let slots, let text, let patterns else { return nil }
        var place = Int(hash) & (Self.slotCount - 1)
        while slots[place].isUsed {
            let entry = slots[place]
            if entry.hash == hash,
                ByteText.isEqual(type, text.slice(from: entry.textStart, count: entry.textCount))
            {
                return patterns.slice(from: entry.patternsStart, count: entry.patternsCount)
            }
            place = (place &+ 1) & (Self.slotCount - 1)
        }
        return nil
    }

    /// Remembers the patterns that were found in a type that is not remembered, unless it or they are too long.
    @inline(never)
    mutating func remember(_ found: ArraySlice<UInt32>, in type: UnsafeBufferPointer<UInt8>, hash: UInt32) {
        guard type.count <= Self.longestText, found.count <= Self.patternCapacity / 16 else { return }
        if slots == nil {
            slots = FlatArray(repeating: Entry(), count: Self.slotCount)
            text = FlatArray(repeating: 0, count: Self.textCapacity)
            patterns = FlatArray(repeating: 0, count: Self.patternCapacity)
        }
        let isFull =
            entryCount == Self.entryLimit || textCount + type.count > Self.textCapacity
            || patternCount + found.count > Self.patternCapacity
        if isFull { removeAll() }
        guard let slots, let text, let patterns else { return }
        for (offset, byte) in type.enumerated() { text[textCount + offset] = byte }
        for (offset, pattern) in found.enumerated() { patterns[patternCount + offset] = pattern }
        var place = Int(hash) & (Self.slotCount - 1)
        while slots[place].isUsed { place = (place + 1) & (Self.slotCount - 1) }
        slots[place] = Entry(
            hash: hash, textStart: UInt32(textCount), textCount: UInt32(type.count),
            patternsStart: UInt32(patternCount), patternsCount: UInt32(found.count), isUsed: true)
        entryCount += 1
        textCount += type.count
        patternCount += found.count
    }
}
