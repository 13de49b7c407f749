/// Remembers which leading patterns an event type satisfies: types are few, and the same ones come again and again.
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

    /// The patterns that `type` satisfies, nil when it is not remembered.
    @inline(__always)
    func patterns(of type: UnsafeBufferPointer<UInt8>, hash: UInt32) -> UnsafeBufferPointer<UInt32>? {
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

    /// Begins to remember a type; nil when it is too long. Add its patterns, then call ``commit(_:)``.
    mutating func begin(_ type: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Draft? {
        guard type.count <= Self.longestText else { return nil }
        if entryCount == Self.entryLimit || textCount + type.count > Self.textCapacity { removeAll() }
        if slots == nil {
            slots = FlatArray(repeating: Entry(), count: Self.slotCount)
            text = FlatArray(repeating: 0, count: Self.textCapacity)
            patterns = FlatArray(repeating: 0, count: Self.patternCapacity)
        }
        return Draft(type: type, hash: hash)
    }

    /// A type whose patterns are being judged.
    struct Draft {
        fileprivate let type: UnsafeBufferPointer<UInt8>
        fileprivate let hash: UInt32
        fileprivate(set) var count = 0
        /// The judgement cannot be kept: a pattern was undecided, or there are too many.
        var isSpoiled = false
    }

    /// Notes a satisfied pattern.
    mutating func add(_ pattern: UInt32, to draft: inout Draft) {
        guard let patterns, patternCount + draft.count < Self.patternCapacity else {
            draft.isSpoiled = true
            // The next attempt starts with an empty memo; a type with that many patterns never fits.
            entryCount = Self.entryLimit
            return
        }
        patterns[patternCount + draft.count] = pattern
        draft.count += 1
    }

    /// Keeps the draft, unless it is spoiled.
    mutating func commit(_ draft: Draft) {
        guard !draft.isSpoiled, let slots, let text else { return }
        var place = Int(draft.hash) & (Self.slotCount - 1)
        while slots[place].isUsed { place = (place + 1) & (Self.slotCount - 1) }
        for (offset, byte) in draft.type.enumerated() { text[textCount + offset] = byte }
        slots[place] = Entry(
            hash: draft.hash, textStart: UInt32(textCount), textCount: UInt32(draft.type.count),
            patternsStart: UInt32(patternCount), patternsCount: UInt32(draft.count), isUsed: true)
        entryCount += 1
        textCount += draft.type.count
        patternCount += draft.count
    }
}
