/// Places of a text that are left out, or where another part of the same text stands instead.
///
/// They are collected first and made all at once, so that a byte is moved once, however deep it is nested in what
/// moves.
struct TextEdits {
    private struct Edit {
        // There may be half a million of them.
        private let start: UInt32
        private let end: UInt32
        private let sourceStart: UInt32
        private let sourceEnd: UInt32

        init(place: Range<Int>, source: Range<Int>) {
            start = UInt32(place.lowerBound)
            end = UInt32(place.upperBound)
            sourceStart = UInt32(source.lowerBound)
            sourceEnd = UInt32(source.upperBound)
        }

        var place: Range<Int> { Int(start)..<Int(end) }
        var source: Range<Int> { Int(sourceStart)..<Int(sourceEnd) }
        var isRemoval: Bool { sourceStart == sourceEnd }
    }

    private var edits: [Edit] = []

    var isEmpty: Bool { edits.isEmpty }

    // MARK: - Collecting

    /// Notes what unites the members of an object that have one key: the first takes the value of the last, the others
    /// go, each with the separator before it.
    mutating func unite(_ members: ArraySlice<MemberSpan>) {
        for (place, member) in zip(members.indices, members) {
            if member.isRepetition {
                leaveOut(members[place - 1].end..<member.end)
            } else if let last = member.lastRepetition {
                edits.append(Edit(place: member.value, source: members[last].value))
            }
        }
    }

    private mutating func leaveOut(_ place: Range<Int>) {
        if let last = edits.indices.last, edits[last].isRemoval, edits[last].place.upperBound == place.lowerBound {
            edits[last] = Edit(place: edits[last].place.lowerBound..<place.upperBound, source: 0..<0)
        } else {
            edits.append(Edit(place: place, source: 0..<0))
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
