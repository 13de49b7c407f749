/// `\X` as Ruby 3.1 matches it: an extended grapheme cluster of Unicode 13, and a control character alone.
struct GraphemeCluster {
    /// What ``end(in:from:limit:)`` found.
    struct Extent: Hashable, Sendable {
        /// Where the cluster ends; nil where the limit did not suffice to tell.
        var end: Int?
        /// How many code points were looked at, some of them twice.
        var steps: Int
    }

    private let text: UnsafeBufferPointer<UInt8>
    private let limit: Int
    private var steps = 0
    private var position: Int { didSet { look() } }
    /// What stands at the position, and how many bytes it takes: nothing at the end of the text and of the limit.
    private var kind = Kind.nothing
    private var length = 0

    /// The place behind the cluster that begins at `start`.
    ///
    /// - Parameters:
    ///   - text: Valid UTF-8.
    ///   - start: The beginning of a code point. `\X` does not match at the end of a text.
    ///   - limit: How many code points may be looked at, since a cluster may be as long as the text.
    static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int) -> Extent {
        var cluster = GraphemeCluster(text: text, position: start, limit: limit)
        cluster.look()
        cluster.read()
        return Extent(end: cluster.steps <= limit ? cluster.position : nil, steps: min(cluster.steps, limit))
    }

    private init(text: UnsafeBufferPointer<UInt8>, position: Int, limit: Int) {
        self.text = text
        self.position = position
        self.limit = limit
    }

    private mutating func read() {
        if skip(.carriageReturn) {
            _ = skip(.lineFeed)
        } else if !skip(.lineFeed), !skip(.control) {
            skipAll(.prepend)
            _ = skipHangul() || skipPictographs() || skipFlag() || skipAny()
            while skip(.extend) || skip(.joiner) || skip(.spacingMark) {}
        }
    }

    /// `L* (V+ | LV V* | LVT) T*`, or else `L+`, or `T+`.
    private mutating func skipHangul() -> Bool {
        let start = position
        skipAll(.leading)
        if skip(.vowel) || skip(.openSyllable) {
            skipAll(.vowel)
            skipAll(.trailing)
        } else if skip(.closedSyllable) || position == start {
            skipAll(.trailing)
        }
        return position > start
    }

    /// Pictographs that joiners connect.
    private mutating func skipPictographs() -> Bool {
        guard skip(.pictograph) else { return false }
        var end = position
        while true {
            skipAll(.extend)
            guard skip(.joiner), skip(.pictograph) else { break }
            end = position
        }
        position = end
        return true
    }

    private mutating func skipFlag() -> Bool {
        guard skip(.regionalIndicator) else { return false }
        _ = skip(.regionalIndicator)
        return true
    }

    private mutating func skipAny() -> Bool {
        guard kind != .nothing, kind != .control, kind != .carriageReturn, kind != .lineFeed else { return false }
        position += length
        return true
    }

    private mutating func skip(_ wanted: Kind) -> Bool {
        guard kind == wanted else { return false }
        position += length
        return true
    }

    private mutating func skipAll(_ wanted: Kind) {
        while skip(wanted) {}
    }

    private mutating func look() {
        kind = .nothing
        guard position < text.count else { return }
        steps += 1
        guard steps <= limit else { return }
        let lead = text[position]
        length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        precondition(position + length <= text.count, "no valid UTF-8")
        var codePoint = UInt32(lead) & (0xFF >> UInt32(length == 1 ? 0 : length + 1))
        for offset in 1..<length { codePoint = codePoint << 6 | UInt32(text[position + offset] & 0x3F) }
        kind = Kind.of(codePoint)
    }
}
