/// How many bytes texts take in the program that Ruby makes of a pattern; see ``CodeSizes``.
enum TextSize {
    /// The bytes of the text itself.
    static func bytes(in text: some Sequence<UInt32>) -> Int { text.reduce(0) { $0 + length(of: $1) } }

    private static func length(of scalar: UInt32) -> Int {
        scalar < 0x80 ? 1 : UTF8Text.length(lead: UTF8Text.lead(of: scalar))
    }

    /// Characters of equal length share an instruction.
    static func exact(_ text: ArraySlice<UInt32>) -> Int {
        var size = 0
        var rest = text
        while let first = rest.first {
            let length = length(of: first)
            let count = rest.prefix { Self.length(of: $0) == length }.count
            let hasCount = length == 1 ? count > 5 : length == 2 ? count > 3 : true
            size += 1 + (length == 4 ? 8 : hasCount ? 4 : 0) + count * length
            rest = rest.dropFirst(count)
        }
        return size
    }

    /// Under `i`, where there is no choice.
    static func folded(_ text: ArraySlice<UInt32>) -> Int {
        guard !text.isEmpty else { return 0 }
        let fold = text.flatMap(CaseFolding.fold)
        return bytes(in: fold) + (fold.count == 1 ? 1 : 5)
    }

    /// Under `i`. Two choices are larger than anything that is written out.
    static func chosen(_ text: [UInt32]) -> Int {
        guard let choice = firstChoice(in: text) else { return folded(text[...]) }
        let (before, behind) = (text[..<choice.place], text[(choice.place + 1)...])
        guard choice.isTaken else { return folded(before) + folded(text[choice.place...]) }
        if firstChoice(in: Array(behind)) != nil { return CodeSizes.most }
        var size = exact(text[choice.place...choice.place])
        CaseFolding.forEachItem(text[choice.place...]) { item in
            size += exact(Array(item.replacement)[...]) + CodeSizes.push + CodeSizes.jump
            if item.consumed > 1 { size += folded(text[(choice.place + item.consumed)...]) }
        }
        return folded(before) + size + folded(behind)
    }

    private static let mostWays = 8

    /// The first place where several letters may become one, or one several. Where there are too many ways, Ruby goes
    /// on from there as if there were none.
    static func firstChoice(in text: [UInt32]) -> (place: Int, isTaken: Bool)? {
        for place in text.indices {
            var (ways, isChoice) = (1, false)
            CaseFolding.forEachItem(text[place...]) {
                ways += 1
                isChoice = isChoice || $0.consumed > 1 || $0.replacement.count > 1
            }
            if isChoice { return (place, ways <= mostWays) }
        }
        return nil
    }
}
