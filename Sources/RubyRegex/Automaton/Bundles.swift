/// The patterns of a set, divided into bundles: the patterns of one are looked for together, in texts that hold what
/// all of them need.
struct Bundles {
    /// Where the piece occurs, the bundle has to be run.
    struct Lead: BitwiseCopyable {
        var piece: Piece
        var bundle: UInt32
    }

    private struct Key: Hashable {
        var pieces: [Piece]
        var texts: TextKinds
        /// The member that is alone in its bundle.
        var loner: UInt32?
    }

    /// The members of each bundle.
    private(set) var members: [[UInt32]] = []
    /// The texts that each bundle is for.
    private(set) var texts: [TextKinds] = []
    /// The bundles to be run on every text.
    private(set) var unconditional: [UInt32] = []
    /// What the other bundles need.
    private(set) var leads: [Lead] = []
    private var numbers: [Key: UInt32] = [:]
    /// How many bundles a piece leads to.
    private var leadCounts: [Piece: Int] = [:]

    /// A pattern of more instructions is a bundle of its own: none else has to wait for it.
    private static let mostShared = 500
    /// A piece that leads to more bundles narrows nothing.
    private static let mostLeads = 16

    init(_ list: [PatternSet.Member]) {
        let census = PieceCensus(list.map(\.required))
        for (number, member) in list.enumerated() {
            var key = Key(pieces: census.rarest(in: member.required), texts: member.texts)
            if member.program.instructions.count > Self.mostShared { key.loner = UInt32(number) }
            members[Int(bundle(of: key))].append(UInt32(number))
        }
    }

    private mutating func bundle(of key: Key) -> UInt32 {
        if let known = numbers[key] { return known }
        if key.pieces.contains(where: { leadCounts[$0, default: 0] >= Self.mostLeads }) {
            return bundle(of: Key(pieces: [], texts: key.texts, loner: key.loner))
        }
        let new = UInt32(members.count)
        numbers[key] = new
        members.append([])
        texts.append(key.texts)
        if key.pieces.isEmpty { unconditional.append(new) }
        for piece in key.pieces {
            leadCounts[piece, default: 0] += 1
            leads.append(Lead(piece: piece, bundle: new))
        }
        return new
    }
}

/// What a text may be made of, where a pattern means something else for one than for the other.
struct TextKinds: OptionSet, Hashable, BitwiseCopyable, Sendable {
    let rawValue: UInt8

    /// Nothing but ASCII.
    static let ascii = TextKinds(rawValue: 1)
    static let others = TextKinds(rawValue: 2)
    static let all: TextKinds = [.ascii, .others]
}
