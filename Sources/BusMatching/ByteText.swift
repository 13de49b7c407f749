import RubyRegex

/// Comparisons of byte strings, without calls into the C library.
enum ByteText {
    @inline(__always)
    static func isEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        guard let left = left.baseAddress, let other = right.baseAddress else { return true }
        return isEqual(left, other, count: right.count)
    }

    /// Eight bytes at a time; the last word overlaps the one before it.
    @inline(__always)
    static func isEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
        let left = UnsafeRawPointer(left)
        let right = UnsafeRawPointer(right)
        guard count >= 8 else {
            for offset in 0..<count
            where left.load(fromByteOffset: offset, as: UInt8.self)
                != right.load(fromByteOffset: offset, as: UInt8.self)
            {
                return false
            }
            return true
        }
        var offset = 0
        while offset < count &- 8 {
            guard word(left, offset) == word(right, offset) else { return false }
            offset &+= 8
        }
        return word(left, count &- 8) == word(right, count &- 8)
    }

    /// The ends of a text of `count` bytes.
    @inline(__always)
    static func ends(_ text: UnsafePointer<UInt8>, count: Int) -> TextEnds {
        let base = UnsafeRawPointer(text)
        if count >= 8 { return TextEnds(head: word(base, 0), tail: word(base, count &- 8)) }
        if count >= 4 {
            let low = base.loadUnaligned(as: UInt32.self)
            let high = base.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            return TextEnds(head: UInt64(low) | UInt64(high) << 32, tail: 0)
        }
        if count == 0 { return TextEnds(head: 0, tail: 0) }
        let bytes = UInt64(text[0]) | UInt64(text[count >> 1]) << 8 | UInt64(text[count &- 1]) << 16
        return TextEnds(head: bytes, tail: 0)
    }

    @inline(__always)
    private static func word(_ text: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Whether `needle` occurs in `text` between the boundaries it asks for. `needle` is not empty.
    static func contains(
        _ text: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>, start: Fragment.Boundary,
        end: Fragment.Boundary
    ) -> Bool {
        guard let base = text.baseAddress, let wanted = needle.baseAddress, needle.count <= text.count else {
            return false
        }
        let last = text.count &- needle.count
        var position = start == .anywhere && end == .text ? last : 0
        while position <= last {
            if base[position] == wanted[0], isEqual(base + position, wanted, count: needle.count),
                isBoundary(text, before: position, start), isBoundary(text, after: position &+ needle.count, end)
            {
                return true
            }
            switch start {
            case .anywhere: position &+= 1
            case .text: return false
            case .line:
                while position < last, base[position] != lineBreak { position &+= 1 }
                position &+= 1
            }
        }
        return false
    }

    static let lineBreak = UInt8(ascii: "\n")

    @inline(__always)
    private static func isBoundary(
        _ text: UnsafeBufferPointer<UInt8>, before position: Int, _ boundary: Fragment.Boundary
    ) -> Bool {
        switch boundary {
        case .anywhere: true
        case .line: position == 0 || text[position &- 1] == lineBreak
        case .text: position == 0
        }
    }

    @inline(__always)
    private static func isBoundary(
        _ text: UnsafeBufferPointer<UInt8>, after position: Int, _ boundary: Fragment.Boundary
    ) -> Bool {
        switch boundary {
        case .anywhere: true
        case .line: position == text.count || text[position] == lineBreak
        case .text: position == text.count
        }
    }
}

/// The first and the last eight bytes of a text, which may overlap. Texts of one length up to sixteen are equal when
/// their ends are.
struct TextEnds: BitwiseCopyable {
    let head: UInt64
    let tail: UInt64

    @inline(__always)
    static func == (left: TextEnds, right: TextEnds) -> Bool {
        left.head == right.head && left.tail == right.tail
    }
}
