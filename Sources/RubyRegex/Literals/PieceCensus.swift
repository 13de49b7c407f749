/// Up to four bytes of a required text, the first one lowest.
struct Piece: Hashable, BitwiseCopyable, Sendable {
    static let mostBytes = 4

    let bytes: UInt32
    let count: UInt8

    /// - Precondition: not more than ``mostBytes``.
    @inline(__always)
    init(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
        bytes = text.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        count = UInt8(text.count)
    }

    /// A number for each piece.
    @inline(__always)
    var key: UInt64 { UInt64(count) << 32 | UInt64(bytes) }
}

/// How often pieces occur in required texts, more or less: some are taken for each other.
struct PieceCensus {
    private static let mostCounts = 1 << 20

    private var counts: [UInt32]
    private let multiplier = UInt64.random(in: 0...UInt64.max) | 1

    init(_ all: [RequiredTexts]) {
        let pieces = all.reduce(0) { $0 + $1.bytes.count }
        let wanted = 1 << (Int.bitWidth - (pieces * 2).leadingZeroBitCount)
        counts = Array(repeating: 0, count: min(wanted, Self.mostCounts))
        for required in all {
            required.forEachText { text, _ in
                Self.forEachPiece(of: text) { counts[place($0)] &+= 1 }
            }
        }
    }

    /// The pieces of which each text that the pattern matches holds one: of those that its requirements give, the ones
    /// that texts will hold most seldom.
    func rarest(in required: RequiredTexts) -> [Piece] {
        var rarest: [Piece] = []
        var least = Int.max
        var pieces: [Piece] = []
        var sum = 0
        required.forEachText { text, isLast in
            let (piece, commonness) = self.rarest(in: text)
            pieces.append(piece)
            sum += commonness
            if !isLast { return }
            if sum < least { (rarest, least) = (pieces, sum) }
            (pieces, sum) = ([], 0)
        }
        return rarest
    }

    private func rarest(in text: Slice<UnsafeBufferPointer<UInt8>>) -> (Piece, commonness: Int) {
        var rarest = Piece(text.prefix(Piece.mostBytes))
        var least = Int.max
        Self.forEachPiece(of: text) { piece in
            // The shorter it is, the more texts hold it by chance.
            let commonness = Int(counts[place(piece)]) << (2 * (Piece.mostBytes - Int(piece.count)))
            if commonness < least { (rarest, least) = (piece, commonness) }
        }
        return (rarest, least)
    }

    @inline(__always)
    private static func forEachPiece(of text: Slice<UnsafeBufferPointer<UInt8>>, _ body: (Piece) -> Void) {
        let count = min(text.count, Piece.mostBytes)
        for start in text.startIndex...text.endIndex - count { body(Piece(text[start..<start + count])) }
    }

    @inline(__always)
    private func place(_ piece: Piece) -> Int {
        Int(truncatingIfNeeded: piece.key &* multiplier >> 32) & (counts.count - 1)
    }
}

extension RequiredTexts {
    @inline(__always)
    fileprivate func forEachText(_ body: (Slice<UnsafeBufferPointer<UInt8>>, _ isLast: Bool) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for text in texts {
                body(bytes[start..<Int(text.end)], text.isLast)
                start = Int(text.end)
            }
        }
    }
}
