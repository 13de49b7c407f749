extension BracketReader {
    /// What has been found out about a pattern's classes, so that many of the same cost little.
    struct Cache {
        /// How many ranges may be inserted into the classes of a pattern.
        private static let mostWork = 400_000

        private var work = 0
        private var recent: [(source: ArraySlice<Unicode.Scalar>, options: PatternOptions, meaning: BracketClass.Meaning)] = []
        private var properties: [PropertyKey: BracketClass.Meaning] = [:]
        private var lastClose: Int?
        private var posix: (range: ClosedRange<Int>, mayBe: Bool)?

        private struct PropertyKey: Hashable {
            var property: UnicodeProperty
            var isNegated: Bool
            var ignoresCase: Bool
        }

        /// Takes brackets that read like some that have just been read.
        mutating func skip(
            from source: [Unicode.Scalar], at position: inout Int, _ options: PatternOptions
        ) -> BracketClass.Meaning? {
            for known in recent where known.options == options && source[position...].starts(with: known.source) {
                position += known.source.count
                return known.meaning
            }
            return nil
        }

        mutating func keep(
            _ meaning: BracketClass.Meaning, for source: ArraySlice<Unicode.Scalar>, _ options: PatternOptions
        ) {
            if recent.count == 4 { recent.removeFirst() }
            recent.append((source, options, meaning))
        }

        mutating func meaning(
            of property: UnicodeProperty, isNegated: Bool, ignoringCase: Bool
        ) throws(PatternError) -> BracketClass.Meaning {
            let key = PropertyKey(property: property, isNegated: isNegated, ignoresCase: ignoringCase)
            if let known = properties[key] { return known }
            try charge(property.rangeCount)
            let meaning = BracketClass.meaning(of: property, isNegated: isNegated, ignoringCase: ignoringCase)
            properties[key] = meaning
            return meaning
        }

        mutating func charge(_ ranges: Int) throws(PatternError) {
            work += ranges
            guard work <= Self.mostWork else { throw .tooLarge("the classes of the pattern are too large") }
        }

        /// Where the last `]` of the pattern stands.
        mutating func lastClose(in source: [Unicode.Scalar]) -> Int {
            if let lastClose { return lastClose }
            let place = source.lastIndex(of: "]") ?? -1
            lastClose = place
            return place
        }

        /// Whether `:]` comes before a `]` that is not escaped. One look holds for all places before what it found.
        mutating func mayBePosix(at start: Int, in source: [Unicode.Scalar]) -> Bool {
            if let posix, posix.range.contains(start) { return posix.mayBe }
            var place = start
            var mayBe = false
            while place < source.count, source[place] != "]" {
                if source[place] == ":", place + 1 < source.count, source[place + 1] == "]" {
                    mayBe = true
                    break
                }
                place += source[place] == "\\" ? 2 : 1
            }
            posix = (start...max(start, place), mayBe)
            return mayBe
        }
    }
}
