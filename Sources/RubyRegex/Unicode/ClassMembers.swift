/// The members of a class in brackets, in two parts as Ruby has them, because Ruby's way of turning them shows.
///
/// Of ASCII `bytes` decides, of all others `wide`. But `bytes` has room for 256, `wide` may hold ASCII too, and an
/// inner `^` turns either by itself. Where nothing is left of `wide`, Ruby looks a text's first byte up in `bytes`: so
/// `[[^\D]x]`, which should be a digit or an x, matches any code point beyond ASCII.
struct ClassMembers: Sendable {
    /// All numbers beyond code points, up to 2³¹ - 1, are this one. A negated property ends with it.
    private static let beyond = CodePointSet.highest + 1
    /// And all numbers above. What an inner `^` leaves ends with it.
    private static let last = CodePointSet.highest + 2

    private var bytes = ByteSet()
    private var wide = CodePointSetBuilder()

    init() {}

    init(_ codePoints: CodePointSet) { formUnion(codePoints, isNegated: false, isASCII: false) }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        if range.lowerBound < 0x80 {
            let end = range.upperBound < 0x80 ? range.upperBound : min(range.upperBound, 0xFF)
            bytes.insert(UInt8(range.lowerBound)...UInt8(end))
        }
        if range.upperBound >= 0x80 { wide.insert(range) }
    }

    /// Adds what a member brings in under `i`. Below U+0100 it goes to `bytes`, where nobody looks for Latin-1.
    mutating func insertFolded(_ codePoint: UInt32) {
        if codePoint <= 0xFF { bytes.insert(UInt8(codePoint)) } else { wide.insert(codePoint...codePoint) }
    }

    /// Adds a property, or a class like `[:alpha:]`.
    ///
    /// - Parameter isASCII: whether only its members in ASCII count. All others are then in what negates it.
    mutating func formUnion(_ codePoints: CodePointSet, isNegated: Bool, isASCII: Bool) {
        let ascii = isNegated ? codePoints.inverted : codePoints
        for range in ascii.ranges {
            guard range.lowerBound < 0x80 else { break }
            bytes.insert(UInt8(range.lowerBound)...UInt8(min(range.upperBound, 0x7F)))
        }
        if isNegated { wide.formUnion(Self.turn(codePoints, to: Self.beyond)) }
        switch (isNegated, isASCII) {
        case (true, true): wide.insert(0x80...Self.last)
        case (false, false): wide.formUnion(codePoints.intersection(Self.beyondASCII))
        case (true, false), (false, true): break
        }
    }

    /// Adds an inner class.
    ///
    /// - Parameter isNegated: by its `^`.
    mutating func formUnion(_ other: ClassMembers, isNegated: Bool) {
        bytes.formUnion(isNegated ? other.bytes.inverted : other.bytes)
        let codePoints = other.wide.codePoints
        guard isNegated else { return wide.formUnion(codePoints) }
        if codePoints.isEmpty { wide = CodePointSetBuilder() }
        wide.formUnion(Self.turn(codePoints, to: Self.last))
        // Ruby takes the number before 0 for the highest.
        if codePoints.contains(0) { wide.insert(0x80...Self.last) }
    }

    mutating func formIntersection(_ other: ClassMembers) {
        bytes.formIntersection(other.bytes)
        wide = CodePointSetBuilder(wide.codePoints.intersection(other.wide.codePoints))
    }

    /// Sorts what was inserted, so that it need not be sorted again.
    mutating func settle() { wide = CodePointSetBuilder(wide.codePoints) }

    /// The gaps between ranges, and what is above. Only what is below the first range is cut off at ASCII.
    private static func turn(_ codePoints: CodePointSet, to end: UInt32) -> CodePointSet {
        let lowest = min(codePoints.ranges.first?.lowerBound ?? 0x80, 0x80)
        return codePoints.inverted(to: end).intersection(CodePointSet(ranges: [lowest...end]))
    }

    private static let beyondASCII = CodePointSet(ranges: [0x80...CodePointSet.highest])

    /// The one code point of the class, which then is no class.
    var onlyMember: UInt32? {
        let wide = wide.codePoints
        guard let only = wide.onlyMember, !(only <= 0xFF && bytes.contains(UInt8(only))) else {
            return wide.isEmpty || wide.onlyMember != nil ? bytes.onlyMember.map { UInt32($0) } : nil
        }
        return bytes.isEmpty && only <= CodePointSet.highest ? only : nil
    }

    /// The members as folding sees them.
    var listed: CodePointSet { ascii.union(wide.codePoints.intersection(Self.beyondASCII)) }

    /// The code points of a text that the class matches.
    var matched: CodePointSet {
        guard wide.codePoints.isEmpty else { return listed }
        let leads = (UInt8(0xC2)...0xF4).filter { bytes.contains($0) }
        return ascii.union(CodePointSet(unordered: leads.map(Self.codePoints)))
    }

    private var ascii: CodePointSet { CodePointSet(ranges: bytes.ranges(upTo: 0x7F)) }

    /// The code points whose UTF-8 begins with this byte.
    private static func codePoints(from lead: UInt8) -> ClosedRange<UInt32> {
        let (base, bits, lowest): (UInt8, UInt32, UInt32) =
            lead < 0xE0 ? (0xC0, 6, 0x80) : lead < 0xF0 ? (0xE0, 12, 0x800) : (0xF0, 18, 0x10000)
        let first = UInt32(lead - base) << bits
        return max(first, lowest)...min(first + (1 << bits) - 1, CodePointSet.highest)
    }
}
