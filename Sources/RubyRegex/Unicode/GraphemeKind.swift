extension GraphemeCluster {
    /// How a code point stands to its neighbours.
    enum Kind: UInt8, Sendable {
        case other, carriageReturn, lineFeed, control, extend, joiner, spacingMark, prepend
        case regionalIndicator, pictograph, leading, vowel, trailing, openSyllable, closedSyllable
        /// The end of a text.
        case nothing

        static func of(_ codePoint: UInt32) -> Kind {
            Kind(rawValue: table[min(codePoint, CodePointSet.highest)]) ?? .other
        }

        private static let properties: [(kind: Kind, name: String)] = [
            (.control, "Grapheme_Cluster_Break=Control"), (.extend, "Grapheme_Cluster_Break=Extend"),
            (.spacingMark, "Grapheme_Cluster_Break=SpacingMark"), (.prepend, "Grapheme_Cluster_Break=Prepend"),
            (.regionalIndicator, "Regional_Indicator"), (.pictograph, "Extended_Pictographic"),
            (.leading, "Grapheme_Cluster_Break=L"), (.vowel, "Grapheme_Cluster_Break=V"),
            (.trailing, "Grapheme_Cluster_Break=T"), (.openSyllable, "Grapheme_Cluster_Break=LV"),
            (.closedSyllable, "Grapheme_Cluster_Break=LVT"),
        ]

        private static let table: CodePointTable = {
            let named = properties.map { kind, name in
                (codePoints: UnicodeProperty(named: name.utf8)?.codePoints ?? CodePointSet(), value: kind.rawValue)
            }
            let single: [(codePoints: CodePointSet, value: UInt8)] = [
                (CodePointSet(0x0D), Kind.carriageReturn.rawValue), (CodePointSet(0x0A), Kind.lineFeed.rawValue),
                (CodePointSet(0x200D), Kind.joiner.rawValue),
            ]
            return CodePointTable(named + single)
        }()
    }
}
