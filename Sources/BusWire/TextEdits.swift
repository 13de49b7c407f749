/// Where a member of an object stands in a text.
struct MemberSpan {
    // There may be a million of them.
    private let keyStart: UInt32
    private let keyEnd: UInt32
    private let valueStart: UInt32
    private var valueEnd: UInt32

    init(key: Range<Int>, valueStart: Int) {
        keyStart = UInt32(key.lowerBound)
        keyEnd = UInt32(key.upperBound)
        self.valueStart = UInt32(valueStart)
        valueEnd = self.valueStart
    }

    var key: Range<Int> { Int(keyStart)..<Int(keyEnd) }
    var value: Range<Int> { Int(valueStart)..<end }

    /// Behind the value, once that is known.
    var end: Int {
        get { Int(valueEnd) }
        set { valueEnd = UInt32(newValue) }
    }
}

/// Places of a text that are left out, or where another part of the same text stands instead.
///
/// They are collected first and made all at once, so that a byte is moved once, however deep it is nested in what moves.
struct TextEdits {
    private struct Edit {
        let place: Range<Int>
        let source: Range<Int>
    }

    private var edits: [Edit] = []

    var isEmpty: Bool { edits.isEmpty }

    // MARK: - Collecting

    /// Up to this many members a look at each is cheaper than hashing.
    private static let linearLimit = 16

    /// Notes what unites the members of an object that have one key: the first takes the value of the last, the others go, each
    /// with the comma before it.
    mutating func unite(_ members: ArraySlice<MemberSpan>, in text: UnsafeRawBufferPointer) {
        var sources: [Int: Int] = [:]
        Self.forEachRepetition(in: members, text) { place, first in
            sources[first] = place
            edits.append(Edit(place: members[place - 1].end..<members[place].end, source: 0..<0))
        }
        for (first, last) in sources {
            edits.append(Edit(place: members[first].value, source: members[last].value))
        }
    }

    private static func forEachRepetition(
        in members: ArraySlice<MemberSpan>, _ text: UnsafeRawBufferPointer, _ body: (_ place: Int, _ first: Int) -> Void
    ) {
        func isKey(of place: Int, equalTo other: Int) -> Bool {
            let (left, right) = (members[place].key, members[other].key)
            return left.count == right.count && text[left].elementsEqual(text[right])
        }
        guard members.count > linearLimit else {
            for place in members.indices.dropFirst() {
                for earlier in members.startIndex..<place where isKey(of: place, equalTo: earlier) {
                    body(place, earlier)
                    break
                }
            }
            return
        }
        // Open addressing: in each slot 32 bits of the hash, and the place. The hash is keyed, so nobody can make keys collide.
        let mask = (1 << (Int.bitWidth - (2 * members.count).leadingZeroBitCount)) - 1
        var slots = [UInt64](repeating: 0, count: mask + 1)
        for place in members.indices {
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: text[members[place].key]))
            let hash = UInt64(bitPattern: Int64(hasher.finalize()))
            let entry = hash & 0xFFFF_FFFF_0000_0000 | UInt64(place - members.startIndex + 1)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 {
                let other = members.startIndex + Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
                if slots[slot] >> 32 == hash >> 32, isKey(of: place, equalTo: other) {
                    body(place, other)
                    break
                }
                slot = (slot + 1) & mask
            }
            if slots[slot] == 0 { slots[slot] = entry }
        }
    }

    // MARK: - Making them

    /// The text with all edits made.
    func applied(to text: UnsafeRawBufferPointer) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        let sorted = edits.sorted { $0.place.lowerBound < $1.place.lowerBound }
        Self.append(0..<text.count, of: text, with: sorted, to: &output)
        return output
    }

    /// Appends a part of the text. Calls itself no deeper than values are nested.
    private static func append(
        _ part: Range<Int>, of text: UnsafeRawBufferPointer, with edits: [Edit], to output: inout [UInt8]
    ) {
        var position = part.lowerBound
        var next = index(ofFirstFrom: position, in: edits)
        while next < edits.count, edits[next].place.lowerBound < part.upperBound {
            let edit = edits[next]
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[position..<edit.place.lowerBound]))
            append(edit.source, of: text, with: edits, to: &output)
            position = edit.place.upperBound
            next += 1
            // Edits of what has been left out.
            if next < edits.count, edits[next].place.lowerBound < position {
                next = index(ofFirstFrom: position, in: edits)
            }
        }
        output.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[position..<part.upperBound]))
    }

    /// The first edit at `position` or behind it.
    private static func index(ofFirstFrom position: Int, in edits: [Edit]) -> Int {
        var low = 0
        var high = edits.count
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].place.lowerBound < position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
