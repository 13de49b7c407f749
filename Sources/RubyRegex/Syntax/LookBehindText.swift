/// What a text stands for under `i` in a look-behind, which must know how long it is.
///
/// Ruby unfolds the text as elsewhere: a place where several letters may become one, or one several, is a choice
/// between texts of different lengths, as long as there is little to choose. All else stands there by its fold: Ruby
/// goes back by as many code points as the fold has, and looks for it there; of `ßx`, `(?<=ß)` therefore finds the end.
/// Only where the choice is all that the look-behind holds is it allowed.
struct LookBehindText {
    /// With the number of code points; without a pattern where that would be too large.
    typealias Alternative = (pattern: FoldedPattern?, length: Int32)

    private static let mostWays = 8

    private let text: [UInt32]
    private var firstItems: [CaseFolding.Item] = []
    private var choices: [Int] = []
    /// Where there is too much to choose, what is left is looked for by itself.
    private var rest: Int

    init(_ text: [UInt32]) {
        self.text = text
        rest = text.count
        var ways = 1
        for place in text.indices {
            var items: [CaseFolding.Item] = []
            CaseFolding.forEachItem(text[place...]) { items.append($0) }
            guard items.contains(where: { $0.consumed > 1 || $0.replacement.count > 1 }) else { continue }
            ways *= items.count + 1
            if ways > Self.mostWays {
                rest = place
                break
            }
            if place == 0 { firstItems = items }
            choices.append(place)
        }
    }

    /// The length, if there is no choice.
    var length: Int32? { choices.isEmpty ? folded(text[...]).length : nil }

    /// What the text stands for, but for choices.
    var pattern: FoldedPattern? { folded(text[...]).pattern }

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
        var alternatives: [Alternative] = [(rest.pattern.map { .joined([.set(single), $0]) }, rest.length + 1)]
        for item in firstItems where item.consumed > 1 {
            let rest = folded(text[item.consumed...])
            alternatives.append(
                (
                    rest.pattern.map { .joined([.exactly(item.replacement), $0]) },
                    rest.length + Int32(item.replacement.count)
                ))
        }
        return alternatives
    }

    private func folded(_ part: ArraySlice<UInt32>) -> Alternative {
        let place = max(rest, part.startIndex)
        let folds = [part[..<place], part[place...]].map { $0.flatMap(CaseFolding.fold) }
        let patterns = folds.compactMap { CaseFolding.pattern(folding: $0) }
        return (patterns.count == 2 ? .joined(patterns) : nil, Int32(folds[0].count + folds[1].count))
    }
}
