/// What `\p{…}` knows in Ruby 3.1, whose Unicode is 13.0.0: categories, scripts, blocks, ages and more, with their
/// aliases.
///
/// Names of the same code points are equal properties, but for ``isASCII``.
struct UnicodeProperty: Hashable, Sendable {
    /// Where ``PropertyTable/sets`` holds the code points.
    private let place: UInt32
    /// `\p{ASCII}` stays what it is under `i`, and lets nothing outside of ASCII in; `\p{InBasicLatin}` is not so.
    let isASCII: Bool

    private static let longestName = 64

    /// Nil where Ruby knows no such property.
    ///
    /// - Parameter name: what stands between the braces, without a leading `^`. Case, blanks, `-` and `_` do not
    /// matter.
    init?(named name: some Sequence<UInt8>) {
        var key: [UInt8] = []
        for byte in name where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") && byte != UInt8(ascii: "_") {
            guard key.count < Self.longestName else { return nil }
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            key.append(isUpper ? byte | 0x20 : byte)
        }
        guard let place = PropertyTable.names.withUTF8Buffer({ Self.place(of: key, in: $0) }) else { return nil }
        self.place = place
        isASCII = key.elementsEqual("ascii".utf8)
    }

    /// Some microseconds of work; whoever asks often keeps the answer.
    var codePoints: CodePointSet {
        PropertyTable.sets.withUTF8Buffer { digits in
            var reader = TableReader(digits, at: Int(place))
            let count = Int(reader.next())
            // What no text holds is in no table, but it makes a class different from an empty one.
            guard count > 0 else { return CodePointSet(ranges: [0xD800...0xDFFF]) }
            var following: UInt32 = 0
            let ranges = [ClosedRange<UInt32>](unsafeUninitializedCapacity: count) { ranges, initialized in
                for index in 0..<count {
                    let first = following + reader.next()
                    let last = first + reader.next()
                    ranges.initializeElement(at: index, to: first...last)
                    following = last + 1
                }
                initialized = count
            }
            return CodePointSet(ranges: ranges)
        }
    }

    /// A binary search in lines `name place`, which are in the order of bytes.
    private static func place(of key: [UInt8], in lines: UnsafeBufferPointer<UInt8>) -> UInt32? {
        var low = 0
        var high = lines.count
        while low < high {
            var start = (low + high) / 2
            while start > low, lines[start - 1] != UInt8(ascii: "\n") { start -= 1 }
            let line = lines[start...]
            let blank = line.firstIndex(of: UInt8(ascii: " ")) ?? lines.count
            let name = lines[start..<blank]
            if name.elementsEqual(key) {
                var reader = TableReader(lines, at: blank + 1)
                return reader.next()
            }
            if name.lexicographicallyPrecedes(key) {
                low = (lines[blank...].firstIndex(of: UInt8(ascii: "\n")) ?? lines.count) + 1
            } else {
                high = start
            }
        }
        return nil
    }
}

extension UnicodeProperty {
    /// How many ranges ``codePoints`` has, found out without reading them.
    var rangeCount: Int {
        PropertyTable.sets.withUTF8Buffer { digits in
            var reader = TableReader(digits, at: Int(place))
            return Int(reader.next())
        }
    }
}
