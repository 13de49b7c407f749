/// What a text stands for under `i` in a look-behind, which must know how long it is.
///
/// Ruby unfolds the text as elsewhere: a place where several letters may become one, or one several, is a choice
/// between texts of different lengths, as long as there is little to choose. All else stands there by its fold, each
/// code point of which is then one of the text. Only where the choice is all that the look-behind holds is it allowed.
struct LookBehindText {
    /// With the number of code points.
    typealias Alternative = (pattern: FoldedPattern, length: Int32)

    private static let mostWays = 8

    private let text: [UInt32]
    private var firstItems: [CaseFolding.Item] = []
    private var choices: [Int] = []

    init(_ text: [UInt32]) {
        self.text = text
        var ways = 1
        for place in text.indices {
            var items: [CaseFolding.Item] = []
            CaseFolding.forEachItem(text[place...]) { items.append($0) }
            guard items.contains(where: { $0.consumed > 1 || $0.replacement.count > 1 }) else { continue }
            ways *= items.count + 1
            if ways > Self.mostWays { break }
            if place == 0 { firstItems = items }
            choices.append(place)
        }
    }

    /// The length, if there is no choice.
    var length: Int32? { choices.isEmpty ? folded(text[...]).length : nil }

    /// What the text stands for; nil where a choice is not all of it.
    var alternatives: [Alternative]? {
        guard let first = choices.first else { return [folded(text[...])] }
        guard first == 0, choices.count == 1 else { return nil }
        let singles = firstItems.filter { $0.consumed == 1 && $0.replacement.count == 1 }.map { $0.replacement[0] }
        let single = CodePointSet(unordered: ([text[0]] + singles).map { $0...$0 })
        let longer = firstItems.filter { $0.consumed == 1 && $0.replacement.count > 1 }
        guard firstItems.contains(where: { $0.consumed > 1 }) else {
            guard text.count == 1 else { return nil }
            return [(.set(single), 1)] + longer.map { (.exactly($0.replacement), Int32($0.replacement.count)) }
        }
        guard longer.isEmpty else { return nil }
        let rest = folded(text[1...])
        var alternatives: [Alternative] = [(.joined([.set(single), rest.pattern]), rest.length + 1)]
        for item in firstItems where item.consumed > 1 {
            let rest = folded(text[item.consumed...])
            alternatives.append(
                (.joined([.exactly(item.replacement), rest.pattern]), rest.length + Int32(item.replacement.count)))
        }
        return alternatives
    }

    private func folded(_ part: ArraySlice<UInt32>) -> Alternative {
        let fold = part.flatMap(CaseFolding.fold)
        return (.joined(fold.map { .set(CaseFolding.unfold(FoldedScalars($0))) }), Int32(fold.count))
    }
}
